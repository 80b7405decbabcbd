// The release program with a demonstration of its own, stopped and started as a phone's line comes and goes.
import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { freePort } from './engine.mjs';

const root = fileURLToPath(new URL('../../', import.meta.url));
const binary = process.env.XUNAN_BINARY ?? join(root, 'target/release/xunan');

export class Server {
  logs = '';

  static async open() {
    const server = new Server();
    server.data = await mkdtemp(join(tmpdir(), 'xunan-engines-'));
    server.port = await freePort();
    await server.start();
    return server;
  }

  get url() {
    return `http://127.0.0.1:${this.port}`;
  }

  async start() {
    const child = spawn(binary, ['demo', '--data', this.data, '--addr', `127.0.0.1:${this.port}`]);
    this.child = child;
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (text) => (this.logs += text));
    for (const deadline = Date.now() + 60_000; Date.now() < deadline; await pause(50)) {
      if (child.exitCode !== null) break;
      if (await fetch(`${this.url}/readyz`).then((answer) => answer.ok, () => false)) return;
    }
    throw new Error(`the server did not start:\n${this.logs}`);
  }

  /** No line: nobody answers at its address. */
  async stop() {
    const ended = new Promise((done) => this.child.once('close', done));
    this.child.kill('SIGKILL');
    await ended;
  }

  async discard() {
    await this.stop();
    await rm(this.data, { recursive: true, force: true });
  }
}
