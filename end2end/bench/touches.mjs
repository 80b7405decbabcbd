// What a thumb meets: real touches, how long after each its effect is on the screen (durations as the browser tells them of
// interactions, INP), and what the page's programs keep in memory.

/** A thumb rests on the glass for so long. */
const PRESS_MS = 70;
/** Shorter ones the browser does not tell of. */
export const SHORTEST_MS = 16;

/** In the page, before anything else: the programs' memories, and the longest event of each interaction. */
export function watchTouches(shortest) {
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

/** Touches a thing in the middle, if it is still there: how long until the effect was painted, and whether questions came or went. */
export function touches(page, devtools, questions = '[role=group][id^=question-]') {
  const shown = (all) => [...document.querySelectorAll(all)].filter((one) => one.getClientRects().length > 0).length;
  const count = () => page.evaluate(shown, questions);
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
export function settled(page) {
  return page.evaluate(async () => {
    const idle = () => new Promise((done) => requestAnimationFrame(() => requestIdleCallback(done)));
    let before;
    do {
      before = document.querySelectorAll('*').length;
      for (let n = 0; n < 4; n += 1) await idle();
    } while (document.querySelector('[data-saved=false]') || document.querySelectorAll('*').length !== before);
  });
}

/** Bytes of JavaScript and of WASM that the page keeps, its rubbish collected. */
export async function heap(page, devtools) {
  await devtools.send('HeapProfiler.collectGarbage');
  const { usedSize } = await devtools.send('Runtime.getHeapUsage');
  const wasm = await page.evaluate(() => [...window.bench.memories].reduce((sum, memory) => sum + memory.buffer.byteLength, 0));
  return { script: usedSize, wasm };
}
