import assert from 'node:assert/strict';
import { test } from 'node:test';
import { withoutCustomSections } from './browser-program.mjs';

const HEADER = [0, 0x61, 0x73, 0x6d, 1, 0, 0, 0];
const LONG = 200; // its length takes two bytes
const custom = [0, LONG & 0x7f | 0x80, LONG >> 7, 4, ...Buffer.from('name'), ...new Array(LONG - 5).fill(7)];
const types = [1, 4, 1, 0x60, 0, 0];

test('a module keeps what it runs on and loses its names', async () => {
  const module = Buffer.from([...HEADER, ...custom, ...types, ...custom]);
  const stripped = withoutCustomSections(module);
  assert.deepEqual([...stripped], [...HEADER, ...types]);
  await WebAssembly.compile(stripped);
});
