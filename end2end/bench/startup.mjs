// What the processor does in a start, slowed four times: from the icon to Today without signal, and from the address to a sign-in on slow
// 4G (1.6 Mbit/s, 150 ms). Milliseconds of the page's main thread by kind, medians of several runs; they add up to the start.
//
// Read from Chromium's own trace: its tasks by what they are. The time of scripts is divided between the program and the JavaScript
// around it as samples of the profiler are, in runs of their own, because with the profiler every function that is compiled
// takes longer. The program's own functions have names only in a build that keeps them; in a release their time is one row, and
// `wasm.mjs` says what they are by size. Where the thread rests, the page is asked what it waits for. The trace costs time too: the
// start without it stands beside the table.
//
// `XUNAN_PROGRAM` and `XUNAN_SITE` measure another build (`demo.mjs`), for a table of before.
import { chromium } from '@playwright/test';
import { chromiumOptions } from '../chromium.mjs';
import { phone, signInOnPhone, waitUntilOfflineReady } from '../tests/phone.mjs';
import { withDemo } from './demo.mjs';
import { SLOWDOWN, onPoorLine, slowed } from './figures.mjs';
import { watchPainted } from './first-minute.mjs';
import { byKind, divide, samples } from './trace.mjs';

const RUNS = 5;
const PROFILED_RUNS = 3;
const CATEGORIES = ['blink.user_timing', 'devtools.timeline', 'disabled-by-default-devtools.timeline', 'loading', 'toplevel', 'v8.wasm', 'disabled-by-default-v8.compile'];
const PROFILER = ['blink.user_timing', 'disabled-by-default-v8.cpu_profiler'];

await withDemo(async (url) => {
  const browser = await chromium.launch(chromiumOptions);
  await measured('cold to sign-in, slow 4G', browser, (trace) => coldToSignIn(browser, url, trace));
  const context = await browser.newContext(phone);
  await prepared(context);
  const page = await context.newPage();
  await signInOnPhone(page, url);
  await waitUntilOfflineReady(page);
  await slowed(context, page);
  await context.setOffline(true);
  const today = async () => {
    await page.goto('about:blank');
    await page.goto(`${url}/field/`, { waitUntil: 'commit' });
    return painted(page, 'main a');
  };
  await today();
  await measured('icon to Today, offline', browser, (trace) => trace(page, today));
  await browser.close();
});

/** Makes the start without a trace, with one, and with the profiler; `start` calls what it is given with a page and what to do. */
async function measured(what, browser, start) {
  const bare = await several(RUNS, () => start((_, work) => work()));
  const runs = await several(RUNS, () => start((page, work) => traced(browser, page, work)));
  const profiles = await several(PROFILED_RUNS, () => start((page, work) => profiled(browser, page, work)));
  const shares = new Map();
  for (const [kind, us] of profiles.flatMap((profile) => [...profile])) shares.set(kind, (shares.get(kind) ?? 0) + us);
  for (const { kinds } of runs) divide(kinds, shares);
  table(what, bare, runs);
}

async function coldToSignIn(browser, url, trace) {
  const context = await browser.newContext({ ...phone, serviceWorkers: 'block' });
  await prepared(context);
  const page = await context.newPage();
  await onPoorLine(context, page);
  const run = await trace(page, async () => {
    await page.goto(`${url}/field/`, { waitUntil: 'commit' });
    const form = await painted(page, 'input[type=password]');
    // Where the document brings the form, until the program is behind it.
    return (await page.locator('#sign-in-form').count()) ? painted(page, '#sign-in-form[data-alive]') : form;
  });
  await context.close();
  return run;
}

async function several(times, run) {
  const all = [];
  for (let n = 0; n < times; n += 1) all.push(await run());
  return all;
}

async function prepared(context) {
  await context.addInitScript(watchPainted);
  await context.addInitScript(watchWaiting);
}

/** When it had been painted, since the page's own beginning; leaves a mark of the moment in the trace. */
function painted(page, selector) {
  return page.evaluate(async (selector) => {
    const at = await window.painted(selector);
    performance.mark('bench-end');
    return at;
  }, selector);
}

/** In the page: from when until when it waited for what is done elsewhere. */
function watchWaiting() {
  const waits = (window.waits = []);
  const begun = (what) => {
    const from = performance.now();
    return () => waits.push([what, from, performance.now()]);
  };
  const promised = (owner, names, what) => names.forEach((name) => {
    const original = owner?.[name];
    if (!original) return;
    owner[name] = function (...given) {
      const [end, answer] = [begun(what), original.apply(this, given)];
      answer.then(end, end);
      return answer;
    };
  });
  promised(globalThis.SubtleCrypto?.prototype, ['decrypt', 'encrypt', 'deriveKey', 'deriveBits', 'importKey', 'digest', 'unwrapKey', 'wrapKey'], 'crypto');
  promised(window, ['fetch'], 'files');
  promised(WebAssembly, ['compileStreaming', 'instantiateStreaming'], 'files');
  const requested = (owner, names) => names.forEach((name) => {
    const original = owner[name];
    if (!original) return;
    owner[name] = function (...given) {
      const [end, request] = [begun('records'), original.apply(this, given)];
      for (const kind of ['success', 'error']) request.addEventListener(kind, end);
      return request;
    };
  });
  requested(IDBFactory.prototype, ['open']);
  const reads = ['get', 'getAll', 'getAllKeys', 'getKey', 'count', 'openCursor', 'openKeyCursor'];
  requested(IDBObjectStore.prototype, [...reads, 'put', 'add', 'delete', 'clear']);
  requested(IDBIndex.prototype, reads);
}

/** Milliseconds by kind of the start that `work` makes. */
async function traced(browser, page, work) {
  await browser.startTracing(page, { categories: CATEGORIES });
  await work();
  const waits = await page.evaluate(() => {
    // What came before the program had asked for anything.
    const loads = performance.getEntriesByType('resource').map(({ startTime, responseEnd }) => ['files', startTime, responseEnd]);
    const [{ responseEnd }] = performance.getEntriesByType('navigation');
    return [['files', 0, responseEnd], ...loads, ...window.waits];
  });
  const { traceEvents } = JSON.parse((await browser.stopTracing()).toString());
  return byKind(traceEvents, waits);
}

/** Microseconds by function of the start that `work` makes. */
async function profiled(browser, page, work) {
  await browser.startTracing(page, { categories: PROFILER });
  await work();
  const { traceEvents } = JSON.parse((await browser.stopTracing()).toString());
  return samples(traceEvents);
}

function table(what, bare, runs) {
  const middle = (all) => [...all].sort((a, b) => a - b)[Math.floor(all.length / 2)];
  const spread = (all) => `${middle(all).toFixed(0)} ms [${Math.min(...all).toFixed(0)} to ${Math.max(...all).toFixed(0)}]`;
  const row = (ms, name) => console.log(`  ${ms.toFixed(0).padStart(6)} ms  ${name}`);
  const names = [...new Set(runs.flatMap(({ kinds }) => [...kinds.keys()]))];
  const rows = names.map((name) => [name, middle(runs.map(({ kinds }) => kinds.get(name) ?? 0))]).sort((a, b) => b[1] - a[1]);
  console.log(`\n${what}: ${spread(bare)}; with the trace ${spread(runs.map(({ all }) => all))}; ${SLOWDOWN}x slower processor, medians of ${RUNS}`);
  for (const [name, ms] of rows) if (ms >= 0.5) row(ms, name);
  row(middle(runs.map(({ beside }) => beside)), 'beside: compiled on other threads, which are not slowed');
  if (!names.some((name) => name.startsWith('program:'))) console.log("  the program's functions have no names in this build: by kind, see wasm.mjs");
}
