// Renames the functions of a WASM module so that like stands beside like once they are put in the order of their names: what a
// generic function becomes for one type is nearly what it becomes for another, and brotli says the second with a few bytes if it
// is near. `node .ci/order-functions.mjs IN OUT`; wasm-opt sorts, and takes the names out (.ci/browser-program.mjs).
//
// The order: by the function without what its generics stand for, then by length. Names are demangled by binutils' c++filt;
// where that is missing, or the module has no names, it is copied as it is and the order is the mangled names'.
import { copyFileSync, readFileSync, writeFileSync } from 'node:fs';
import { CUSTOM, demangled, encoded, lengths, names, sized, withoutGenerics } from './wasm.mjs';

const [from, to] = process.argv.slice(2);
const module = readFileSync(from);
const { section, names: mangled } = names(module);
const indexes = [...mangled.keys()];
const plain = section && demangled([...mangled.values()]);
if (!plain) {
  copyFileSync(from, to);
} else {
  const length = lengths(module);
  const rows = indexes.map((index, row) => {
    const name = plain[row];
    return { index, base: withoutGenerics(name), length: length[index] ?? 0, name };
  });
  const by = (a, b) => (a < b ? -1 : a > b ? 1 : 0);
  rows.sort((a, b) => by(a.base, b.base) || a.length - b.length || by(a.name, b.name));
  const place = new Map(rows.map(({ index }, position) => [index, `f${String(position).padStart(7, '0')}`]));
  const entries = indexes.map((index) => Buffer.concat([encoded(index), sized(Buffer.from(place.get(index)))]));
  const functions = Buffer.concat([Buffer.from([1]), sized(Buffer.concat([encoded(indexes.length), ...entries]))]);
  const custom = Buffer.concat([Buffer.from([CUSTOM]), sized(Buffer.concat([sized(Buffer.from('name')), functions]))]);
  writeFileSync(to, Buffer.concat([module.subarray(0, section.begin), custom, module.subarray(section.end)]));
}
