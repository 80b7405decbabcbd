// What a start was, read from Chromium's trace of it: the time of the page's main thread by kind, from the beginning of its document to
// the mark `bench-end`.
import { demangled } from '../../.ci/wasm.mjs';
import { kindOf } from './kinds.mjs';

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

/** Of the page's main thread: what is on it, from when, until when. */
function start(events) {
  const end = events.filter(({ name, cat }) => name === 'bench-end' && cat.includes('user_timing')).at(-1);
  const mine = ({ pid, tid }) => pid === end.pid && tid === end.tid;
  const begun = (event) => mine(event) && event.name === 'navigationStart' && event.args.data?.documentLoaderURL?.startsWith('http');
  const begin = events.filter((event) => begun(event) && event.ts < end.ts).at(-1);
  return { mine, from: begin.ts, to: end.ts };
}

/**
 * Milliseconds by kind, together, and beside it on the process's other threads. `waits` are what the page waited for, as
 * `[what, from, to]` in milliseconds since its beginning.
 */
export function byKind(events, waits) {
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
export function samples(events) {
  const { mine, from, to } = start(events);
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
export function divide(kinds, shares) {
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
