// Makes of a module that cargo compiled what a browser loads of it: module, JavaScript and stylesheet, by their plain names.
import { execFile } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const { minify } = createRequire(join(root, 'end2end/'))('terser');
const { compile } = createRequire(join(root, 'end2end/'))('sass');
const { transform } = createRequire(join(root, 'end2end/'))('lightningcss-wasm');

const run = promisify(execFile);

/** The oldest that a stylesheet is written for. */
const version = (major, minor = 0) => (major << 16) | (minor << 8);
const BROWSERS = { chrome: version(109), firefox: version(115), ios_saf: version(16, 4), safari: version(16, 4) };

// What an inspector waits for are the bytes that travel: gentler rewriting than -Oz leaves like code alike, and functions in
// order put like beside like (order-functions.mjs). With brotli that is an eighth less than -Oz.
const SMALL = ['-O1', '--rse', '--vacuum', '--duplicate-function-elimination', '--reorder-functions-by-name', '--strip-debug', '--strip-producers'];
const FEATURES = ['--enable-bulk-memory', '--enable-nontrapping-float-to-int'];

/**
 * The files of a program, by name. `small` is for those who wait for a network, and takes half a minute. What its parts share
 * is `joined`: groups of parts, as `join-parts.mjs` takes them.
 */
export async function browserProgram({ name, module, split, joined, style, small }) {
  const folder = mkdtempSync(join(tmpdir(), `${name}-`));
  try {
    await run(join(root, '.tools/bin/wasm-web'), [name, module, folder, ...(split ? ['--split'] : [])]);
    if (joined) await run(process.execPath, [join(root, '.ci/join-parts.mjs'), folder, ...joined]);
    const names = readdirSync(folder);
    const modules = names.filter((file) => file.endsWith('.wasm'));
    await Promise.all(modules.map((file) => finished(join(folder, file), small)));
    const files = new Map(names.map((file) => [file, readFileSync(join(folder, file))]));
    for (const file of names.filter((file) => file.endsWith('.js'))) files.set(file, await minified(files.get(file)));
    return files.set(`${name}.css`, stylesheet(join(root, 'style', style)));
  } finally {
    rmSync(folder, { recursive: true });
  }
}

async function finished(path, small) {
  if (!small) return writeFileSync(path, withoutCustomSections(readFileSync(path)));
  await run(process.execPath, [join(root, '.ci/order-functions.mjs'), path, path]);
  await run(join(root, 'end2end/node_modules/.bin/wasm-opt'), [...SMALL, ...FEATURES, path, '-o', path]);
}

/** What is left are the sections that a program consists of: no names, nothing for debuggers. */
export function withoutCustomSections(module) {
  const [HEADER, CUSTOM] = [8, 0];
  const kept = [module.subarray(0, HEADER)];
  for (let at = HEADER; at < module.length; ) {
    const begin = at;
    const kind = module[at++];
    let size = 0;
    for (let shift = 0, more = true; more; shift += 7) {
      size += (module[at] & 0x7f) * 2 ** shift;
      more = module[at++] >= 0x80;
    }
    at += size;
    if (kind !== CUSTOM) kept.push(module.subarray(begin, at));
  }
  return Buffer.concat(kept);
}

/** The splitter lists names as they come, another way each time: in order, the same source gives the same bytes. */
async function minified(bytes) {
  const sorted = (_, names) => `{ ${names.split(', ').filter(Boolean).sort().join(', ')} }`;
  const { code } = await minify(bytes.toString().replace(/\{ ((?:\w+, )+) \}/g, sorted), { module: true });
  return Buffer.from(code);
}

function stylesheet(path) {
  const { css } = compile(path);
  return Buffer.from(transform({ filename: path, code: Buffer.from(css), minify: true, targets: BROWSERS }).code);
}
