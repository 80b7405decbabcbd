// The desk on a poor line and a slow machine: slow 4G (1.6 Mbit/s, 150 ms), processor slowed four times, nothing of it there
// before. From the address of a page to its rows, which are links already, and to the program behind them, which answers keys.
//
// `XUNAN_URL` measures a demonstration that runs already.
import { chromium } from '@playwright/test';
import { chromiumOptions } from '../chromium.mjs';
import { desk, signInAtDesk } from '../tests/phone.mjs';
import { withDemo } from './demo.mjs';
import { SLOWDOWN, onPoorLine, report } from './figures.mjs';

const RUNS = 5;
const PAGES = { overview: '/office', ledger: '/office/hazards', 'a site being changed': '/office/sites/new' };

const url = process.env.XUNAN_URL;
await (url ? measure(url) : withDemo(measure));

async function measure(url) {
  const browser = await chromium.launch(chromiumOptions);
  const signedIn = await browser.newContext(desk);
  await signInAtDesk(await signedIn.newPage(), url, 'admin');
  const storageState = await signedIn.storageState();
  const conditions = `slow 4G, ${SLOWDOWN}x slower processor`;
  for (const [name, path] of Object.entries(PAGES)) {
    const runs = [];
    for (let n = 0; n < RUNS; n += 1) runs.push(await cold(browser, storageState, url + path));
    const program = runs.map(({ bytes }) => bytes).sort((a, b) => a - b)[0];
    console.log(`desk, ${name}: ${(program / 1024).toFixed(1)} KB of program`);
    report(`desk, ${name}: cold to a page that can be read and clicked`, runs.map(({ read }) => read), conditions);
    report(`desk, ${name}: cold to the program behind it`, runs.map(({ alive }) => alive), conditions);
  }
  await browser.close();
}

/** Milliseconds until the page can be read, and until its program answers a key; bytes of program until then. */
async function cold(browser, storageState, address) {
  const context = await browser.newContext({ ...desk, storageState, serviceWorkers: 'block' });
  await context.addInitScript(watch);
  const page = await context.newPage();
  const devtools = await onPoorLine(context, page);
  const programs = new Map();
  let bytes = 0;
  devtools.on('Network.responseReceived', ({ requestId, response }) => programs.set(requestId, /\/pkg\/.*\.(js|wasm)$/.test(response.url)));
  devtools.on('Network.loadingFinished', ({ requestId, encodedDataLength }) => {
    if (programs.get(requestId)) bytes += encodedDataLength;
  });
  await page.goto(address, { waitUntil: 'commit' });
  const alive = await page.evaluate(() => window.alive);
  const needed = bytes;
  const read = await page.evaluate(() => performance.getEntriesByName('first-contentful-paint')[0].startTime);
  await context.close();
  return { read, alive, bytes: needed };
}

/** In the page: when its program answers the key that goes to the search, since the page's own beginning. */
function watch() {
  window.alive = new Promise((done) => {
    const ask = setInterval(() => {
      dispatchEvent(new KeyboardEvent('keydown', { key: '/' }));
      if (!document.activeElement?.matches('[role=search] input')) return;
      clearInterval(ask);
      requestAnimationFrame(() => requestAnimationFrame(() => done(performance.now())));
    }, 20);
  });
}
