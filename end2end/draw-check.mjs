// Whether a published draw holds: `node end2end/draw-check.mjs FILE [FINGERPRINT]` prints "holds", or what was changed, and then fails.
// It shares nothing with the product and needs nothing but Node: who does not trust the one can read the other. What is
// computed here stands at the head of app/domain/src/draw.rs.
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';

const canonical = (it) => {
  if (Array.isArray(it)) return `[${it.map(canonical)}]`;
  if (it === null || typeof it !== 'object') return JSON.stringify(it);
  return `{${Object.keys(it).sort().map((key) => `${JSON.stringify(key)}:${canonical(it[key])}`)}}`;
};
const H = (...list) => createHash('sha256').update(canonical(['xunan-draw-1', ...list])).digest('hex');

const mayGo = (person, site, method) =>
  !person.avoids.includes(site.id) && !person.parties.includes(site.party) && !(method.avoid_own_grid && person.grids.includes(site.grid));

function select({ sites, people }, method, seed) {
  const left = [...sites];
  const workload = new Map(people.map(({ id, workload }) => [id, workload]));
  return Array.from({ length: method.sites }, (_, n) => {
    const sum = left.reduce((sum, { weight }) => sum + BigInt(weight), 0n);
    let r = BigInt(`0x${H('site', seed, n + 1)}`) % sum;
    const [site] = left.splice(left.findIndex(({ weight }) => (r -= BigInt(weight)) < 0n), 1);
    const key = ({ id }) => [workload.get(id), H('person', seed, site.id, id)];
    const order = people.filter((person) => mayGo(person, site, method)).map((person) => [...key(person), person.id]);
    order.sort(([a, x], [b, y]) => a - b || (x < y ? -1 : 1));
    const sent = order.slice(0, method.people_per_site).map(([, , id]) => id);
    for (const id of sent) workload.set(id, workload.get(id) + 1);
    return { site: site.id, people: sent };
  });
}

/** The names of what was changed. */
function changed({ frozen, digests, fingerprint, announced_at, seed, result, void: ended }, published) {
  const found = Object.keys(frozen).filter((part) => H(part, frozen[part]) !== digests[part]);
  const is = H('fingerprint', ...['plan', 'population', 'method', 'source', 'salt'].map((part) => digests[part]));
  if (is !== fingerprint) found.push('fingerprint');
  if (published && published !== fingerprint) found.push('another fingerprint');
  const intact = found.length === 0;
  if (seed) {
    const { words, reveals = [{ words }] } = Object.values(seed.revealed)[0];
    const texts = reveals.flatMap(({ words, salt }) => (salt ? [words, salt] : [words]));
    const { commitments = [], due = announced_at } = Object.values(frozen.source)[0];
    const told = reveals.filter(({ salt }) => salt).map(({ name, words, salt }) => ({ name, digest: H('commitment', name, words, salt) }));
    const early = Date.parse(seed.at) < Date.parse(due) || Date.parse(seed.at) < Date.parse(announced_at);
    if (![is, fingerprint].some((of) => H('seed', of, texts) === seed.value)) found.push('seed');
    else if (intact && (early || canonical(told) !== canonical(commitments))) found.push('seed');
  } else if (result) found.push('seed');
  if (result && H('result', result.sites) !== result.digest) found.push('result');
  if (!result && !ended) found.push('unfinished');
  const follows = () => canonical(select(frozen.population, frozen.method, seed.value)) === canonical(result.sites);
  if (seed && result && found.length === 0 && !follows()) found.push('seed or result');
  return found;
}

const [file, published] = process.argv.slice(2);
const found = changed(JSON.parse(readFileSync(file, 'utf8')), published);
console.log(found.length === 0 ? 'holds' : `changed: ${found.join(', ')}`);
process.exitCode = found.length === 0 ? 0 : 1;
