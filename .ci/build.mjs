// Builds the product: `node .ci/build.mjs release` as it is used, `demo` in less than half the time to look at it. Two programs
// for browsers and what lies beside them become a site; the server of a release carries it.
//   release  target/site       target/release/xunan
//   demo     target/demo-site  target/demo-xunan, a link
//
// cargo compiles one program after the other, in one folder, so that nothing is compiled twice; what is done with a program
// afterwards is done while the next one compiles.
import { execFileSync, spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  copyFileSync, cpSync, existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, symlinkSync, writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { browserProgram } from './browser-program.mjs';
import { hashedNames } from './hashed-names.mjs';

process.chdir(join(dirname(fileURLToPath(import.meta.url)), '..'));

/** The desk's program; and the phone's, by itself because its size is what an inspector without signal waits for. */
const PROGRAMS = [
  { name: 'xunan', feature: 'parts', style: 'main.scss', list: 'hash.txt', split: true, release: 'wasm-desk' },
  { name: 'field', feature: 'split', style: 'field.scss', list: 'field.txt', split: true, joined: ['screens', 'sites', 'unlocking,seldom', 'beside'] },
];
const BUILDS = {
  release: { profile: 'wasm-release', folder: 'target/front', site: 'target/site', small: true },
  // In the server's folder: the macros of both are compiled once.
  demo: { profile: 'demo', folder: 'target', site: 'target/demo-site', small: false },
};
const WASM = 'wasm32-unknown-unknown';
const HOST = execFileSync('rustc', ['-vV'], { encoding: 'utf8' }).match(/^host: (.*)$/m)[1];

const [, , wanted] = process.argv;
const { profile, folder, site, small } = BUILDS[wanted] ?? usage();
const stamp = `${site}.stamp`;

const tool = command('.ci/tools', ['web']);
tool.catch(() => {}); // told of where it is awaited
const before = existsSync(stamp) && existsSync(site) ? readFileSync(stamp, 'utf8') : '';
const made = [];
for (const program of PROGRAMS) {
  const module = await timed(`${program.name}, compiled`, () => compiled(program));
  const of = sum(module, 'style', 'public', '.ci', 'end2end/package-lock.json');
  const begin = () => tool.then(() => timed(`${program.name}, made ready for browsers`, () => browserProgram({ ...program, module, small })));
  const files = before.includes(of) ? undefined : begin();
  files?.catch(() => {});
  made.push({ program, of, begin, files });
}
const ready = made.some(({ files }) => files) ? assembled() : Promise.resolve();
ready.catch(() => {});

if (wanted === 'demo') {
  // Named, though it is this machine's: only then are its macros those of the programs above.
  await timed('server, compiled', () => command('cargo', ['build', '--package', 'server', '--profile', profile, '--target', HOST]));
  await ready;
  rmSync('target/demo-xunan', { force: true });
  symlinkSync(`${HOST}/${profile}/xunan`, 'target/demo-xunan');
} else {
  await ready;
  const carried = { XUNAN_EMBED_SITE: join(process.cwd(), site) };
  await timed('server, compiled', () => command('cargo', ['build', '--package', 'server', '--release'], { env: carried }));
}

/** Where the module of a program lies. Both are one library to cargo, which puts each in the other's place: so it is copied. */
async function compiled({ name, feature, split, release = profile }) {
  const used = wanted === 'release' ? release : profile;
  const kept = `${folder}/${WASM}/${used}/${name}.wasm`;
  const where = ['--package', 'app', '--target', WASM, '--profile', used, '--target-dir', folder];
  const which = ['--lib', '--no-default-features', '--features', feature];
  const args = ['rustc', ...where, ...which, '--message-format', 'json-render-diagnostics'];
  // The splitter has to know what refers to what.
  if (split) args.push('--', '-Clink-args=--emit-relocs');
  const artifact = async () => {
    const lines = (await command('cargo', args, { read: true })).split('\n').filter((line) => line.startsWith('{'));
    return lines.map((line) => JSON.parse(line)).findLast((told) => told.reason === 'compiler-artifact' && told.target.name === 'app');
  };
  // Out of the way while cargo works: a build that is stopped before the copy is made leaves none, rather than an old one.
  const former = `${kept}.former`;
  rmSync(former, { force: true });
  if (existsSync(kept)) renameSync(kept, former);
  let app = await artifact();
  if (app.fresh && !existsSync(former)) {
    await command('cargo', ['clean', '--quiet', ...where]);
    app = await artifact();
  }
  if (app.fresh) renameSync(former, kept);
  else copyFileSync(app.filenames.find((file) => file.endsWith('.wasm')), kept);
  return kept;
}

/** The whole site, beside the one that is there and then in its place: a build that fails leaves that one whole. */
async function assembled() {
  const next = `${site}.next`;
  rmSync(next, { recursive: true, force: true });
  cpSync('public', next, { recursive: true });
  mkdirSync(`${next}/pkg`);
  for (const { program, begin, files } of made) {
    const { sent, list } = hashedNames(program.name, await (files ?? begin()));
    for (const [name, bytes] of sent) writeFileSync(`${next}/pkg/${name}`, bytes);
    writeFileSync(`${next}/${program.list}`, list);
  }
  if (small) await timed('site, compressed', () => command(process.execPath, ['.ci/precompress.mjs', next]));
  rmSync(site, { recursive: true, force: true });
  renameSync(next, site);
  writeFileSync(stamp, made.map(({ of }) => of).join('\n'));
}

/** What files, and folders of them, hold. */
function sum(...paths) {
  const hash = createHash('sha256');
  const add = (path) => {
    const entries = readdirSync(path, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1));
    for (const entry of entries) {
      const inner = join(path, entry.name);
      if (entry.isDirectory()) add(inner);
      else hash.update(inner).update(readFileSync(inner));
    }
  };
  for (const path of paths) {
    if (statSync(path).isDirectory()) add(path);
    else hash.update(readFileSync(path));
  }
  return hash.digest('hex');
}

/** Runs a command; what it writes is answered if it is `read`, and shown if not. */
function command(name, args, { env = {}, read = false } = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(name, args, { stdio: ['ignore', read ? 'pipe' : 'inherit', 'inherit'], env: { ...process.env, ...env } });
    const written = [];
    child.stdout?.on('data', (bytes) => written.push(bytes));
    child.on('error', reject);
    child.on('close', (status) => {
      if (status === 0) resolve(Buffer.concat(written).toString());
      else reject(new Error(`${name} ${args.join(' ')} ended with ${status}`));
    });
  });
}

async function timed(what, work) {
  const begun = performance.now();
  const result = await work();
  console.log(`→ ${what}: ${Math.round((performance.now() - begun) / 1000)} s`);
  return result;
}

function usage() {
  console.error(`node .ci/build.mjs ${Object.keys(BUILDS).join('|')}`);
  process.exit(2);
}
