// A stand-in for a service of tiles: it remembers whom it was asked by, and may be broken.
import { createServer, type IncomingHttpHeaders, type Server as Listener } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A square of one colour that the map itself has nowhere. */
const PICTURE = '<svg xmlns="http://www.w3.org/2000/svg" width="256" height="256"><rect width="256" height="256" fill="#c8a2ff"/></svg>';

export interface Asked {
  zoom: number;
  x: number;
  y: number;
  headers: IncomingHttpHeaders;
}

export class TileService {
  asked: Asked[] = [];
  /** It answers with something else than a picture. */
  broken = false;

  private constructor(private readonly listener: Listener) {}

  static async open(): Promise<TileService> {
    const listener = createServer((request, response) => {
      const [, zoom, x, y] = /^\/(\d+)\/(\d+)\/(\d+)\.svg$/.exec(request.url ?? '') ?? [];
      if (y === undefined) return response.writeHead(404).end();
      service.asked.push({ zoom: Number(zoom), x: Number(x), y: Number(y), headers: request.headers });
      if (service.broken) return response.writeHead(503, { 'content-type': 'text/html' }).end('<h1>busy</h1>');
      response.writeHead(200, { 'content-type': 'image/svg+xml', 'cache-control': 'no-store' }).end(PICTURE);
    });
    const service = new TileService(listener);
    await new Promise<void>((listening) => listener.listen(0, '127.0.0.1', listening));
    return service;
  }

  /** By another name than the product's server: cookies look at names, and not at ports. */
  get origin(): string {
    return `http://localhost:${(this.listener.address() as AddressInfo).port}`;
  }

  get template(): string {
    return `${this.origin}/{z}/{x}/{y}.svg`;
  }

  close(): void {
    this.listener.closeAllConnections();
    this.listener.close();
  }
}
