import assert from 'node:assert/strict';
import { test } from 'node:test';
import { hashedNames, LOADER } from './hashed-names.mjs';

/** A divided program; what is given takes the place of what is usual. */
function build(other = {}) {
  const files = {
    'field.js': `import * as a from "./${LOADER}"; /* 巡安 */`,
    'field.wasm': `\0asm…./${LOADER}…`,
    'field.css': 'body{}',
    [LOADER]: 'import { initSync } from "./field.js"; fetch(new URL("./split_screens.wasm", import.meta.url))',
    'split_screens.wasm': '\0asm screens',
    ...other,
  };
  const named = hashedNames('field', new Map(Object.entries(files).map(([name, text]) => [name, Buffer.from(text)])));
  return new Map([...named.sent, ['field.txt', named.list]]);
}

const named = (files, pattern) => [...files.keys()].find((name) => pattern.test(name));

test('every file is found under the name that the others have for it', () => {
  const files = build();
  const js = named(files, /^field\..{22}\.js$/);
  const loader = named(files, /^__wasm_split\.(?!_{22}).{22}\.js$/);
  const part = named(files, /^split_screens\..{22}\.wasm$/);
  const wasm = named(files, /^field\..{22}\.wasm$/);
  assert.ok(files.get(js).includes(`"./${loader}"`));
  assert.ok(files.get(js).includes('巡安'));
  assert.ok(files.get(wasm).includes(`./${loader}`));
  assert.ok(files.get(loader).includes(`"./${js}"`));
  assert.ok(files.get(loader).includes(`"./${part}"`));
  assert.match(files.get('field.txt'), /^js: .{22}\nwasm: .{22}\ncss: .{22}\nsplit: .{22}\n$/);
});

test('no two builds have a file of one name and other bytes', () => {
  const before = build();
  const changes = {
    'field.js': `import * as b from "./${LOADER}";`,
    'field.wasm': `\0asm other ./${LOADER}`,
    'field.css': 'main{}',
    [LOADER]: 'import { initSync } from "./field.js"; other(new URL("./split_screens.wasm", import.meta.url))',
    'split_screens.wasm': '\0asm other screens',
  };
  for (const [name, text] of Object.entries(changes)) {
    const after = build({ [name]: text });
    after.delete('field.txt');
    assert.ok([...after.keys()].some((kept) => !before.has(kept)), `${name} changed and nothing was renamed`);
    for (const [kept, bytes] of after) {
      if (before.has(kept)) assert.ok(bytes.equals(before.get(kept)), `${name} changed, and with it ${kept}`);
    }
  }
});

test('a program in one file has no loader', () => {
  const files = new Map(['js', 'wasm', 'css'].map((kind) => [`xunan.${kind}`, Buffer.from(kind)]));
  const { sent, list } = hashedNames('xunan', files);
  assert.equal(sent.size, 3);
  assert.ok(!list.includes('split'));
});
