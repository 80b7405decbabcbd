// The demonstration from nothing: it says when it is there, and then it is.
import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startsIn } from '../bench/demo.mjs';
import { passwordOf } from './phone.mjs';
import { binary, expect, freePort, root, test } from './server';

/** In release mode, on the machine of issue 23. Printed; a slower machine is no fault of the program's. */
const SECONDS = 5;

test('the demonstration answers from the moment at which it says that it listens', async () => {
  test.setTimeout(120_000);
  const data = await mkdtemp(join(tmpdir(), 'xunan-'));
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const child = spawn(binary, ['demo', '--data', data, '--addr', `127.0.0.1:${port}`], { cwd: root, stdio: ['ignore', 'pipe', 'pipe'] });
  try {
    const { seconds, said } = await startsIn(child);
    console.log(`the demonstration listened ${seconds.toFixed(1)} s after its start (${SECONDS} s are promised)`);
    // Nobody asks twice.
    expect((await fetch(`${url}/readyz`)).status).toBe(200);
    for (const account of ['wangge1', 'anquan1', 'yingji1', 'anwei1', 'lingdao1', 'qiye1', 'xuexiao1', 'admin']) {
      await expect.poll(said, { message: 'the banner has every role with its account' }).toContain(passwordOf(account));
    }
    const signedIn = await fetch(`${url}/api/v1/session`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ username: 'wangge1', password: passwordOf('wangge1'), device_name: 'check' }),
    });
    expect(signedIn.status, 'and whoever reads it signs in').toBe(200);
  } finally {
    const ended = new Promise((resolve) => child.once('close', resolve));
    if (child.exitCode === null && child.kill('SIGTERM')) await ended;
    await rm(data, { recursive: true, force: true });
  }
});
