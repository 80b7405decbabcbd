// How long the phone takes, with its processor slowed four times: from the icon to a usable Today screen without signal,
// to the longest form. Prints medians of several runs; `make bench` runs it on the release build.
import { chromium } from '@playwright/test';
import { get } from 'node:http';
import { chromiumOptions } from '../chromium.mjs';
import { LONGEST_FORM, beginVisit, signInOnPhone, waitUntilOfflineReady } from '../tests/phone.mjs';
import { withDemo } from './demo.mjs';
import { SLOWDOWN, report, slowed } from './figures.mjs';

const RUNS = 7;
const CONDITIONS = `${SLOWDOWN}x slower processor`;

await withDemo(async (url) => {
  await firstVisit(url);
  const browser = await chromium.launch(chromiumOptions);
  const context = await browser.newContext({ viewport: { width: 390, height: 844 }, locale: 'zh-CN', hasTouch: true });
  const page = await context.newPage();
  await signInOnPhone(page, url);
  await waitUntilOfflineReady(page);
  await slowed(context, page);
  await context.setOffline(true);

  report('icon to Today, offline, warm', await times(() => opens(page, `${url}/field/`, page.getByRole('main').getByRole('link'))), CONDITIONS);

  const draft = await longestDraft(page, url);
  report('longest form, offline, warm', await times(() => opens(page, draft, page.getByRole('main').getByRole('group'))), CONDITIONS);
  await browser.close();
});

/** Milliseconds until `what` is there and a frame with it has been painted. */
async function opens(page, address, what) {
  await page.goto('about:blank');
  const start = performance.now();
  await page.goto(address, { waitUntil: 'commit' });
  await what.first().waitFor();
  await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
  return performance.now() - start;
}

/** Begins a visit with the form of most questions. */
async function longestDraft(page, base) {
  await beginVisit(page, base, '充电棚', LONGEST_FORM);
  return page.url();
}

/** Bytes of the first visit as they travel with brotli. */
async function firstVisit(url) {
  const html = await (await fetch(`${url}/field/`)).text();
  // The part that comes while the person types is named in the document, and no first screen waits for it.
  const built = [...html.matchAll(/"(\/pkg\/[^"]+)"/g)].map((match) => match[1]).filter((path) => !path.includes('/split_'));
  const beside = ['/field/', '/field-boot.js', '/sw.js', '/manifest.webmanifest', '/favicon.svg', '/icons/icon-192.png', '/icons/icon-512.png', '/icons/apple-touch-180.png'];
  let total = 0;
  for (const path of new Set([...built, ...beside])) total += await travelling(url + path);
  console.log(`first visit: ${(total / 1024).toFixed(1)} KB (tests/budget.spec.ts holds it)`);
}

/** The body's bytes before anything unpacks them. */
function travelling(address) {
  return new Promise((resolve, reject) => {
    get(address, { headers: { 'accept-encoding': 'br' } }, (response) => {
      let bytes = 0;
      response.on('data', (part) => (bytes += part.length)).on('end', () => resolve(bytes)).on('error', reject);
    }).on('error', reject);
  });
}

async function times(run) {
  await run();
  const all = [];
  for (let n = 0; n < RUNS; n += 1) all.push(await run());
  return all;
}
