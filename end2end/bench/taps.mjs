// How a thumb finds the largest checklist, with the processor slowed four times: how long it takes to open, how long after a tap
// its effect is on the screen (real touches; durations as the browser tells them of interactions, INP), and what the page's
// programs keep in memory. `make bench` runs it on the release build.
import { chromium } from '@playwright/test';
import { chromiumOptions } from '../chromium.mjs';
import { beginVisit, items, phone, signInOnPhone, waitUntilOfflineReady } from '../tests/phone.mjs';
import { withDemo } from './demo.mjs';
import { SLOWDOWN, slowed } from './figures.mjs';

const RUNS = 7;
/** A thumb rests on the glass for so long. */
const PRESS_MS = 70;
/** Shorter ones the browser does not tell of. */
const SHORTEST_MS = 16;

await withDemo(async (url) => {
  const browser = await chromium.launch(chromiumOptions);
  const context = await browser.newContext(phone);
  await context.addInitScript(watch, SHORTEST_MS);
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

  await devtools.send('HeapProfiler.collectGarbage');
  const { usedSize } = await devtools.send('Runtime.getHeapUsage');
  const wasm = await page.evaluate(() => [...window.bench.memories].reduce((sum, memory) => sum + memory.buffer.byteLength, 0));
  console.log(`heap with the checklist open: ${mb(usedSize + wasm)} (JavaScript ${mb(usedSize)}, WASM ${mb(wasm)})`);
  await browser.close();
});

/** In the page, before anything else: the programs' memories, and the longest event of each interaction. */
function watch(shortest) {
  const bench = (window.bench = { memories: new Set(), durations: new Map() });
  for (const name of ['instantiate', 'instantiateStreaming']) {
    const original = WebAssembly[name];
    WebAssembly[name] = async (...given) => {
      const made = await original.apply(WebAssembly, given);
      for (const it of Object.values((made.instance ?? made).exports)) if (it instanceof WebAssembly.Memory) bench.memories.add(it);
      return made;
    };
  }
  new PerformanceObserver((list) => {
    for (const { interactionId, duration } of list.getEntries()) {
      if (interactionId) bench.durations.set(interactionId, Math.max(duration, bench.durations.get(interactionId) ?? 0));
    }
  }).observe({ type: 'event', durationThreshold: shortest });
}

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

/** Touches a thing in the middle, if it is still there: how long until the effect was painted, and whether items came or went. */
function touches(page, devtools) {
  const count = () => page.evaluate(() => document.querySelectorAll('[role=group][id^=item-]').length);
  return async (thing) => {
    if (!(await thing.evaluate((element) => (element.scrollIntoView({ block: 'center' }), element.isConnected)))) return [];
    await settled(page);
    const { x, y, width, height } = await thing.boundingBox();
    const before = await count();
    await page.evaluate(() => window.bench.durations.clear());
    await devtools.send('Input.dispatchTouchEvent', { type: 'touchStart', touchPoints: [{ x: x + width / 2, y: y + height / 2 }] });
    await new Promise((done) => setTimeout(done, PRESS_MS));
    await devtools.send('Input.dispatchTouchEvent', { type: 'touchEnd', touchPoints: [] });
    await settled(page);
    const ms = await page.evaluate((least) => Math.max(least, ...window.bench.durations.values()), SHORTEST_MS);
    return [{ ms, changed: (await count()) !== before }];
  };
}

/** Until what was begun is saved, painted, told to observers, and nothing more has come. */
function settled(page) {
  return page.evaluate(async () => {
    const idle = () => new Promise((done) => requestAnimationFrame(() => requestIdleCallback(done)));
    let before;
    do {
      before = document.querySelectorAll('*').length;
      for (let n = 0; n < 4; n += 1) await idle();
    } while (document.querySelector('[data-saved=false]') || document.querySelectorAll('*').length !== before);
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
