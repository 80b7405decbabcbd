// A person's first minute on a cheap phone and a poor line: slow 4G (1.6 Mbit/s, 150 ms), processor slowed four times. A
// browser that has never been here, from the address to the first list (`first-minute.mjs`).
//
// The service worker is left out, because the emulated line does not hold for it; what it fetches comes after the start.
import { chromium } from '@playwright/test';
import { chromiumOptions } from '../chromium.mjs';
import { phone } from '../tests/phone.mjs';
import { withDemo } from './demo.mjs';
import { SLOWDOWN, onPoorLine, report } from './figures.mjs';
import { firstMinute, watchPainted } from './first-minute.mjs';

const RUNS = 5;

await withDemo(async (url) => {
  const browser = await chromium.launch(chromiumOptions);
  const runs = [];
  for (let n = 0; n < RUNS; n += 1) runs.push(await cold(browser, url));
  await browser.close();
  const conditions = `slow 4G, ${SLOWDOWN}x slower processor`;
  const all = (of) => runs.map(of);
  report('cold to a sign-in that can be typed into', all(({ form }) => form), conditions);
  report('cold to the program behind it', all(({ program }) => program), conditions);
  report('from signing in to the PIN', all(({ pin }) => pin), conditions);
  report('from the PIN to the first list', all(({ list }) => list), conditions);
  report('from signing in to the first list, typing aside', all(({ pin, list }) => pin + list), conditions);
});

async function cold(browser, url) {
  const context = await browser.newContext({ ...phone, serviceWorkers: 'block' });
  await context.addInitScript(watchPainted);
  const page = await context.newPage();
  await onPoorLine(context, page);
  const run = await firstMinute(page, url);
  await context.close();
  return run;
}
