// A site of files, as a well set up server gives them: packed with brotli as far as it goes, programs and styles kept by the browser
// for good, the document and the form asked about again.
import { createHash } from 'node:crypto';
import { createServer } from 'node:http';
import { extname } from 'node:path';
import { brotliCompressSync, constants } from 'node:zlib';

const TYPES = { '': 'text/html; charset=utf-8', '.js': 'text/javascript', '.css': 'text/css', '.json': 'application/json', '.xml': 'text/xml' };
const KEPT = new Set(['.js', '.css']);

/** Calls `work` with the address at which these are served. */
export async function withSite(files, work) {
  const packed = new Map(Object.entries(files).map(([name, content]) => [`/${name}`, pack(name, Buffer.from(content))]));
  const server = createServer((request, response) => {
    const found = packed.get(request.url);
    if (!found) return response.writeHead(404).end();
    if (request.headers['if-none-match'] === found.headers.etag) return response.writeHead(304, { etag: found.headers.etag }).end();
    response.writeHead(200, found.headers).end(found.body);
  });
  await new Promise((listening) => server.listen(0, '127.0.0.1', listening));
  try {
    await work(`http://127.0.0.1:${server.address().port}/`);
  } finally {
    server.closeAllConnections();
    await new Promise((closed) => server.close(closed));
  }
}

function pack(name, bytes) {
  const kind = extname(name);
  const params = { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length };
  const body = brotliCompressSync(bytes, { params });
  const headers = {
    'content-type': TYPES[kind],
    'content-encoding': 'br',
    'content-length': body.length,
    'cache-control': KEPT.has(kind) ? 'public, max-age=31536000, immutable' : 'no-cache',
    etag: `"${createHash('sha256').update(bytes).digest('hex').slice(0, 16)}"`,
  };
  return { body, headers };
}
