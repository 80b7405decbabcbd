// How a WASM module is written down: its numbers, texts, sections, imports and functions.
import { spawnSync } from 'node:child_process';

/** An unsigned LEB128 number at a position, and where it ends. */
export function number(module, at) {
  let value = 0;
  for (let shift = 0; ; shift += 7) {
    const byte = module[at++];
    value += (byte & 0x7f) * 2 ** shift;
    if (byte < 0x80) return [value, at];
  }
}

export function encoded(value) {
  const bytes = [];
  do {
    const rest = Math.floor(value / 128);
    bytes.push((value % 128) | (rest > 0 ? 0x80 : 0));
    value = rest;
  } while (value > 0);
  return Buffer.from(bytes);
}

export const sized = (bytes) => Buffer.concat([encoded(bytes.length), bytes]);

/** A text at a position, and where it ends. */
export function text(module, at) {
  const [length, start] = number(module, at);
  return [module.toString('utf8', start, start + length), start + length];
}

/** Each with its id, where it begins, where its body begins, and where it ends. */
export function sections(module) {
  const found = [];
  for (let at = 8; at < module.length; ) {
    const begin = at;
    const id = module[at++];
    const [size, body] = number(module, at);
    at = body + size;
    found.push({ id, begin, body, end: at });
  }
  return found;
}

export const [CUSTOM, IMPORTS, EXPORTS, CODE] = [0, 2, 7, 10];

/** What it imports: each with its module, name, kind, and how kind and type are written. */
export function imports(module) {
  const section = sections(module).find(({ id }) => id === IMPORTS);
  if (!section) return [];
  let [count, at] = number(module, section.body);
  const found = [];
  for (; count > 0; count -= 1) {
    const [from, afterFrom] = text(module, at);
    const [name, afterName] = text(module, afterFrom);
    const kind = module[afterName];
    at = afterType(module, kind, afterName + 1);
    found.push({ from, name, kind, entry: module.subarray(afterName, at) });
  }
  return found;
}

/** Past an import's type, after its kind. */
function afterType(module, kind, at) {
  const limits = (at) => {
    const [flags, least] = number(module, at);
    const [, end] = number(module, least);
    return flags & 1 ? number(module, end)[1] : end;
  };
  switch (kind) {
    case 0: return number(module, at)[1];
    case 1: return limits(at + 1);
    case 2: return limits(at);
    case 3: return at + 2;
    case 4: return number(module, at + 1)[1];
    default: throw new Error(`an import of kind ${kind}`);
  }
}

/** Bytes of each function's body, in their order; what is imported has none. */
export function lengths(module) {
  const none = imports(module).filter(({ kind }) => kind === 0).map(() => 0);
  const section = sections(module).find(({ id }) => id === CODE);
  let [count, at] = section ? number(module, section.body) : [0, 0];
  for (; count > 0; count -= 1) {
    const [length, start] = number(module, at);
    none.push(length);
    at = start + length;
  }
  return none;
}

/** The section that holds the names, if there is one, and the functions' names by their numbers. */
export function names(module) {
  const found = new Map();
  for (const section of sections(module)) {
    if (section.id !== CUSTOM) continue;
    let [name, at] = text(module, section.body);
    if (name !== 'name') continue;
    while (at < section.end) {
      const kind = module[at];
      const [size, inner] = number(module, at + 1);
      at = inner + size;
      if (kind !== 1) continue;
      let [count, entry] = number(module, inner);
      for (; count > 0; count -= 1) {
        const [index, next] = number(module, entry);
        const [name, end] = text(module, next);
        found.set(index, name);
        entry = end;
      }
    }
    return { section, names: found };
  }
  return { names: found };
}

/** As the compiler understood them, by binutils' c++filt; none where that is missing. The hash of a crate says nothing. */
export function demangled(list) {
  const filter = spawnSync('c++filt', ['-s', 'rust'], { input: list.join('\n'), encoding: 'utf8', maxBuffer: 1 << 30 });
  if (filter.status !== 0) return undefined;
  return filter.stdout.split('\n').slice(0, list.length).map((name) => name.replace(/\[[0-9a-f]{6,16}\]/g, ''));
}

/** The name without what stands in angle brackets, however deep. */
export function withoutGenerics(name) {
  let depth = 0;
  let kept = '';
  for (const letter of name.replace(/->/g, '')) {
    if (letter === '<') depth += 1;
    else if (letter === '>') depth -= 1;
    else if (depth === 0) kept += letter;
  }
  return kept;
}
