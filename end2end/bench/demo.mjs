// The demonstration of the release build, on a data folder of its own, for as long as a bench runs. `XUNAN_PROGRAM` and
// `XUNAN_SITE` name another build, such as one of before a change: its program, and the folder of the pages that it serves.
import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../../', import.meta.url));
const { XUNAN_PROGRAM: program = join(root, 'target/release/xunan'), XUNAN_SITE: site = join(root, 'target/site') } = process.env;

/** Calls `work` with its address. */
export async function withDemo(work) {
  const data = await mkdtemp(join(tmpdir(), 'xunan-bench-'));
  const port = 3900 + (process.pid % 90);
  const url = `http://127.0.0.1:${port}`;
  const server = spawn(program, ['demo', '--data', data, '--addr', `127.0.0.1:${port}`], {
    cwd: root,
    env: { ...process.env, XUNAN_SITE: site },
    stdio: 'ignore',
  });
  try {
    while (!(await fetch(`${url}/readyz`).then((r) => r.ok, () => false))) {
      if (server.exitCode !== null) throw new Error(`${program} ended with ${server.exitCode} and served nothing`);
      await new Promise((r) => setTimeout(r, 50));
    }
    await work(url);
  } finally {
    server.kill('SIGTERM');
    await rm(data, { recursive: true, force: true });
  }
}
