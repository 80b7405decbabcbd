// The first visit to the phone’s part, in bytes as they travel with brotli: whatever is fetched until a person can sign in,
// and what an installation adds; then what else a form’s first answer waits for; then each of the other parts of the program,
// which come when they are wanted or while the worker installs. Bytes are exact, so this is a test.
import { get } from 'node:http';
import { desk, phone, signInAtDesk } from './phone.mjs';
import { expect, test } from './server';

const KB = 1024;
const MOST = 253 * KB;
const MOST_UNTIL_ANSWERED = 606 * KB;

/** Of each part the most; `shared_sites` is what `split_sites` shares with other late parts, and so on, `shared` what only the rest share. */
const PARTS: Record<string, number> = {
  split_screens: 352 * KB,
  split_unlocking: 17 * KB,
  split_beside: 48 * KB,
  split_seldom: 23 * KB,
  split_sites: 19 * KB,
  split_scanner: 90 * KB,
  split_closing: 42 * KB,
  split_camera: 88 * KB,
  split_hazards: 116 * KB,
  split_orders: 36 * KB,
  split_patrol: 86 * KB,
  split_map: 70 * KB,
  split_keeping: 75 * KB,
  split_errands: 48 * KB,
  shared_sites: 17 * KB,
  shared_unlocking_seldom: 11 * KB,
  shared_beside: 91 * KB,
  shared: 102 * KB,
};
/** What a form’s first answer waits for, beside the first visit. */
const UNTIL_ANSWERED = ['split_screens'];
const BESIDE = ['/sw.js', '/manifest.webmanifest', '/favicon.svg', '/icons/icon-192.png', '/icons/icon-512.png', '/icons/apple-touch-180.png'];

const part = (path: string) => path.replace(/^\/pkg\//, '').replace(/\..*/, '');
const isLater = (path: string) => part(path) in PARTS;

test('the first visit, and each part of the program, keep within their bytes', async ({ browser, server }) => {
  const context = await browser.newContext({ ...phone, serviceWorkers: 'block' });
  const page = await context.newPage();
  const devtools = await context.newCDPSession(page);
  await devtools.send('Network.enable');
  const paths = new Map<string, string>();
  const sizes = new Map<string, number>();
  devtools.on('Network.responseReceived', ({ requestId, response }) => paths.set(requestId, new URL(response.url).pathname));
  devtools.on('Network.loadingFinished', ({ requestId, encodedDataLength }) => {
    const path = paths.get(requestId);
    // The page asks for a part by itself, and once more below: as it travels, it is the same.
    if (path && !sizes.has(path)) sizes.set(path, encodedDataLength);
  });
  await page.goto(`${server.url}/field/`);
  await page.getByRole('button', { name: '登录', exact: true }).waitFor();
  const [loader] = await page.locator('link[rel=modulepreload][href*=__wasm_split]').evaluateAll((links) => links.map((link) => link.getAttribute('href')!));
  const text = await page.evaluate(async (loader) => (await fetch(loader)).text(), loader!);
  const later = [...text.matchAll(/"\.\/([^"]+\.wasm)"/g)].map(([, name]) => `/pkg/${name}`);
  for (const path of [...BESIDE, ...later]) {
    const bytes = await page.evaluate(async (path) => {
      const response = await fetch(path, { cache: 'no-store' });
      return response.ok ? (await response.arrayBuffer()).byteLength : -1;
    }, path);
    expect(bytes, path).toBeGreaterThan(0);
    await expect.poll(() => sizes.has(path), path).toBe(true);
  }
  for (const [path, size] of [...sizes].sort((a, b) => b[1] - a[1])) console.log(`  ${kilobytes(size).padStart(10)}  ${path}`);
  const sum = (which: (path: string) => boolean) => [...sizes].reduce((sum, [path, size]) => sum + (which(path) ? size : 0), 0);
  const first = sum((path) => !isLater(path));
  const answered = first + sum((path) => UNTIL_ANSWERED.includes(part(path)));
  console.log(`first visit: ${kilobytes(first)} of ${kilobytes(MOST)}`);
  console.log(`until the first question of a form can be answered: ${kilobytes(answered)} of ${kilobytes(MOST_UNTIL_ANSWERED)}`);
  expect([...sizes.keys()].some((path) => part(path) === 'field' && path.endsWith('.wasm'))).toBe(true);
  expect(first).toBeLessThanOrEqual(MOST);
  expect(answered).toBeLessThanOrEqual(MOST_UNTIL_ANSWERED);
  expect(later.map(part).sort()).toEqual(Object.keys(PARTS).sort());
  for (const path of later) expect(sizes.get(path), path).toBeLessThanOrEqual(PARTS[part(path)]!);
  await context.close();
});

/** The desk's program, in kilobytes, by the page that is opened first: the first file and what belongs to that page. */
const DESK = { '/office': 300, '/office/hazards': 499 };

for (const [path, most] of Object.entries(DESK)) {
  test(`the program of ${path} takes ${most} KB at the most`, async ({ browser, server }) => {
    const signedIn = await browser.newContext(desk);
    await signInAtDesk(await signedIn.newPage(), server.url, 'admin');
    const context = await browser.newContext({ ...desk, storageState: await signedIn.storageState(), serviceWorkers: 'block' });
    const page = await context.newPage();
    const html = (await (await page.goto(server.url + path))?.text()) ?? '';
    const first = [...html.matchAll(/<link[^>]*rel="(?:modulepreload|preload)"[^>]*>/g)].map(([link]) => /href="([^"]+)"/.exec(link)?.[1] ?? '');
    expect(first.filter((url) => url.endsWith('.wasm')).length).toBeGreaterThan(0);
    let total = 0;
    for (const url of first) {
      const size = await travelling(server.url + url);
      console.log(`  ${kilobytes(size).padStart(10)}  ${url}`);
      total += size;
    }
    console.log(`${path}: ${kilobytes(total)} of ${most} KB`);
    expect(total).toBeLessThanOrEqual(most * KB);
    await expect(async () => {
      await page.keyboard.press('/');
      await expect(page.getByRole('search').getByRole('searchbox')).toBeFocused({ timeout: 250 });
    }, 'the program lives').toPass({ timeout: 40_000 });
    await context.close();
    await signedIn.close();
  });
}

/** The body's bytes before anything unpacks them. */
function travelling(address: string): Promise<number> {
  return new Promise((resolve, reject) => {
    get(address, { headers: { 'accept-encoding': 'br' } }, (response) => {
      let bytes = 0;
      response.on('data', (part: Buffer) => (bytes += part.length)).on('end', () => resolve(bytes)).on('error', reject);
    }).on('error', reject);
  });
}

const kilobytes = (bytes: number) => `${(bytes / KB).toFixed(1)} KB`;
