// Whether a document names only what is there: `path` must be a file of this repository, `path::name` a test in it, or in a
// file without tests a word of its code; and every requirement of ASVS 5.0.0, levels 1 and 2, stands there once.
//   node .ci/cited-tests.mjs SECURITY.md
import { existsSync, readFileSync, readdirSync } from 'node:fs';

// Requirements of levels 1 and 2 by chapter.
const ASKED = { V1: 27, V2: 11, V3: 19, V4: 10, V5: 9, V6: 35, V7: 18, V8: 7, V9: 7, V10: 29, V11: 14, V12: 9, V13: 13, V14: 9, V15: 13, V16: 16, V17: 7 };
const STATES = ['holds', 'in part', 'gap', 'n/a'];

// What is built is not there before it is.
const top = readdirSync('.').filter((name) => name !== 'target');
const read = new Map();
const text = (path) => read.get(path) ?? read.set(path, readFileSync(path, 'utf8')).get(path);
const escaped = (name) => name.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
const word = (name, source) => new RegExp(`\\b${escaped(name)}\\b`).test(source);

/** Why what is named is not there; nothing where it is. */
function missing(path, name) {
  if (!existsSync(path)) return 'no such file';
  if (name === undefined) return;
  const source = text(path);
  if (path.endsWith('.spec.ts')) {
    return new RegExp(`\\btest\\(\\s*(['"\`])${escaped(name)}\\1`).test(source) ? undefined : 'no such test';
  }
  if (!/(^|\/)tests\//.test(path)) return word(name, source) ? undefined : 'not there';
  const at = source.search(new RegExp(`\\bfn ${escaped(name)}\\b`));
  if (at < 0) return 'no such function';
  // The promises of a seam become tests in main.rs; others say in the lines above that they are one.
  if (path.startsWith('server/storage/tests/contract/') && word(name, text('server/storage/tests/contract/main.rs'))) return;
  const above = source.slice(0, at).split('\n').slice(-6).join('\n');
  return /#\[[\w:]*test\b/.test(above) ? undefined : 'a function, but no test';
}

const faults = [];
let cited = 0;
for (const document of process.argv.slice(2)) {
  const rows = [];
  const lines = text(document).split('\n');
  lines.forEach((line, at) => {
    const wrong = (why) => faults.push(`${document}:${at + 1}: ${why}`);
    for (const [, token] of line.matchAll(/`([^`]+)`/g)) {
      const [path, ...names] = token.split('::');
      if (!path.includes('/') || !top.includes(path.split('/')[0]) || !/^[\w./-]+$/.test(path)) continue;
      cited += 1;
      const why = missing(path, names.length > 0 ? names.join('::') : undefined);
      if (why) wrong(`${token}: ${why}`);
    }
    const [, chapter, id, state] = line.match(/^\| (V\d+)\.(\d+\.\d+) \| [12] \| [^|]+ \| ([^|]+) \|/) ?? [];
    if (!chapter) return;
    if (!STATES.includes(state)) wrong(`"${state}" is none of: ${STATES.join(', ')}`);
    if (rows.some((other) => other.chapter === chapter && other.id === id)) wrong(`${chapter}.${id} stands twice`);
    rows.push({ chapter, id, state });
  });
  if (rows.length === 0) continue;
  for (const chapter of [...Object.keys(ASKED), 'all']) {
    const mine = rows.filter((row) => chapter === 'all' || row.chapter === chapter);
    if (chapter !== 'all' && mine.length !== ASKED[chapter]) faults.push(`${document}: ${mine.length} requirements of ${chapter}, not ${ASKED[chapter]}`);
    const sums = [mine.length, ...STATES.map((state) => mine.filter((row) => row.state === state).length)].join(' | ');
    const told = lines.some((line) => line.startsWith(`| ${chapter} `) && line.endsWith(`| ${sums} |`));
    if (!told) faults.push(`${document}: the summary's line of ${chapter} must end with ${sums}`);
  }
}
for (const fault of faults) console.error(fault);
if (faults.length > 0) process.exit(1);
console.log(`${cited} citations, all there`);
