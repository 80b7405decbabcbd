// The phone's map with three thousand sites and two hundred open hazards, on a processor four times slower than this machine's: how
// long from the tap on Today to the first picture, and how many frames a second it draws while it is panned. `make bench` runs it
// on the release build.
import { chromium } from '@playwright/test';
import { randomUUID } from 'node:crypto';
import { chromiumOptions } from '../chromium.mjs';
import { phone, signInOnPhone } from '../tests/phone.mjs';
import { withDemo } from './demo.mjs';
import { SLOWDOWN, report, slowed } from './figures.mjs';

const SITES = 3_000;
const HAZARDS = 200;
const RUNS = 5;
const SECONDS = 3;

await withDemo(async (url) => {
  const browser = await chromium.launch(chromiumOptions);
  const context = await browser.newContext({ ...phone, serviceWorkers: 'block' });
  const page = await context.newPage();
  await multiplied(page);
  await signInOnPhone(page, url, 'lingdao1');
  await opened(page);
  const says = await page.getByRole('application').getAttribute('aria-label');
  console.log(`the map: ${says}`);
  await slowed(context, page);

  const [first, whole] = [[], []];
  for (let run = 0; run < RUNS; run += 1) {
    await page.goto(`${url}/field/`);
    await page.getByRole('link', { name: /^地图/ }).waitFor();
    const { drawn, all } = await page.evaluate(untilDrawn, SITES * 0.9);
    first.push(drawn);
    whole.push(all);
  }
  report('from the tap to the first picture of the map, the outlines', first, `${SLOWDOWN}× slower`);
  report('from the tap to all of its sites and hazards', whole, `${SLOWDOWN}× slower`);

  const box = await page.getByRole('application').boundingBox();
  const frames = page.evaluate(counted, SECONDS * 1_000);
  await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
  await page.mouse.down();
  const until = Date.now() + SECONDS * 1_000;
  for (let n = 0; Date.now() < until; n += 1) {
    await page.mouse.move(box.x + box.width / 2 + 90 * Math.sin(n / 12), box.y + box.height / 2 + 90 * Math.cos(n / 12));
  }
  await page.mouse.up();
  const { drawn, longest } = await frames;
  console.log(`panning: ${Math.round(drawn / SECONDS)} frames a second, the longest ${Math.round(longest)} ms, ${SLOWDOWN}× slower`);
  await browser.close();
});

/** The phone is sent the invented sub-district's sites many times over, each a little beside the first, and hazards at them. */
async function multiplied(page) {
  let [sites, hazards] = [0, 0];
  await page.route('**/api/v1/sync', async (route) => {
    const response = await route.fetch();
    const answer = await response.json();
    const more = [];
    const beside = (envelope, change) => {
      const body = { ...envelope.body, id: randomUUID() };
      change(body);
      more.push({ ...envelope, id: body.id, body });
    };
    const of = (kind) => (answer.changes ?? []).filter((change) => change.kind === kind && change.body);
    const located = of('site').filter(({ body }) => body.location && !body.retired);
    sites += located.length;
    for (let round = 0; located.length > 0 && sites < SITES; round += 1) {
      for (const site of located.slice(0, SITES - sites)) {
        const off = () => (Math.random() - 0.5) / 100;
        beside(site, (body) => {
          const { latitude, longitude } = body.location;
          body.location = { latitude: latitude + off(), longitude: longitude + off() };
          body.code = `${body.code}-${round}`;
        });
        sites += 1;
      }
    }
    const open = of('hazard').filter(({ body }) => body.status === 'found' || body.status === 'assigned');
    hazards += open.length;
    for (; open.length > 0 && hazards < HAZARDS; hazards += 1) beside(open[hazards % open.length], () => undefined);
    answer.changes = [...(answer.changes ?? []), ...more];
    await route.fulfill({ status: response.status(), json: answer });
  });
}

/** Once all of it is on the phone. */
async function opened(page) {
  await page.getByRole('link', { name: /^地图/ }).click();
  await page.waitForFunction((sites) => {
    const label = document.querySelector('[role=application]')?.getAttribute('aria-label') ?? '';
    return Number(/场所 (\d+) 处/.exec(label)?.[1]) >= sites;
  }, SITES * 0.9, { timeout: 60_000 });
}

/** In the page: milliseconds from the tap until the map has been painted, and until so many sites have. */
function untilDrawn(sites) {
  const start = performance.now();
  document.querySelector('a[href="/field/map"]').click();
  return new Promise((done) => {
    let drawn;
    const look = () => {
      const canvas = document.querySelector('canvas[data-drawn]');
      if (canvas) drawn ??= performance.now() - start;
      const count = Number(/场所 (\d+) 处/.exec(canvas?.getAttribute('aria-label') ?? '')?.[1] ?? 0);
      if (count >= sites) return done({ drawn, all: performance.now() - start });
      requestAnimationFrame(() => setTimeout(look));
    };
    look();
  });
}

/** In the page: frames within so many milliseconds, and the longest between two. */
function counted(ms) {
  return new Promise((done) => {
    const begun = performance.now();
    let [drawn, longest, last] = [0, 0, begun];
    const frame = () => {
      const now = performance.now();
      drawn += 1;
      longest = Math.max(longest, now - last);
      last = now;
      if (now - begun < ms) requestAnimationFrame(frame);
      else done({ drawn, longest });
    };
    requestAnimationFrame(frame);
  });
}
