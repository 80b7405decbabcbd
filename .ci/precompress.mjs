// Compresses a built site's files beside them, once and as far as it goes, so that no request pays for it. Our own scripts, which lie
// outside of pkg/, travel without their comments, which stand on lines of their own, and without indentation.
//   node .ci/precompress.mjs target/site
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, normalize } from 'node:path';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';

const PACKED = /\.(js|wasm|css|svg|webmanifest|html|json)$/;
const site = normalize(process.argv[2]).replace(/\/$/, '');
let plain = 0, packed = 0;
for (const entry of readdirSync(site, { recursive: true, withFileTypes: true })) {
  if (!entry.isFile() || !PACKED.test(entry.name)) continue;
  const path = join(entry.parentPath ?? entry.path, entry.name);
  const own = entry.name.endsWith('.js') && (entry.parentPath ?? entry.path) === site;
  if (own) writeFileSync(path, bare(readFileSync(path, 'utf8')));
  const bytes = readFileSync(path);
  const brotli = brotliCompressSync(bytes, {
    params: { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_LGWIN]: 22, [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length },
  });
  writeFileSync(`${path}.br`, brotli);
  writeFileSync(`${path}.gz`, gzipSync(bytes, { level: 9 }));
  plain += bytes.length;
  packed += brotli.length;
}

function bare(script) {
  const lines = script.split('\n').map((line) => line.trimStart());
  return lines.filter((line) => line !== '' && !line.startsWith('//')).join('\n') + '\n';
}

console.log(`compressed ${site}: ${plain >> 10} KB to ${packed >> 10} KB (brotli)`);
