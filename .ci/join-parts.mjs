// Joins what the splitter tore apart. It makes a file of every set of parts that share functions, dozens of them for five parts;
// one that is split off can neither call its neighbours but by the table of functions, nor be packed like them. Here
// each shared piece goes where it is loaded first:
//   what PART shares with others, into that part: every other one is asked for by its functions. What a LIGHT part shares goes
//   there, too: who waits for a small part shall not wait for a file that is mostly others';
//   what a NEXT part shares with others, into a file beside them, which is called after the group: `shared_NEXT.wasm`;
//   what is left, into another: `shared.wasm`.
//
//   node .ci/join-parts.mjs FOLDER PART[,LIGHT…] [NEXT[,NEXT…]]…
//
// FOLDER holds the parts, their pieces and `__wasm_split.______________________.js`. What a piece calls is shared by all its parts,
// and so lies where the piece does or in a file that comes with each of them.
//
// Before anything of it is optimised; a second call finds nothing to join.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { EXPORTS, IMPORTS, encoded, imports, sections, sized } from './wasm.mjs';

const [folder, ...named] = process.argv.slice(2);
const [light = [], ...groups] = named.map((group) => group.split(','));
const FIRST = light[0];
const loader = join(folder, '__wasm_split.______________________.js');
const tools = fileURLToPath(new URL('../end2end/node_modules/.bin/', import.meta.url));

const source = existsSync(loader) ? readFileSync(loader, 'utf8') : '';
const PIECE = /\/\* ([^*]*) \*\/\nconst (\w+) = makeLoad\((\(\) => \{[^}]*"\.\/([^"]+)"[^}]*\}|[^\n]*)\s*, \[\]\);\n/g;
const pieces = [...source.matchAll(PIECE)].map(([whole, parts, name, , file]) => ({ whole, name, file, of: parts.split(', ') }));

/** Where the splitter lets the parts find what they share, and where a merged part finds it meanwhile. */
const SHARES = '__wasm_split';
const ANCHORED = '__wasm_anchor';

/** What Rust's compiler makes use of. */
const ALLOWED = ['bulk-memory', 'multivalue', 'mutable-globals', 'nontrapping-float-to-int', 'reference-types', 'sign-ext'].map((name) => `--enable-${name}`);

if (pieces.length > 0) joined();

function joined() {
  const isOf = (group) => ({ of }) => group.some((part) => of.includes(part));
  let left = pieces.filter(({ file }) => file);
  /** Those of the group, which are not looked at again. */
  const taken = (is) => {
    const those = left.filter(is);
    left = left.filter((piece) => !those.includes(piece));
    return those;
  };
  merge(`split_${FIRST}.wasm`, taken(isOf(light)).map(({ file }) => file));
  const shared = groups.map((group) => ({ called: `shared_${group.join('_')}.wasm`, those: taken(isOf(group)) }));
  const all = [...shared, { called: 'shared.wasm', those: left }].filter(({ those }) => those.length > 0);
  const files = all.map(({ those }) => those);
  for (const [first, ...others] of files) merge(first.file, others.map(({ file }) => file));
  let text = source;
  for (const { whole } of pieces) {
    const stays = files.some(([first]) => first.whole === whole);
    text = text.replace(whole, stays ? whole.replace(/\/\* [^*]* \*\/\n/, '') : '');
  }
  text = text.replace(/(export const __wasm_split_load_(\w+) = .*?), \[[^\]]*\]\)\);\n/gs, (_, begin, part) => {
    const needs = files.filter((those) => those.some(({ of }) => of.includes(part))).map(([first]) => first.name);
    return `${begin}, [${needs.join(', ')}]));\n`;
  });
  const kept = files.map(([first]) => first.name);
  const lost = pieces.filter(({ name }) => !kept.includes(name) && new RegExp(`\\b${name}\\b`).test(text));
  if (lost.length > 0) throw new Error(`the loader still names ${lost.map(({ name }) => name).join(', ')}`);
  // A piece may be called as the file of another group will be: first all of them are out of the way.
  for (const { called, those: [first] } of all) {
    renameSync(join(folder, first.file), join(folder, `joined.${called}`));
    text = text.replace(`"./${first.file}"`, `"./joined.${called}"`);
  }
  for (const { called } of all) {
    renameSync(join(folder, `joined.${called}`), join(folder, called));
    text = text.replace(`"./joined.${called}"`, `"./${called}"`);
  }
  writeFileSync(loader, text);
}

/** Joins the pieces into the first file and removes them. */
function merge(into, others) {
  if (others.length === 0) return;
  const scratch = mkdtempSync(join(tmpdir(), 'parts-'));
  try {
    const files = [into, ...others].map((name) => join(folder, name));
    const anchor = join(scratch, 'anchor.wasm');
    writeFileSync(anchor, anchorOf(files));
    const merged = join(scratch, 'merged.wasm');
    run('wasm-merge', ...ALLOWED, '-g', ...[anchor, ...files].flatMap((file, at) => [file, at === 0 ? SHARES : `piece${at}`]), '-o', merged);
    // What was called by the table because it lay in another file is called by its name again.
    run('wasm-opt', ...ALLOWED, '-g', merged, '--directize', '--pass-arg=directize-initial-contents-immutable', '--inlining',
      '--always-inline-max-function-size=0', '--flexible-inline-max-function-size=0', '--one-caller-inline-max-function-size=0',
      '--remove-unused-module-elements', '-o', merged);
    writeFileSync(files[0], withoutAnchor(readFileSync(merged)));
    for (const file of files.slice(1)) rmSync(file);
  } finally {
    rmSync(scratch, { recursive: true });
  }
}

function run(tool, ...args) {
  const { status, error } = spawnSync(join(tools, tool), args, { stdio: ['ignore', 'inherit', 'inherit'] });
  if (status !== 0) throw error ?? new Error(`${tool} ended with ${status}`);
}

/**
 * A module that takes from outside whatever the pieces share with the first file, once, and hands it on to all of them: merged,
 * they would else have a memory each.
 */
function anchorOf(files) {
  const taken = new Map();
  for (const file of files) {
    for (const one of imports(readFileSync(file))) {
      if (one.from !== SHARES || one.kind === 0) throw new Error(`${file} imports ${one.from}.${one.name}`);
      taken.set(one.name, one);
    }
  }
  const all = [...taken.values()];
  const counts = {};
  const word = (word) => sized(Buffer.from(word));
  const given = all.map(({ name, kind }) => Buffer.concat([word(name), Buffer.from([kind]), encoded((counts[kind] = (counts[kind] ?? -1) + 1))]));
  const wanted = all.map(({ name, entry }) => Buffer.concat([word(ANCHORED), word(name), entry]));
  const section = (id, entries) => Buffer.concat([Buffer.from([id]), sized(Buffer.concat([encoded(entries.length), ...entries]))]);
  return Buffer.concat([Buffer.from([0, 0x61, 0x73, 0x6d, 1, 0, 0, 0]), section(IMPORTS, wanted), section(EXPORTS, given)]);
}

/** Imports come from where they came before, and nothing is handed out. */
function withoutAnchor(module) {
  const word = (word) => sized(Buffer.from(word));
  const parts = [module.subarray(0, 8)];
  for (const { id, begin, end } of sections(module)) {
    if (id === EXPORTS) continue;
    if (id !== IMPORTS) {
      parts.push(module.subarray(begin, end));
      continue;
    }
    const entries = imports(module).map(({ from, name, entry }) => {
      if (from !== ANCHORED) throw new Error(`${from}.${name} is still wanted`);
      return Buffer.concat([word(SHARES), word(name), entry]);
    });
    parts.push(Buffer.from([IMPORTS]), sized(Buffer.concat([encoded(entries.length), ...entries])));
  }
  return Buffer.concat(parts);
}
