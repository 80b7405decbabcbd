// How a thumb finds the largest checklist, with the processor slowed four times: how long it takes to open, how long after a tap
// its effect is on the screen (real touches; durations as the browser tells them of interactions, INP), and what the page's
// programs keep in memory. `make bench` runs it on the release build.
import { chromium } from '@playwright/test';
import { chromiumOptions } from '../chromium.mjs';
import { beginVisit, items, phone, signInOnPhone, waitUntilOfflineReady } from '../tests/phone.mjs';
import { withDemo } from './demo.mjs';
import { SLOWDOWN, slowed } from './figures.mjs';
import { SHORTEST_MS, heap, settled, touches, watchTouches } from './touches.mjs';

const RUNS = 7;

await withDemo(async (url) => {
  const browser = await chromium.launch(chromiumOptions);
  const context = await browser.newContext(phone);
  await context.addInitScript(watchTouches, SHORTEST_MS);
  const page = await context.newPage();
  await signInOnPhone(page, url);
  await waitUntilOfflineReady(page);
  const devtools = await slowed(context, page);
  await context.setOffline(true);
  await beginVisit(page, url, '电镀厂', '危险化学品安全');
  const draft = new URL(page.url()).pathname;

  const opened = [];
  for (let n = 0; n <= RUNS; n += 1) {
    await page.goto(`${url}/field/`);
    await page.locator(`a[href="${draft}"]`).first().waitFor();
    await settled(page);
    opened.push(await page.evaluate(open, draft));
  }
  // The first run is not counted: caches are cold.
  const of = (figure) => opened.slice(1).map((run) => ({ ms: run[figure] }));
  report('largest checklist, from a tap on Today to its first items', of('first'));
  report('largest checklist, from a tap on Today until all its items stand', of('all'));
  console.log(`items asked: ${await items(page).count()}`);

  const tap = touches(page, devtools);
  const named = (name) => items(page).getByRole('button', { name, exact: true });
  const answers = [];
  for (const name of ['合格', '不适用', '合格']) {
    for (const button of await named(name).elementHandles()) answers.push(...(await tap(button)));
  }
  report('a tap on an answer', answers);

  const failed = [];
  const passes = await named('合格').elementHandles();
  for (const [n, button] of (await named('不合格').elementHandles()).slice(0, 12).entries()) {
    failed.push(...(await tap(button)));
    await page.keyboard.press('Escape');
    await tap(passes[n]);
  }
  report('a tap that opens the sheet of a hazard', failed);

  const chosen = [];
  for (let round = 0; round < 2; round += 1) {
    const options = items(page).locator('label:has(input[type=radio], input[type=checkbox])');
    for (const option of await options.elementHandles()) chosen.push(...(await tap(option)));
  }
  report('a choice that hides or shows items', chosen.filter(({ changed }) => changed));
  report('a choice that does not', chosen.filter(({ changed }) => !changed));

  const { script, wasm } = await heap(page, devtools);
  console.log(`heap with the checklist open: ${mb(script + wasm)} (JavaScript ${mb(script)}, WASM ${mb(wasm)})`);
  await browser.close();
});

/** In the page: milliseconds until the first item has been painted, and until no more have come for a while. */
function open(draft) {
  const count = () => document.querySelectorAll('[role=group][id^=item-]').length;
  const start = performance.now();
  document.querySelector(`a[href="${draft}"]`).click();
  return new Promise((done) => {
    let first, all, there;
    const look = () => {
      const now = performance.now();
      if (count() > 0) first ??= now - start;
      if (count() !== there) [there, all] = [count(), now - start];
      else if (there > 0 && now - start - all > 500) return done({ first, all });
      // After the frame, so that what was found has been painted.
      requestAnimationFrame(() => setTimeout(look));
    };
    look();
  });
}

function report(what, runs) {
  const sorted = runs.map(({ ms }) => ms).sort((a, b) => a - b);
  const at = (share) => Math.round(sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))]);
  if (sorted.length === 0) return console.log(`${what}: none`);
  console.log(`${what}: median ${at(0.5)} ms, 98th percentile ${at(0.98)} ms, ${sorted.length} runs, ${SLOWDOWN}x slower processor`);
}

function mb(bytes) {
  return `${(bytes / 1024 / 1024).toFixed(1)} MB`;
}
