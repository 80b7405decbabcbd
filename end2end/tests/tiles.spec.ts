// 底图: a service of tiles below the map, where the installation names one: asked for nothing before its person wants it, by nobody but
// the map, and missed by nobody when it is broken.
import type { Locator, Page } from '@playwright/test';
import { desk, phone, signInAtDesk, signInOnPhone, waitUntilOfflineReady } from './phone.mjs';
import { expect, Server, test as plain } from './server';
import { TileService } from './tiles';

const CREDIT = '某某地图 GS(2026)1 号';

const test = plain.extend<{ tiles: TileService }>({
  tiles: async ({}, use) => {
    const tiles = await TileService.open();
    await use(tiles);
    tiles.close();
  },
  server: async ({ tiles }, use, info) => {
    const args = ['--map-tiles', tiles.template, '--map-tiles-datum', 'gcj02', '--map-tiles-credit', CREDIT];
    const server = await Server.open({ args });
    await use(server);
    if (info.status !== info.expectedStatus) await info.attach('server.log', { body: server.logs, contentType: 'text/plain' });
    await server.discard();
  },
});

const map = (page: Page) => page.getByRole('application', { name: /^地图：场所 [1-9]\d* 处/ });
const background = (page: Page) => page.getByRole('switch', { name: '显示底图' });
const missed = (page: Page) => page.getByText('有的底图没有取到');

/** What is seen of it: a canvas with pictures of others on it tells its own page nothing. */
const seen = async (canvas: Locator) => (await canvas.screenshot({ animations: 'disabled' })).toString('base64');

/** Drawn anew by what is done. */
async function redrawn(canvas: Locator, done: () => Promise<void>) {
  const before = await seen(canvas);
  await done();
  await expect.poll(() => seen(canvas)).not.toBe(before);
}

/** Nothing more is asked for while it is drawn: what is on its way has come. */
async function allCame(canvas: Locator, tiles: TileService) {
  await expect
    .poll(async () => {
      const before = tiles.asked.length;
      const picture = await seen(canvas);
      return tiles.asked.length === before && (await seen(canvas)) === picture;
    })
    .toBe(true);
}

/** The map of a phone on which everything is. */
async function opened(page: Page, url: string): Promise<Locator> {
  await signInOnPhone(page, url);
  await waitUntilOfflineReady(page);
  await page.getByRole('link', { name: /^地图/ }).click();
  await page.waitForURL(/\/field\/map$/);
  const canvas = map(page);
  await expect(canvas).toHaveAttribute('data-drawn', '');
  return canvas;
}

/** Everything of another origin than the server's that the page asks for. */
function elsewhere(page: Page, url: string): string[] {
  const asked: string[] = [];
  page.on('request', (request) => {
    if (/^https?:/.test(request.url()) && new URL(request.url()).origin !== url) asked.push(request.url());
  });
  return asked;
}

test('nothing is asked before the switch is on, and nothing of it is kept', async ({ browser, server, tiles }) => {
  test.setTimeout(120_000);
  const context = await browser.newContext(phone);
  const page = await context.newPage();
  const others = elsewhere(page, server.url);
  const canvas = await opened(page, server.url);
  await expect(background(page)).not.toBeChecked();
  await expect(page.getByText(/底图由 localhost 提供/)).toBeVisible();
  await redrawn(canvas, () => page.getByRole('button', { name: '我的位置' }).click());
  await redrawn(canvas, () => page.getByRole('button', { name: '放大' }).click());
  expect([others, tiles.asked]).toEqual([[], []]);

  await test.step('switched on, it lies below the signs, by its own datum', async () => {
    await redrawn(canvas, () => background(page).check());
    await expect(page.getByText(CREDIT)).toBeVisible();
    // Where the phone stands, as GCJ-02 has it at zoom 15.
    const here = ({ zoom, x, y }: { zoom: number; x: number; y: number }) =>
      x === Math.floor(26_724.58421 * 2 ** (zoom - 15)) && y === Math.floor(12_995.42987 * 2 ** (zoom - 15));
    await expect.poll(() => tiles.asked.some(here)).toBe(true);
    expect(tiles.asked.length).toBeLessThanOrEqual(64);
    await expect(missed(page)).toHaveCount(0);
  });

  await allCame(canvas, tiles);
  await test.step('the service is told neither who asks nor from which page', async () => {
    for (const { headers } of tiles.asked) {
      expect([headers.referer, headers.origin, headers.cookie, headers.authorization]).toEqual([undefined, undefined, undefined, undefined]);
    }
    expect(others.every((url) => new URL(url).origin === tiles.origin)).toBe(true);
  });

  await test.step('the service worker keeps none of it', async () => {
    const kept = await page.evaluate(async () => {
      const caches = await Promise.all((await window.caches.keys()).map((name) => window.caches.open(name)));
      return (await Promise.all(caches.map((cache) => cache.keys()))).flat().map((request) => request.url);
    });
    expect(kept.length).toBeGreaterThan(5);
    expect(kept.filter((url) => !url.startsWith(server.url))).toEqual([]);
  });

  await test.step('without signal the map stands, and nobody is told anything', async () => {
    await context.setOffline(true);
    const before = others.length;
    await redrawn(canvas, () => page.getByRole('button', { name: '缩小' }).click());
    await redrawn(canvas, () => page.getByRole('button', { name: '显示全部' }).click());
    expect(others.length).toBe(before);
    await expect(missed(page)).toHaveCount(0);
    await context.setOffline(false);
    await expect.poll(() => others.length).toBeGreaterThan(before);
  });

  await test.step('it is remembered, and switched off it asks for nothing', async () => {
    await page.goto(`${server.url}/field/map`);
    await expect(background(page)).toBeChecked();
    await expect(canvas).toHaveAttribute('data-drawn', '');
    await background(page).uncheck();
    await expect(page.getByText(CREDIT)).toHaveCount(0);
    await redrawn(canvas, () => page.getByRole('button', { name: '我的位置' }).click());
    const before = others.length;
    await redrawn(canvas, () => page.getByRole('button', { name: '缩小' }).click());
    await redrawn(canvas, () => page.getByRole('button', { name: '放大' }).click());
    expect(others.length).toBe(before);
  });
  await context.close();
});

test('a service that is broken disturbs nothing and is told of once', async ({ browser, server, tiles }) => {
  test.setTimeout(120_000);
  tiles.broken = true;
  const page = await (await browser.newContext(phone)).newPage();
  const canvas = await opened(page, server.url);
  await background(page).check();
  await expect(missed(page)).toHaveCount(1);
  await redrawn(canvas, () => page.getByRole('button', { name: '放大' }).click());
  await redrawn(canvas, () => page.getByRole('button', { name: '缩小' }).click());
  await expect(missed(page)).toHaveCount(1);
  await expect(page.getByRole('alert')).toHaveCount(0);
  expect(tiles.asked.length, 'it is given up after a few').toBeLessThanOrEqual(12);

  await page.getByRole('region', { name: '列表' }).getByRole('button').first().click();
  await expect(page.getByRole('heading', { name: '这里有 1 项' })).toBeVisible();

  // Mended, and switched on again.
  tiles.broken = false;
  await background(page).uncheck();
  const before = tiles.asked.length;
  await redrawn(canvas, () => background(page).check());
  await expect.poll(() => tiles.asked.length).toBeGreaterThan(before);
  await expect(missed(page)).toHaveCount(0);
  await page.context().close();
});

test('the desk has the same switch, and remembers it by itself', async ({ browser, server, tiles }) => {
  test.setTimeout(120_000);
  const page = await (await browser.newContext(desk)).newPage();
  const others = elsewhere(page, server.url);
  await signInAtDesk(page, server.url, 'anwei1');
  await page.goto(`${server.url}/office/map`);
  const canvas = map(page);
  await expect(canvas).toHaveAttribute('data-drawn', '');
  await expect(background(page)).not.toBeChecked();
  await redrawn(canvas, () => page.getByRole('button', { name: '放大' }).click());
  expect(others).toEqual([]);
  await redrawn(canvas, () => background(page).check());
  await expect.poll(() => tiles.asked.length).toBeGreaterThan(0);
  expect(tiles.asked.length).toBeLessThanOrEqual(64);
  await expect(page.getByText(CREDIT)).toBeVisible();
  await page.reload();
  await expect(background(page)).toBeChecked();
  await page.context().close();
});

plain('where no service is named, none is offered and nobody else is asked', async ({ browser, server }) => {
  plain.setTimeout(120_000);
  const page = await (await browser.newContext(phone)).newPage();
  const others = elsewhere(page, server.url);
  // As if it had been named before.
  await page.addInitScript(() => localStorage.setItem('xunan.map-tiles', 'on'));
  const canvas = await opened(page, server.url);
  await redrawn(canvas, () => page.getByRole('button', { name: '放大' }).click());
  await expect(page.getByText(/底图/)).toHaveCount(0);
  expect(others).toEqual([]);
  await page.context().close();
});
