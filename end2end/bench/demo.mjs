// The demonstration of the release build, on a data folder of its own, for as long as a bench runs; how many seconds it took to be
// there is printed, and by `node end2end/bench/demo.mjs` nothing else. `XUNAN_PROGRAM` and `XUNAN_SITE` name another build, such as
// one of before a change: its program, and the folder of the pages that it serves.
import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../../', import.meta.url));
const { XUNAN_PROGRAM: program = join(root, 'target/release/xunan'), XUNAN_SITE: site = join(root, 'target/site') } = process.env;

/** What it says in its log when it takes connections. */
const LISTENS = /\blistening\b/;

/** Waits until the program says that it listens: seconds from now, and a way to all that it has said. */
export function startsIn(child) {
  const began = performance.now();
  let said = '';
  return new Promise((resolve, reject) => {
    const hear = (text) => {
      said += text;
      if (LISTENS.test(said)) resolve({ seconds: (performance.now() - began) / 1000, said: () => said });
    };
    for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', hear);
    child.once('error', reject);
    child.once('close', (code) => reject(new Error(`it ended with ${code} and served nothing:\n${said}`)));
  });
}

/** Calls `work` with its address. */
export async function withDemo(work) {
  const data = await mkdtemp(join(tmpdir(), 'xunan-bench-'));
  const port = 3900 + (process.pid % 90);
  const url = `http://127.0.0.1:${port}`;
  const server = spawn(program, ['demo', '--data', data, '--addr', `127.0.0.1:${port}`], {
    cwd: root,
    env: { ...process.env, XUNAN_SITE: site },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  try {
    const { seconds } = await startsIn(server);
    console.log(`the demonstration was there ${seconds.toFixed(1)} s after its start`);
    await work(url);
  } finally {
    server.kill('SIGTERM');
    await rm(data, { recursive: true, force: true });
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await withDemo(() => undefined);
