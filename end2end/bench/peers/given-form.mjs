// Our own server with another form in the place of its own: between it and the phone, whatever is pulled has the same
// questions that the peers ask.
import { request as ask, createServer } from 'node:http';
import { promisify } from 'node:util';
import { brotliCompress, constants } from 'node:zlib';

const packed = (text) => promisify(brotliCompress)(text, { params: { [constants.BROTLI_PARAM_QUALITY]: 5 } });

/** Calls `work` with the address of what stands before `url`. */
export async function withForm(url, entries, work) {
  const { hostname, port } = new URL(url);
  const server = createServer((request, response) => {
    const pulls = request.url === '/api/v1/sync';
    const headers = { ...request.headers, ...(pulls && { 'accept-encoding': 'identity' }) };
    const there = ask({ hostname, port, path: request.url, method: request.method, headers }, async (reply) => {
      if (!pulls || reply.statusCode !== 200) return reply.pipe(response.writeHead(reply.statusCode, reply.headers));
      const read = JSON.parse(Buffer.concat(await reply.toArray()).toString());
      for (const { kind, body } of read.changes ?? []) if (kind === 'form' && body) body.entries = entries;
      const body = await packed(JSON.stringify(read));
      response.writeHead(200, { ...reply.headers, 'content-encoding': 'br', 'content-length': body.length }).end(body);
    });
    there.on('error', () => response.destroy());
    request.pipe(there);
  });
  await new Promise((listening) => server.listen(0, '127.0.0.1', listening));
  try {
    await work(`http://127.0.0.1:${server.address().port}`);
  } finally {
    server.closeAllConnections();
    await new Promise((closed) => server.close(closed));
  }
}
