// What the phone's program is made of: its parts as they travel, then all of its code by what it does, the largest families of one
// generic function, and the largest functions. Reads what `make build` leaves: the parts, and the whole before it was
// divided, which still has its names.
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { brotliCompressSync, constants } from 'node:zlib';
import { demangled, lengths, names, withoutGenerics } from '../../.ci/wasm.mjs';
import { kindOf } from './kinds.mjs';

const root = new URL('../..', import.meta.url).pathname;
const whole = join(root, 'target/front/wasm32-unknown-unknown/wasm-release/field.wasm');

const kilobytes = (bytes) => `${(bytes / 1024).toFixed(1)} KB`.padStart(10);

function parts() {
  const folder = join(root, 'target/site/pkg');
  const hash = (kind) => readFileSync(join(root, 'target/site/field.txt'), 'utf8').match(new RegExp(`^${kind}: *(\\S+)`, 'm'))?.[1];
  const loader = hash('split') && `__wasm_split.${hash('split')}.js`;
  const first = hash('wasm');
  const named = loader ? [...readFileSync(join(folder, loader), 'utf8').matchAll(/"\.\/([^"]+\.wasm)"/g)].map(([, name]) => name) : [];
  console.log('\nthe program, brotli and unpacked');
  for (const name of [`field.${first}.wasm`, ...named]) {
    const bytes = readFileSync(join(folder, name));
    const params = { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_LGWIN]: 22, [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length };
    console.log(`  ${kilobytes(brotliCompressSync(bytes, { params }).length)} ${kilobytes(bytes.length)}  ${name.replace(/\..*/, '')}`);
  }
}

/** Code by what it does. */
function made() {
  const module = readFileSync(whole);
  const mangled = names(module).names;
  const sizes = lengths(module);
  const known = [...mangled].filter(([index]) => sizes[index] > 0);
  const plain = demangled(known.map(([, name]) => name)) ?? known.map(([, name]) => name);
  const functions = known.map(([index], row) => ({ size: sizes[index], name: plain[row] }));
  const total = functions.reduce((sum, { size }) => sum + size, 0);
  console.log(`\nits code before it is divided and optimised: ${kilobytes(total).trim()} in ${functions.length} functions`);
  table(functions, ({ name }) => kindOf(name), 12, (size) => `${((100 * size) / total).toFixed(0).padStart(3)} %`);
  console.log('\nlargest families');
  table(functions, ({ name }) => family(name), 25);
  console.log('\nlargest functions');
  table(functions, ({ name }) => name, 12);
}

/** The function without what its generics stand for: `Trait::f` of `<T as Trait>::f`, `T::f` of `<T>::f`. */
function family(name) {
  if (!name.startsWith('<')) return withoutGenerics(name);
  let depth = 0;
  for (let at = 0, of = 1; at < name.length; at += 1) {
    if (name[at] === '<') depth += 1;
    else if (name[at] === '>' && name[at - 1] !== '-') depth -= 1;
    if (depth === 1 && name.startsWith(' as ', at)) of = at + 4;
    if (depth === 0) return withoutGenerics(name.slice(of, at)) + withoutGenerics(name.slice(at + 1));
  }
  return name;
}

function table(functions, key, most, beside = () => '') {
  const groups = new Map();
  for (const one of functions) {
    const group = groups.get(key(one)) ?? { size: 0, count: 0 };
    groups.set(key(one), { size: group.size + one.size, count: group.count + 1 });
  }
  const rows = [...groups].sort((a, b) => b[1].size - a[1].size).slice(0, most);
  for (const [name, { size, count }] of rows) {
    console.log(`  ${kilobytes(size)} ${beside(size)} ${String(count).padStart(6)}  ${name.slice(0, 110)}`);
  }
}

parts();
if (existsSync(whole)) made();
