// Renames the functions of a WASM module so that like stands beside like once they are put in the order of their names: what a
// generic function becomes for one type is nearly what it becomes for another, and brotli says the second with a few bytes if it
// is near. `node .ci/order-functions.mjs IN OUT`; .ci/shims/wasm-opt sorts, and takes the names out.
//
// The order: by the function without what its generics stand for, then by length. Names are demangled by binutils' c++filt;
// where that is missing, or the module has no names, it is copied as it is and the order is the mangled names'.
import { spawnSync } from 'node:child_process';
import { copyFileSync, readFileSync, writeFileSync } from 'node:fs';

const [from, to] = process.argv.slice(2);
const module = readFileSync(from);

/** An unsigned LEB128 number at a position, and where it ends. */
function number(at) {
  let value = 0;
  for (let shift = 0; ; shift += 7) {
    const byte = module[at++];
    value += (byte & 0x7f) * 2 ** shift;
    if (byte < 0x80) return [value, at];
  }
}

function encoded(value) {
  const bytes = [];
  do {
    const rest = Math.floor(value / 128);
    bytes.push((value % 128) | (rest > 0 ? 0x80 : 0));
    value = rest;
  } while (value > 0);
  return Buffer.from(bytes);
}

const sized = (bytes) => Buffer.concat([encoded(bytes.length), bytes]);

/** Past an import's type, after its kind; and whether it is a function. */
function importType(kind, at) {
  const limits = (at) => {
    const flags = module[at++];
    [, at] = number(at);
    return flags & 1 ? number(at)[1] : at;
  };
  switch (kind) {
    case 0: return number(at)[1];
    case 1: return limits(at + 1);
    case 2: return limits(at);
    case 3: return at + 2;
    case 4: return number(at + 1)[1];
    default: throw new Error(`an import of kind ${kind}`);
  }
}

const [IMPORTS, CODE, CUSTOM] = [2, 10, 0];
const lengths = [];
const names = new Map();
let imported = 0;
let section;
for (let at = 8; at < module.length; ) {
  const begin = at;
  const id = module[at++];
  const [size, body] = number(at);
  const end = body + size;
  if (id === IMPORTS) {
    let [count, at] = number(body);
    for (; count > 0; count -= 1) {
      for (let part = 0; part < 2; part += 1) {
        const [length, start] = number(at);
        at = start + length;
      }
      const kind = module[at];
      at = importType(kind, at + 1);
      imported += kind === 0 ? 1 : 0;
    }
  } else if (id === CODE) {
    let [count, at] = number(body);
    for (; count > 0; count -= 1) {
      const [length, start] = number(at);
      lengths.push(length);
      at = start + length;
    }
  } else if (id === CUSTOM) {
    const [length, start] = number(body);
    if (module.toString('utf8', start, start + length) === 'name') {
      section = { begin, end };
      for (let at = start + length; at < end; ) {
        const kind = module[at];
        const [size, inner] = number(at + 1);
        if (kind === 1) {
          let [count, at] = number(inner);
          for (; count > 0; count -= 1) {
            const [index, next] = number(at);
            const [length, start] = number(next);
            names.set(index, module.toString('utf8', start, start + length));
            at = start + length;
          }
        }
        at = inner + size;
      }
    }
  }
  at = end;
}

/** The name without what stands in angle brackets, however deep. */
function withoutGenerics(name) {
  let depth = 0;
  let kept = '';
  for (const letter of name.replace(/->/g, '')) {
    if (letter === '<') depth += 1;
    else if (letter === '>') depth -= 1;
    else if (depth === 0) kept += letter;
  }
  return kept;
}

const indexes = [...names.keys()];
const filter = spawnSync('c++filt', ['-s', 'rust'], {
  input: indexes.map((index) => names.get(index)).join('\n'),
  encoding: 'utf8',
  maxBuffer: 1 << 30,
});
const demangled = filter.status === 0 ? filter.stdout.split('\n') : [];
if (!section || demangled.length < indexes.length) {
  copyFileSync(from, to);
} else {
  const rows = indexes.map((index, row) => {
    // The hash of a crate says nothing of the function.
    const name = demangled[row].replace(/\[[0-9a-f]{6,16}\]/g, '');
    return { index, base: withoutGenerics(name), length: lengths[index - imported] ?? 0, name };
  });
  const by = (a, b) => (a < b ? -1 : a > b ? 1 : 0);
  rows.sort((a, b) => by(a.base, b.base) || a.length - b.length || by(a.name, b.name));
  const place = new Map(rows.map(({ index }, position) => [index, `f${String(position).padStart(7, '0')}`]));
  const entries = indexes.map((index) => Buffer.concat([encoded(index), sized(Buffer.from(place.get(index)))]));
  const functions = Buffer.concat([Buffer.from([1]), sized(Buffer.concat([encoded(indexes.length), ...entries]))]);
  const custom = Buffer.concat([Buffer.from([CUSTOM]), sized(Buffer.concat([sized(Buffer.from('name')), functions]))]);
  writeFileSync(to, Buffer.concat([module.subarray(0, section.begin), custom, module.subarray(section.end)]));
}
