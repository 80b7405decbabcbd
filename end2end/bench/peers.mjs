// Other programs that ask forms beside ours, in one run: ODK Web Forms and Enketo's engine, and our phone, each with the same twenty
// questions and the same three hundred, a hundred of them asked only after a yes (`questions.mjs`). Processor slowed four times.
//
//   first visit         bytes until the first question can be answered, as they travel: program, form, and of ours the records too
//   cold                slow 4G (1.6 Mbit/s, 150 ms), until the first question can be answered. Ours is the sum of what one waits
//                       for on the way there: the sign-in, the PIN, the first list, the site, the visit, its form; typing aside
//   second visit        the same address again, no slow line: theirs from what the browser kept, ours from the phone's own storage
//   a tap               real touches, as the browser tells of interactions (INP)
//   heap                with the form open, rubbish collected
//
// In the peers' favour: no sign-in, no encryption, nothing saved on the way; their own servers and apps are left out. What is not at
// hand is said, and left out. They are installed into `target/peers`, and are no part of the product.
import { chromium } from '@playwright/test';
import { chromiumOptions } from '../chromium.mjs';
import { phone, signInOnPhone, waitUntilOfflineReady } from '../tests/phone.mjs';
import { withDemo } from './demo.mjs';
import { SLOWDOWN, onPoorLine, slowed } from './figures.mjs';
import { afterTap, firstMinute, painted, watchPainted } from './first-minute.mjs';
import { PEERS, installed, versionOf } from './peers/build.mjs';
import { withForm } from './peers/given-form.mjs';
import { withSite } from './peers/site.mjs';
import { FORMS, choices, entries } from './questions.mjs';
import { SHORTEST_MS, heap, settled, touches, watchTouches } from './touches.mjs';

const RUNS = 3;
const TAPS = 8;
const OPTIONS = 5;
/** Enketo asks the browser's name what it is on. */
const device = { ...phone, userAgent: 'Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Mobile Safari/537.36' };
/** Where an option can be chosen, and what is a question; a template of Enketo's is neither. */
const RADIO = ':not(.itemset-template) > input[type=radio]';
const OURS = { radio: `main ${RADIO}`, question: '[role=group][id^=question-]' };
const THEIRS = { radio: RADIO, question: '.question, .question-container' };

const columns = [];
await installed().catch(({ message }) => console.log(`peers: npm does not give them (${message.split('\n')[0]})`));
for (const { name, of, files } of PEERS) {
  for (const [count, form] of Object.entries(FORMS)) {
    await column(`${name}, ${count}`, async (browser) => {
      const runs = [];
      await withSite(await files(form, browser), async (url) => runs.push(...(await peer(browser, url, form))));
      return { name: `${name} ${versionOf(of)}, ${count}`, runs };
    });
  }
}
for (const [count, form] of Object.entries(FORMS)) {
  const measured = await column(`ours, ${count}`, async (browser) => {
    const runs = [];
    await withDemo((url) => withForm(url, entries(form), async (url) => runs.push(...(await ours(browser, url, form)))));
    return { name: `ours, ${count}`, runs };
  });
  if (!measured) process.exitCode = 1;
}
table(columns);

/** One program and one form, in a browser of its own. False, and said, where they cannot be measured. */
async function column(what, measure) {
  let browser;
  try {
    browser = await chromium.launch(chromiumOptions);
    const { name, runs } = await measure(browser);
    columns.push({ name, ...together(runs) });
    return true;
  } catch (error) {
    console.log(`${what} questions: not measured (${String(error.message).split('\n')[0]})`);
    return false;
  } finally {
    await browser?.close();
  }
}

async function peer(browser, url, form) {
  const runs = [];
  for (let n = 1; n <= RUNS; n += 1) {
    const { context, page } = await begin(browser, {});
    const devtools = await onPoorLine(context, page);
    const bytes = travelled(devtools);
    await page.goto(url, { waitUntil: 'commit' });
    const cold = await painted(page, THEIRS.radio);
    const run = { cold, bytes: bytes() };
    await settled(page);
    await devtools.send('Network.emulateNetworkConditions', { offline: false, latency: 0, downloadThroughput: -1, uploadThroughput: -1 });
    Object.assign(run, await opened(page, devtools, url, THEIRS), n === RUNS ? await tapped(page, devtools, form, THEIRS) : {});
    runs.push(run);
    await context.close();
  }
  return runs;
}

async function ours(browser, url, form) {
  const runs = [];
  for (let n = 1; n <= RUNS; n += 1) {
    const { context, page } = await begin(browser, { serviceWorkers: 'block' });
    const bytes = travelled(await onPoorLine(context, page));
    const { form: signIn, pin, list } = await firstMinute(page, url);
    const asked = await toForm(page);
    runs.push({ cold: signIn + pin + list + asked, bytes: bytes() });
    await context.close();
  }
  const { context, page } = await begin(browser, {});
  await signInOnPhone(page, url);
  await waitUntilOfflineReady(page);
  const devtools = await slowed(context, page);
  await context.setOffline(true);
  await toForm(page);
  const draft = page.url();
  for (const run of runs) Object.assign(run, await opened(page, devtools, draft, OURS));
  Object.assign(runs.at(-1), await tapped(page, devtools, form, OURS));
  await context.close();
  return runs;
}

/** A page of a phone that tells what it paints and how long it takes to answer. */
async function begin(browser, options) {
  const context = await browser.newContext({ ...device, ...options });
  await context.addInitScript(watchPainted);
  await context.addInitScript(watchTouches, SHORTEST_MS);
  return { context, page: await context.newPage() };
}

/** From a list to a new visit of a site: milliseconds of waiting after each tap. */
async function toForm(page) {
  const site = page.locator('main a[href^="/field/sites/"]').first();
  const start = page.getByRole('link', { name: '开始检查' });
  const shown = await afterTap(page, site, 'footer a[href^="/field/sites/"]');
  const offered = await afterTap(page, start, 'main button:not([role=radio])');
  const asked = await afterTap(page, page.getByRole('main').getByRole('button').first(), OURS.radio);
  return shown + offered + asked;
}

/** Bytes that have come until it is called, as they travelled. */
function travelled(devtools) {
  const travels = new Set();
  let bytes = 0;
  devtools.on('Network.requestWillBeSent', ({ requestId, request }) => request.url.startsWith('http') && travels.add(requestId));
  devtools.on('Network.loadingFinished', ({ requestId, encodedDataLength }) => {
    if (travels.has(requestId)) bytes += encodedDataLength;
  });
  return () => bytes;
}

/** The same address again, and what is kept in memory for it. */
async function opened(page, devtools, address, { radio }) {
  await page.goto('about:blank');
  await page.goto(address, { waitUntil: 'commit' });
  const again = await painted(page, radio);
  await settled(page);
  const { script, wasm } = await heap(page, devtools);
  return { again, heap: script + wasm };
}

/** Taps on options, spread over the form: that change nothing else; and a yes and a no that show and hide questions. */
async function tapped(page, devtools, form, { radio, question }) {
  const all = choices(form);
  const there = await page.waitForFunction(([radio, count]) => document.querySelectorAll(radio).length === count, [radio, all.length * OPTIONS]);
  await there.dispose();
  const tap = touches(page, devtools, question);
  const touch = async (at, option) => {
    const input = await page.locator(radio).nth(at * OPTIONS + option).elementHandle();
    const label = await input.evaluateHandle((input) => input.labels[0] ?? input);
    const [{ ms, changed }] = await tap(label.asElement());
    if (!(await input.evaluate(({ checked }) => checked))) throw new Error('a tap chose nothing');
    return { ms, changed };
  };
  const spread = (shows) => {
    const these = all.map((one, at) => ({ ...one, at })).filter((one) => one.shows === shows);
    return these.filter((_, n) => n % Math.ceil(these.length / TAPS) === 0).map(({ at }) => at);
  };
  const [taps, shown, hidden] = [[], [], []];
  for (const at of spread(false)) taps.push(await touch(at, 1));
  for (const at of spread(true)) {
    shown.push(await touch(at, 0));
    hidden.push(await touch(at, 1));
  }
  const odd = [...taps.filter(({ changed }) => changed), ...[...shown, ...hidden].filter(({ changed }) => !changed)];
  if (odd.length > 0) throw new Error(`${odd.length} taps showed or hid something, or nothing, against what the form says`);
  const ms = (runs) => runs.map(({ ms }) => ms);
  return { tap: ms(taps), shows: ms(shown), hides: ms(hidden) };
}

/** Runs of figures, or of lists of them, as lists of figures. */
function together(runs) {
  const figures = {};
  for (const run of runs) for (const [name, of] of Object.entries(run)) (figures[name] ??= []).push(...[of].flat());
  return figures;
}

function table(columns) {
  const KB = (bytes) => (bytes / 1024).toFixed(0);
  const rows = [
    ['first visit, brotli, KB', 'bytes', KB],
    ['cold, slow 4G, to the first question, ms', 'cold', Math.round],
    ['second visit, ms', 'again', Math.round],
    ['a tap on an option, INP, ms', 'tap', Math.round],
    ['a tap that shows questions, INP, ms', 'shows', Math.round],
    ['a tap that hides questions, INP, ms', 'hides', Math.round],
    ['heap with the form open, MB', 'heap', (bytes) => (bytes / 1024 / 1024).toFixed(1)],
  ];
  const figure = (all, write) => {
    if (!all?.length) return '–';
    const sorted = [...all].sort((a, b) => a - b);
    const [least, middle, most] = [0, Math.floor(sorted.length / 2), sorted.length - 1].map((at) => write(sorted[at]));
    return least === most ? middle : `${middle} [${least} to ${most}]`;
  };
  console.log(`\nforms of 20 and of 300 questions, ${SLOWDOWN}x slower processor, medians of ${RUNS} (of ${TAPS} taps at the most)`);
  console.log(`| | ${columns.map(({ name }) => name).join(' | ')} |\n| --- |${' --- |'.repeat(columns.length)}`);
  for (const [what, key, write] of rows) console.log(`| ${what} | ${columns.map((column) => figure(column[key], write)).join(' | ')} |`);
}
