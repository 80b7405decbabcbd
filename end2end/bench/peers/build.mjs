// Other programs that ask forms, each as a site of files: installed from npm at the versions of `package.json` into
// `target/peers`, bundled and packed as somebody would who puts them to use.
//
// Enketo's transformer, which on its own server runs once a form, runs here in the browser that measures later.
import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { copyFileSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import * as sass from 'sass';
import { FORMS, xform } from '../questions.mjs';

const here = dirname(fileURLToPath(import.meta.url));
const folder = fileURLToPath(new URL('../../../target/peers/', import.meta.url));

/** Each peer: the packages that it is, and how the files of a form are made of it. */
export const PEERS = [
  { name: 'ODK Web Forms', of: '@getodk/web-forms', files: odkWebForms },
  { name: 'Enketo (enketo-core)', of: 'enketo-core', files: enketo },
];

/** Installs what `package.json` names, if it is not there already. Throws where npm does not give it. */
export async function installed() {
  mkdirSync(folder, { recursive: true });
  const wanted = readFileSync(join(here, 'package.json'), 'utf8');
  const stamp = join(folder, 'installed.json');
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) return;
  copyFileSync(join(here, 'package.json'), join(folder, 'package.json'));
  await promisify(execFile)('npm', ['install', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'], { cwd: folder });
  writeFileSync(stamp, wanted);
}

export const versionOf = (name) => JSON.parse(readFileSync(join(folder, 'node_modules', name, 'package.json'), 'utf8')).version;

/** Path to bytes of the site that asks this form. */
async function odkWebForms(form) {
  const program = await bundle('odk-web-forms.js');
  return site(program, { 'form.xml': xform(form) });
}

async function enketo(form, browser) {
  const [program, transformer] = await Promise.all([bundle('enketo.js'), bundle('enketo-transform.js')]);
  const page = await browser.newPage();
  await page.addScriptTag({ type: 'module', content: transformer.files[transformer.entry].toString() });
  await page.waitForFunction(() => window.transform);
  const transformed = await page.evaluate((xform) => window.transform(xform), xform(form));
  await page.close();
  const sheet = join(folder, 'node_modules/enketo-core/src/sass/formhub/formhub.scss');
  // Its sheets name others by where they lie in its own repository.
  const findFileUrl = (url) => (url.includes('/node_modules/') ? pathToFileURL(join(folder, url.slice(url.lastIndexOf('/node_modules/')))) : null);
  const { css } = sass.compile(sheet, { style: 'compressed', importers: [{ findFileUrl }], logger: sass.Logger.silent });
  return site(program, { 'form.json': JSON.stringify(transformed) }, css);
}

/** What is fetched at once: the program that is named in the document, and what that program imports in turn. */
async function bundle(entry) {
  const { build } = createRequire(join(folder, 'package.json'))('esbuild');
  const { outputFiles, metafile } = await build({
    stdin: { contents: readFileSync(join(here, entry), 'utf8'), resolveDir: folder, sourcefile: entry },
    absWorkingDir: folder,
    bundle: true,
    format: 'esm',
    splitting: true,
    minify: true,
    write: false,
    metafile: true,
    outdir: '.',
    entryNames: 'program-[hash]',
    logLevel: 'silent',
    // The transformer's own server has it; a browser brings its own.
    external: ['libxslt'],
    define: { 'process.env.NODE_ENV': '"production"', __VUE_OPTIONS_API__: 'true', __VUE_PROD_DEVTOOLS__: 'false', __VUE_PROD_HYDRATION_MISMATCH_DETAILS__: 'false' },
  });
  const files = Object.fromEntries(outputFiles.map(({ path, contents }) => [path.slice(folder.length), Buffer.from(contents)]));
  const first = Object.entries(metafile.outputs).find(([, { entryPoint }]) => entryPoint)[0];
  const now = (name) => [name, ...metafile.outputs[name].imports.filter(({ kind }) => kind === 'import-statement').flatMap(({ path }) => now(path))];
  return { files, entry: first, atOnce: [...new Set(now(first))] };
}

/** With everything that the first screen needs named in the document, so that it comes at once. */
function site({ files, entry, atOnce }, form, css) {
  const sheet = css && `style-${createHash('sha256').update(css).digest('hex').slice(0, 8)}.css`;
  const [data] = Object.keys(form);
  const html = `<!doctype html><html lang="zh"><head><meta charset="utf-8"><title>bench</title>
<meta name="viewport" content="width=device-width, initial-scale=1"><link rel="icon" href="data:,">
${atOnce.map((name) => `<link rel="modulepreload" href="${name}">`).join('')}${sheet ? `<link rel="stylesheet" href="${sheet}">` : ''}
<link rel="preload" as="fetch" crossorigin href="${data}"><script type="module" src="${entry}"></script></head><body><div id="form"></div></body></html>`;
  return { '': html, ...form, ...files, ...(sheet && { [sheet]: css }) };
}
