// The release binary, as a test holds it: a fresh data folder, a port of its own, stopped and killed at will.
//
//   test('…', async ({ server, browser }) => {
//     await server.kill();          // the power is cut
//     await server.start();         // same port, same data
//   });
import { test as base } from '@playwright/test';
import { spawn, type ChildProcess } from 'node:child_process';
import { existsSync, rmSync } from 'node:fs';
import { cp, mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

export const root = fileURLToPath(new URL('../../', import.meta.url));
export const binary = process.env.XUNAN_BINARY ?? join(root, 'target/release/xunan');

/** The folder that holds the demonstration as it begins; gone with the process. */
let invented: Promise<string> | undefined;
let folder: string | undefined;
process.once('exit', () => folder && rmSync(folder, { recursive: true, force: true }));

export interface ServerOptions {
  /** Further arguments of the command. */
  args?: string[];
  env?: Record<string, string>;
}

export class Server {
  /** Everything that it has written, over all its lives. */
  logs = '';
  private child?: ChildProcess;

  private constructor(
    readonly data: string,
    readonly port: number,
    private readonly options: ServerOptions,
    private readonly command: readonly string[] = ['demo'],
  ) {}

  /** A server on an empty folder: an office's own, with nobody in it yet. Its log shows the code that makes the first account. */
  static async empty(options: ServerOptions = {}): Promise<Server> {
    if (!existsSync(binary)) throw new Error(`${binary} is missing: run \`make build\` first`);
    const server = new Server(await mkdtemp(join(tmpdir(), 'xunan-')), await freePort(), options, ['serve', '--new']);
    await server.start();
    return server;
  }

  /** A server with a demonstration of its own, ready to answer. It takes a while to invent and is copied for each test. */
  static async open(options: ServerOptions = {}): Promise<Server> {
    if (!existsSync(binary)) throw new Error(`${binary} is missing: run \`make build\` first`);
    invented ??= Server.invent();
    const server = new Server(await mkdtemp(join(tmpdir(), 'xunan-')), await freePort(), options);
    await cp(await invented, server.data, { recursive: true });
    await server.start();
    return server;
  }

  private static async invent(): Promise<string> {
    const server = new Server(await mkdtemp(join(tmpdir(), 'xunan-')), await freePort(), {});
    await server.start();
    await server.stop();
    folder = server.data;
    return folder;
  }

  get url(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  get pid(): number | undefined {
    return this.child?.pid;
  }

  /** Starts it, again on the same folder and port if it ran before, and waits until it is ready. */
  async start(): Promise<void> {
    if (this.child) throw new Error('the server runs already');
    const child = spawn(
      binary,
      [...this.command, '--data', this.data, '--addr', `127.0.0.1:${this.port}`, ...(this.options.args ?? [])],
      {
        cwd: root,
        env: { ...process.env, ...this.options.env },
        stdio: ['ignore', 'pipe', 'pipe'],
      },
    );
    this.child = child;
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding('utf8').on('data', (text: string) => (this.logs += text));
    }
    child.once('error', (error) => (this.logs += `${error}\n`));
    child.once('close', () => {
      if (this.child === child) this.child = undefined;
    });
    await this.ready();
  }

  /** Asks it to end (SIGTERM) and waits until it has. */
  stop(): Promise<void> {
    return this.end('SIGTERM');
  }

  /** Ends it without a word (SIGKILL), as a power cut does. */
  kill(): Promise<void> {
    return this.end('SIGKILL');
  }

  /** Ends it and forgets its data. */
  async discard(): Promise<void> {
    await this.kill();
    await rm(this.data, { recursive: true, force: true });
  }

  private async ready(): Promise<void> {
    for (const deadline = Date.now() + 90_000; Date.now() < deadline; await pause(25)) {
      if (!this.child) throw new Error(`the server ended at once:\n${this.logs}`);
      const response = await fetch(`${this.url}/readyz`).catch(() => undefined);
      if (response?.ok) return;
    }
    await this.kill();
    throw new Error(`the server was not ready within 90 s:\n${this.logs}`);
  }

  private async end(signal: 'SIGTERM' | 'SIGKILL'): Promise<void> {
    const child = this.child;
    if (!child) return;
    const ended = new Promise<true>((resolve) => child.once('close', () => resolve(true)));
    child.kill(signal);
    if (await Promise.race([ended, pause(30_000, false, { ref: false })])) return;
    child.kill('SIGKILL');
    await ended;
    throw new Error(`the server did not end within 30 s of ${signal}:\n${this.logs}`);
  }
}

export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer().once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() => (address && typeof address === 'object' ? resolve(address.port) : reject(new Error('no port'))));
    });
  });
}

/**
 * A test with a server of its own, whose log is attached when the test fails. What it takes to begin is not the test's time: the first
 * one of a worker waits until the demonstration has been invented.
 */
export const test = base.extend<{ server: Server }>({
  server: [
    async ({}, use, info) => {
      const server = await Server.open();
      await use(server);
      if (info.status !== info.expectedStatus) await info.attach('server.log', { body: server.logs, contentType: 'text/plain' });
      await server.discard();
    },
    { timeout: 180_000 },
  ],
});

export { expect } from '@playwright/test';
