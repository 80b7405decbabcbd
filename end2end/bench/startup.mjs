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
import { demangled } from '../../.ci/wasm.mjs';
import { chromiumOptions } from '../chromium.mjs';
import { phone, signInOnPhone, waitUntilOfflineReady } from '../tests/phone.mjs';
import { withDemo } from './demo.mjs';
import { SLOWDOWN, onPoorLine, slowed } from './figures.mjs';
import { watchPainted } from './first-minute.mjs';
import { kindOf } from './kinds.mjs';

const RUNS = 5;
const PROFILED_RUNS = 3;
const CATEGORIES = ['blink.user_timing', 'devtools.timeline', 'disabled-by-default-devtools.timeline', 'loading', 'toplevel', 'v8.wasm', 'disabled-by-default-v8.compile'];
const PROFILER = ['blink.user_timing', 'disabled-by-default-v8.cpu_profiler'];
const SCRIPT = 'scripts';
/** Whatever is a part of it is of this kind too. */
const LAZY = 'program compiled, each function when it is first called';
/** A task's kind by its name in the trace; of one without, it is that of the task that it is a part of. */
const TASKS = [
  [LAZY, /^wasm\.CompileLazy/],
  ['garbage collected', /GC|GarbageCollect/i],
  ['program compiled, as it comes', /wasm.*(compil|deserial|validat|decod|finish|publish)|(compil|deserial).*wasm/i],
  ['program instantiated', /wasm.*instantiat/i],
  ['scripts parsed and compiled', /^v8\.(compile|parse|produceCache|deserialize)|^V8\.(Compile|Parse|PreParse|Optimi[sz]e|Install|Finali[sz]e|StackGuard)|CompileScript|CacheScript/i],
  [SCRIPT, /^(FunctionCall|EvaluateScript|v8\.(run|callFunction|evaluateModule|callModuleMethod)|V8\.(Execute|RunMicrotasks|HandleInterrupts)|RunMicrotasks|.*PerformMicrotaskCheckpoint|TimerFire|FireAnimationFrame|FireIdleCallback|EventDispatch|XHR.*)$/],
  ['HTML and CSS parsed', /^Parse(HTML|AuthorStyleSheet)/],
  ['style', /^(UpdateLayoutTree|RecalculateStyles|ScheduleStyleRecalculation|InvalidateLayout)/],
  ['layout', /^(Layout|UpdateLayerTree|IntersectionObserver.*|HitTest)$/],
  ['paint', /^(Paint|PrePaint|Layerize|Commit|CompositeLayers|RasterTask|Decode.*|Draw.*)$/],
];
const WAITS = { crypto: 'rests: WebCrypto', records: 'rests: IndexedDB', files: 'rests: files on the way' };
const OTHER = "the browser's own";
const REST = 'rests: else';

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
  return samples(traceEvents, start(traceEvents));
}

/** Of the page's main thread: what is on it, from when, until when. */
function start(events) {
  const end = events.filter(({ name, cat }) => name === 'bench-end' && cat.includes('user_timing')).at(-1);
  const mine = ({ pid, tid }) => pid === end.pid && tid === end.tid;
  const begun = (event) => mine(event) && event.name === 'navigationStart' && event.args.data?.documentLoaderURL?.startsWith('http');
  const begin = events.filter((event) => begun(event) && event.ts < end.ts).at(-1);
  return { mine, from: begin.ts, to: end.ts };
}

function byKind(events, waits) {
  const { mine, from, to } = start(events);
  const kinds = new Map();
  const add = (kind, us) => kinds.set(kind, (kinds.get(kind) ?? 0) + us / 1000);
  const tasks = events.filter((event) => mine(event) && event.ph === 'X').map(({ name, ts, dur = 0 }) => ({ name, from: ts, to: ts + dur }));
  const busy = selfTimes(tasks, [from, to], add);
  rests(busy, [from, to], waits, add);
  const [{ pid }] = events.filter(mine);
  const beside = events.filter((event) => event.pid === pid && !mine(event) && event.ph === 'X' && /wasm/i.test(event.name) && event.ts >= from && event.ts < to);
  return { kinds, all: (to - from) / 1000, beside: outer(beside) / 1000 };
}

/** Each task without its parts, to its kind. Returns when the thread was busy. */
function selfTimes(tasks, [from, to], add) {
  const inside = tasks.filter((task) => task.to > from && task.from < to).sort((a, b) => a.from - b.from || b.to - a.to);
  const [busy, open] = [[], []];
  let at = from;
  const until = (moment) => {
    const now = Math.min(Math.max(moment, from), to);
    if (open.length > 0 && now > at) add(open.at(-1).kind, now - at);
    at = Math.max(at, now);
  };
  for (const task of [...inside, { from: Infinity }]) {
    while (open.length > 0 && open.at(-1).to <= task.from) {
      until(open.at(-1).to);
      open.pop();
    }
    if (task.from === Infinity) break;
    until(task.from);
    if (open.length === 0) busy.push([Math.max(task.from, from), Math.min(task.to, to)]);
    const within = open.at(-1)?.kind ?? OTHER;
    const kind = within === LAZY ? LAZY : TASKS.find(([, named]) => named.test(task.name))?.[0] ?? within;
    open.push({ to: task.to, kind });
  }
  return busy;
}

/** Microseconds of the profiler's samples by the program's function that was running, or by '' for JavaScript. */
function samples(events, { mine, from, to }) {
  const started = events.filter((event) => event.name === 'Profile' && mine(event));
  const shares = new Map();
  for (const { id, pid, args } of started) {
    const nodes = new Map();
    let at = args.data.startTime;
    const chunks = events.filter((event) => event.name === 'ProfileChunk' && event.id === id && event.pid === pid).sort((a, b) => a.ts - b.ts);
    for (const { args: { data } } of chunks) {
      for (const node of data.cpuProfile?.nodes ?? []) nodes.set(node.id, node.callFrame);
      const taken = data.cpuProfile?.samples ?? [];
      for (const [row, delta] of (data.timeDeltas ?? []).entries()) {
        at += delta;
        const frame = nodes.get(taken[row]);
        if (!frame || at < from || at > to || /^\((program|idle|garbage collector|root)\)$/.test(frame.functionName)) continue;
        const name = frame.codeType === 'wasm' || frame.url?.startsWith('wasm:') ? frame.functionName : '';
        shares.set(name, (shares.get(name) ?? 0) + delta);
      }
    }
  }
  return shares;
}

/** Divides the time of scripts as the samples are divided. */
function divide(kinds, shares) {
  const whole = [...shares.values()].reduce((sum, us) => sum + us, 0);
  if (whole === 0) return;
  const script = kinds.get(SCRIPT) ?? 0;
  kinds.delete(SCRIPT);
  const named = [...shares.keys()].filter((name) => name && !name.startsWith('wasm-function['));
  const plain = new Map((demangled(named) ?? named).map((name, row) => [named[row], name]));
  for (const [name, us] of shares) {
    const kind = name === '' ? 'JavaScript' : plain.has(name) ? `program: ${kindOf(plain.get(name))}` : 'program';
    kinds.set(kind, (kinds.get(kind) ?? 0) + (script * us) / whole);
  }
}

/** What the thread waits for where it has nothing to do: the first of the kinds that is under way. */
function rests(busy, [from, to], waits, add) {
  const pauses = [];
  let at = from;
  for (const [begin, end] of [...busy, [to, to]]) {
    if (begin > at) pauses.push([at, begin]);
    at = Math.max(at, end);
  }
  const under = waits.map(([what, begin, end]) => [what, from + begin * 1000, from + end * 1000]);
  const edges = [...new Set([...pauses.flat(), ...under.flatMap(([, ...ends]) => ends)])].sort((a, b) => a - b);
  for (const [row, edge] of edges.slice(0, -1).entries()) {
    const middle = (edge + edges[row + 1]) / 2;
    if (!pauses.some(([begin, end]) => begin < middle && middle < end)) continue;
    const waited = new Set(under.filter(([, begin, end]) => begin < middle && middle < end).map(([what]) => what));
    add(WAITS[Object.keys(WAITS).find((what) => waited.has(what))] ?? REST, edges[row + 1] - edge);
  }
}

/** Microseconds of tasks that are no part of another on their thread. */
function outer(tasks) {
  let sum = 0;
  const until = new Map();
  for (const { tid, ts, dur = 0 } of tasks.sort((a, b) => a.ts - b.ts)) {
    const done = until.get(tid) ?? 0;
    sum += Math.max(0, ts + dur - Math.max(done, ts));
    until.set(tid, Math.max(done, ts + dur));
  }
  return sum;
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
