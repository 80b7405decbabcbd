// Names a browser's files by what they hold, so that they may be kept for a year: another build's file has another name.
import { createHash } from 'node:crypto';

/** What fetches the parts of a divided program; the underscores stand where its hash will. */
export const LOADER = '__wasm_split.______________________.js';

/** As long as the underscores: the module names its loader, and nothing in it may move. */
function hash(...contents) {
  const sum = createHash('md5');
  for (const content of contents) sum.update(content);
  return sum.digest('base64url');
}

const renamed = (name, hash) => name.replace(/\.(\w+)$/, `.${hash}.$1`);

/**
 * The files of a program by their names to be, and the list of their hashes that the server reads.
 *
 * A hash is made when its file already names what it names: if the loader gets another name, so does the file that asks
 * for it. The loader and the JavaScript name each other; the loader's hash is over the JavaScript as it was before.
 */
export function hashedNames(program, files) {
  let [js, wasm] = [files.get(`${program}.js`), files.get(`${program}.wasm`)];
  const css = files.get(`${program}.css`);
  const sent = new Map();
  let loader = files.get(LOADER);
  let split;
  if (loader) {
    for (const [name, part] of files) {
      if (!name.endsWith('.wasm') || name === `${program}.wasm`) continue;
      const partName = renamed(name, hash(part));
      sent.set(partName, part);
      loader = replaced(loader, `./${name}`, `./${partName}`);
    }
    split = hash(loader, js);
    const loaderName = LOADER.replace(/_{22}/, split);
    js = replaced(js, LOADER, loaderName);
    wasm = replaced(wasm, LOADER, loaderName);
    sent.set(loaderName, replaced(loader, `./${program}.js`, `./${program}.${hash(js)}.js`));
  }
  const hashes = { js: hash(js), wasm: hash(wasm), css: hash(css) };
  sent.set(`${program}.${hashes.js}.js`, js);
  sent.set(`${program}.${hashes.wasm}.wasm`, wasm);
  sent.set(`${program}.${hashes.css}.css`, css);
  if (split) hashes.split = split;
  const list = Object.entries(hashes).map(([kind, hash]) => `${kind}: ${hash}\n`);
  return { sent, list: list.join('') };
}

/** Every byte as a letter, so that a module comes out as it went in. Fails if there is nothing to replace. */
function replaced(bytes, from, to) {
  const text = bytes.toString('latin1');
  if (!text.includes(from)) throw new Error(`nothing names ${from}`);
  return Buffer.from(text.replaceAll(from, () => to), 'latin1');
}
