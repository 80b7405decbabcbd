// A browser's profile folder, read as somebody who has found the phone would read it: every file as it lies there, what is
// packed in it unpacked (gzip, brotli, the blocks of LevelDB), in the ways in which browsers write letters.
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { brotliDecompressSync, constants, gunzipSync } from 'node:zlib';

/** What must not lie there: its name, and its bytes. */
export type Needle = [string, Buffer];

/** How a text may be written. */
export function ways(text: string): Needle[] {
  const escaped = [...text].map((c) => (c.charCodeAt(0) > 127 ? `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}` : c)).join('');
  const forms = [Buffer.from(text, 'utf8'), Buffer.from(text, 'utf16le'), Buffer.from(encodeURIComponent(text)), Buffer.from(escaped)];
  return forms.map((bytes) => [text, bytes]);
}

/** Where each needle was found. */
export function search(folder: string, needles: Needle[]): string[] {
  const found = new Set<string>();
  for (const path of files(folder)) {
    const whole = readFileSync(path);
    for (const [how, bytes] of unpacked(path, whole)) {
      for (const [name, needle] of needles) {
        if (bytes.includes(needle)) found.add(`${name} in ${path.slice(folder.length + 1)}${how}`);
      }
    }
  }
  return [...found].sort();
}

function files(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return files(path);
    return entry.isFile() ? [path] : [];
  });
}

function* unpacked(path: string, whole: Buffer): Generator<[string, Buffer]> {
  yield ['', whole];
  for (let at = whole.indexOf(Buffer.of(0x1f, 0x8b, 8)); at >= 0; at = whole.indexOf(Buffer.of(0x1f, 0x8b, 8), at + 1)) {
    const bytes = tried(() => gunzipSync(whole.subarray(at), { finishFlush: constants.Z_SYNC_FLUSH }));
    if (bytes) yield [` (gzip at ${at})`, bytes];
  }
  // The simple cache of Chromium: a head of 24 bytes that says how long the key is, the key, then the body as it travelled.
  if (/_0$/.test(path) && whole.length > 24) {
    const body = whole.subarray(24 + whole.readUInt32LE(12));
    const bytes = tried(() => brotliDecompressSync(body, { finishFlush: constants.BROTLI_OPERATION_FLUSH }));
    if (bytes) yield [' (brotli)', bytes];
  }
  if (/\.ldb$/.test(path)) {
    for (const block of tried(() => blocks(whole)) ?? []) yield [' (LevelDB)', block];
  }
}

function tried<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch {
    return undefined;
  }
}

/** The data blocks of a table. */
function blocks(table: Buffer): Buffer[] {
  const footer = table.subarray(table.length - 48);
  const [, afterMeta] = handle(footer, 0);
  const [index] = handle(footer, afterMeta);
  const entries = block(table, index);
  const restarts = entries.readUInt32LE(entries.length - 4);
  const end = entries.length - 4 - 4 * restarts;
  const found: Buffer[] = [];
  for (let at = 0; at < end; ) {
    const [, afterShared] = varint(entries, at);
    const [rest, afterRest] = varint(entries, afterShared);
    const [length, afterLength] = varint(entries, afterRest);
    const value = afterLength + rest;
    const [place] = handle(entries, value);
    const data = tried(() => block(table, place));
    if (data) found.push(data);
    at = value + length;
  }
  return found;
}

type Place = { offset: number; size: number };

function handle(bytes: Buffer, at: number): [Place, number] {
  const [offset, next] = varint(bytes, at);
  const [size, end] = varint(bytes, next);
  return [{ offset, size }, end];
}

function block(table: Buffer, { offset, size }: Place): Buffer {
  const bytes = table.subarray(offset, offset + size);
  return table[offset + size] === 1 ? unsnap(bytes) : bytes;
}

function varint(bytes: Buffer, at: number): [number, number] {
  let value = 0;
  for (let shift = 0; ; shift += 7, at += 1) {
    const byte = bytes[at]!;
    value += (byte & 0x7f) * 2 ** shift;
    if (byte < 0x80) return [value, at + 1];
  }
}

/** Snappy: literals, and copies of what came before. */
function unsnap(packed: Buffer): Buffer {
  const [length, begin] = varint(packed, 0);
  const out = Buffer.alloc(length);
  let to = 0;
  for (let at = begin; at < packed.length; ) {
    const tag = packed[at]!;
    at += 1;
    if ((tag & 3) === 0) {
      let size = (tag >> 2) + 1;
      if (size > 60) {
        const extra = size - 60;
        size = packed.readUIntLE(at, extra) + 1;
        at += extra;
      }
      packed.copy(out, to, at, at + size);
      [at, to] = [at + size, to + size];
      continue;
    }
    let [size, back] = [0, 0];
    if ((tag & 3) === 1) [size, back, at] = [((tag >> 2) & 7) + 4, ((tag >> 5) << 8) | packed[at]!, at + 1];
    else if ((tag & 3) === 2) [size, back, at] = [(tag >> 2) + 1, packed.readUInt16LE(at), at + 2];
    else [size, back, at] = [(tag >> 2) + 1, packed.readUInt32LE(at), at + 4];
    for (let n = 0; n < size; n += 1, to += 1) out[to] = out[to - back]!;
  }
  return out;
}
