// Compresses a built site's files beside them, once and as far as it goes, so that no request pays for it. Our own scripts, which lie
// outside of pkg/, travel without their comments, which stand on lines of their own, and without indentation.
//   node .ci/precompress.mjs target/site
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, normalize } from 'node:path';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';

const PACKED = /\.(js|wasm|css|svg|webmanifest|html|json)$/;
const site = normalize(process.argv[2]).replace(/\/$/, '');
let plain = 0, packed = 0;
const entries = readdirSync(site, { recursive: true, withFileTypes: true });
const files = entries.filter((entry) => entry.isFile() && PACKED.test(entry.name));
// All at once: Node spreads them over the cores.
await Promise.all(files.map((entry) => pack(entry.parentPath ?? entry.path, entry.name)));

async function pack(folder, name) {
  const path = join(folder, name);
  if (name.endsWith('.js') && folder === site) writeFileSync(path, bare(readFileSync(path, 'utf8')));
  const bytes = readFileSync(path);
  const params = { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_LGWIN]: 22, [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length };
  const brotli = await promisify(brotliCompress)(bytes, { params });
  writeFileSync(`${path}.br`, brotli);
  writeFileSync(`${path}.gz`, await promisify(gzip)(bytes, { level: 9 }));
  plain += bytes.length;
  packed += brotli.length;
}

function bare(script) {
  const lines = script.split('\n').map((line) => line.trimStart());
  return lines.filter((line) => line !== '' && !line.startsWith('//')).join('\n') + '\n';
}

console.log(`compressed ${site}: ${plain >> 10} KB to ${packed >> 10} KB (brotli)`);
