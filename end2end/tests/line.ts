// The line between phone and server, as bad as a test wants it: a small HTTP proxy that loses, cuts, slows and lies.
import { createServer, request as ask, type IncomingMessage, type Server as Listener, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';

export type Fault =
  /** The request never arrives. */
  | 'request lost'
  /** It is carried out, and nobody hears of it. */
  | 'reply lost'
  /** Half of the reply comes back. */
  | 'reply cut'
  /** Half of the request arrives. */
  | 'request cut'
  /** Somebody else answers, in one of the ways in which they do. */
  | 'portal';

const PORTALS: [number, Record<string, string>][] = [
  [200, {}],
  [302, { location: 'http://portal.invalid/login' }],
  [401, {}],
  [403, {}],
  [404, {}],
  [409, {}],
  [413, {}],
  [422, {}],
  [511, {}],
];

export class Line {
  /** Faults by kind, as they happened. */
  readonly faults = new Map<Fault, number>();
  /** What goes wrong with a request; nothing by default. */
  wrong: (request: IncomingMessage) => Fault | undefined = () => undefined;
  /** A request is lost whose body says this. */
  loses?: RegExp;
  /** Bytes a second, up. */
  speed = Infinity;
  /** Requests to this path are answered so. */
  readonly rewritten = new Map<string, (body: string) => string>();
  /** Bytes that went up in bodies. */
  sent = 0;
  readonly requests: string[] = [];
  private portals = 0;
  private listener!: Listener;

  private constructor(private readonly target: () => string) {}

  static async open(target: () => string): Promise<Line> {
    const line = new Line(target);
    line.listener = createServer((request, response) => void line.carry(request, response).catch(() => request.socket?.destroy()));
    await new Promise<void>((listening) => line.listener.listen(0, '127.0.0.1', listening));
    return line;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.listener.address() as AddressInfo).port}`;
  }

  close(): void {
    this.listener.closeAllConnections();
    this.listener.close();
  }

  private count(fault: Fault): void {
    this.faults.set(fault, (this.faults.get(fault) ?? 0) + 1);
  }

  private async carry(request: IncomingMessage, response: ServerResponse): Promise<void> {
    this.requests.push(`${request.method} ${request.url}`);
    const fault = this.wrong(request);
    if (fault) this.count(fault);
    // Taken here: a request that was cut has none any more.
    const socket = request.socket;
    if (fault === 'request lost') return void socket.destroy();
    if (fault === 'portal') {
      const [status, headers] = PORTALS[this.portals++ % PORTALS.length]!;
      request.resume();
      return void response.writeHead(status, { 'content-type': 'text/html', ...headers }).end('<title>Welcome</title>Accept our terms');
    }
    const length = Number(request.headers['content-length'] ?? 0);
    const rewrite = this.rewritten.get(request.url ?? '');
    const plain = rewrite ? { 'accept-encoding': 'identity' } : {};
    const upstream = ask(this.target() + request.url, { method: request.method, headers: { ...request.headers, ...plain, connection: 'close' } });
    upstream.on('error', () => socket.destroy());
    const answered = new Promise<IncomingMessage>((resolve) => upstream.once('response', resolve));
    request.once('close', () => !request.complete && upstream.destroy());
    let passed = 0;
    for await (const piece of request as AsyncIterable<Buffer>) {
      for (let at = 0; at < piece.length; at += 16_384) {
        const part = piece.subarray(at, at + 16_384);
        passed += part.length;
        this.sent += part.length;
        if (this.loses?.test(part.toString('latin1'))) {
          this.count('request lost');
          upstream.destroy();
          return void socket.destroy();
        }
        upstream.write(part);
        if (fault === 'request cut' && passed >= length / 2) {
          upstream.destroy();
          return void socket.destroy();
        }
        if (Number.isFinite(this.speed)) await pause((part.length / this.speed) * 1000);
      }
    }
    upstream.end();
    const reply = await answered;
    const chunks: Buffer[] = [];
    for await (const chunk of reply as AsyncIterable<Buffer>) chunks.push(chunk);
    let body = Buffer.concat(chunks);
    if (fault === 'reply lost') return void socket.destroy();
    const headers = { ...reply.headers };
    if (rewrite) body = Buffer.from(rewrite(body.toString('utf8')));
    delete headers['transfer-encoding'];
    headers['content-length'] = String(body.length);
    response.writeHead(reply.statusCode ?? 502, headers);
    if (fault === 'reply cut') {
      response.write(body.subarray(0, body.length / 2));
      return void socket.destroySoon();
    }
    response.end(request.method === 'HEAD' ? undefined : body);
  }
}
