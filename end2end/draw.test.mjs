// What the product draws, a script that shares nothing with it computes again: of the files beside the rules' tests, and of those
// that these tests have just written. What is changed in one, it names.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { fileURLToPath } from 'node:url';

const script = fileURLToPath(new URL('draw-check.mjs', import.meta.url));
const files = fileURLToPath(new URL('../app/domain/tests/draw/files/', import.meta.url));
const { XUNAN_DRAWS_WRITTEN: written } = process.env;
const folder = mkdtempSync(join(tmpdir(), 'draw-'));
after(() => rmSync(folder, { recursive: true }));

function check(file, ...more) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [script, file, ...more], { encoding: 'utf8' });
  assert.equal(stderr, '');
  const said = stdout.trim();
  assert.equal(status, said === 'holds' ? 0 : 1, said);
  return said;
}

/** What is said of the file once `change` has been made to it. */
function changed(name, change) {
  const draw = JSON.parse(readFileSync(join(files, name), 'utf8'));
  change(draw);
  const file = join(folder, name);
  writeFileSync(file, JSON.stringify(draw));
  return check(file);
}

test('every draw that is kept beside the tests holds', () => {
  const names = readdirSync(files);
  assert.equal(names.length, 3);
  for (const name of names) assert.equal(check(join(files, name)), 'holds', name);
});

test('every draw that the tests of the rules have written holds', { skip: !written && 'they were not run' }, () => {
  const names = readdirSync(written);
  assert.ok(names.length >= 20, `only ${names.length} draws`);
  for (const name of names) assert.equal(check(join(written, name)), 'holds', name);
});

test('whatever part is changed is named', () => {
  const zero = '0'.repeat(64);
  const changes = {
    plan: (draw) => (draw.frozen.plan.title += '二'),
    population: (draw) => draw.frozen.population.sites.pop(),
    method: (draw) => (draw.frozen.method.sites -= 1),
    source: (draw) => (draw.frozen.source.public.what += '末位'),
    salt: (draw) => (draw.frozen.salt = zero),
    fingerprint: (draw) => (draw.fingerprint = zero),
    seed: (draw) => (draw.seed.revealed.public.words = '03 09 14 21 27 31 + 11'),
    result: (draw) => draw.result.sites.reverse(),
    unfinished: (draw) => delete draw.result,
  };
  for (const [part, change] of Object.entries(changes)) assert.equal(changed('public.json', change), `changed: ${part}`);
});

test('a weight, somebody to be avoided and who was sent are not changed unseen', () => {
  assert.equal(changed('public.json', ({ frozen }) => (frozen.population.sites[3].weight += 1)), 'changed: population');
  assert.equal(changed('public.json', ({ frozen }) => frozen.population.people[4].avoids.pop()), 'changed: population');
  assert.equal(changed('public.json', ({ result }) => result.sites[0].people.reverse()), 'changed: result');
  assert.equal(changed('commitments.json', ({ seed }) => (seed.revealed.commitments.reveals[1].words += '。')), 'changed: seed');
  assert.equal(changed('commitments.json', ({ seed }) => seed.revealed.commitments.reveals.reverse()), 'changed: seed');
});

test('a result whose hash was changed along with it does not follow from the seed', () => {
  const other = JSON.parse(readFileSync(join(files, 'commitments.json'), 'utf8')).result;
  assert.equal(changed('public.json', (draw) => (draw.result = other)), 'changed: seed or result');
});

test('another draw than the one whose fingerprint was published is found out', () => {
  const { fingerprint } = JSON.parse(readFileSync(join(files, 'public.json'), 'utf8'));
  assert.equal(check(join(files, 'public.json'), fingerprint), 'holds');
  assert.equal(check(join(files, 'commitments.json'), fingerprint), 'changed: another fingerprint');
});
