// 地图: on the phone without signal, by finger, buttons and keys; at the desk, with what narrows it; and the office's file of
// outlines, which is refused for another country and written where nothing is wrong with it.
import type { Locator, Page } from '@playwright/test';
import { desk, phone, signInAtDesk, signInOnPhone, waitUntilOfflineReady } from './phone.mjs';
import { expect, test } from './server';

const map = (page: Page) => page.getByRole('application', { name: /^地图：场所 \d+ 处，未销号隐患 \d+ 条/ });

/** What the canvas shows, as text that differs where a pixel does. */
const picture = (canvas: Locator) => canvas.evaluate((canvas) => (canvas as HTMLCanvasElement).toDataURL());

/** It has been drawn, and is drawn anew by what is done. */
async function redrawn(canvas: Locator, done: () => Promise<void>) {
  const before = await picture(canvas);
  await done();
  await expect.poll(() => picture(canvas)).not.toBe(before);
}

/** How many sites and hazards the map says that it shows. */
async function shown(canvas: Locator) {
  const [, sites, hazards] = /场所 (\d+) 处，未销号隐患 (\d+) 条/.exec((await canvas.getAttribute('aria-label')) ?? '') ?? [];
  return { sites: Number(sites), hazards: Number(hazards) };
}

test('the phone shows its map without signal, by finger, button and key', async ({ browser, server }) => {
  test.setTimeout(120_000);
  const context = await browser.newContext(phone);
  const page = await context.newPage();
  await signInOnPhone(page, server.url);
  await waitUntilOfflineReady(page);
  await context.setOffline(true);
  await page.getByRole('link', { name: /^地图/ }).click();
  await page.waitForURL(/\/field\/map$/);
  const canvas = map(page);
  await expect(canvas).toHaveAttribute('data-drawn', '');
  await expect.poll(async () => (await shown(canvas)).sites, 'outlines come first').toBeGreaterThan(0);
  const colours = await canvas.evaluate((element) => {
    const canvas = element as HTMLCanvasElement;
    const { data } = canvas.getContext('2d')!.getImageData(0, 0, canvas.width, canvas.height);
    return new Set(new Uint32Array(data.buffer)).size;
  });
  expect(colours, 'outlines and signs on the ground').toBeGreaterThan(5);

  await test.step('it is moved and zoomed', async () => {
    for (const name of ['放大', '缩小', '显示全部', '我的位置']) {
      const box = (await page.getByRole('button', { name, exact: true }).boundingBox())!;
      expect(Math.min(box.width, box.height), name).toBeGreaterThanOrEqual(44);
    }
    await redrawn(canvas, () => page.getByRole('button', { name: '放大' }).click());
    const box = (await canvas.boundingBox())!;
    await redrawn(canvas, async () => {
      await page.mouse.move(box.x + 60, box.y + 60);
      await page.mouse.down();
      await page.mouse.move(box.x + 120, box.y + 110, { steps: 4 });
      await page.mouse.up();
    });
    await canvas.focus();
    await redrawn(canvas, () => page.keyboard.press('ArrowRight'));
    await redrawn(canvas, () => page.keyboard.press('-'));
    await redrawn(canvas, () => page.getByRole('button', { name: '我的位置' }).click());
  });

  const list = page.getByRole('region', { name: '列表' });
  await test.step('a row opens what is there, and leads there by the right coordinates', async () => {
    await list.getByRole('button').first().click();
    const sheet = page.getByRole('region', { name: /^这里有 1 项$/ });
    await expect(sheet.getByRole('heading', { name: '这里有 1 项' })).toBeFocused();
    const geo = await sheet.getByRole('link', { name: /手机地图/ }).getAttribute('href');
    expect(geo).toMatch(/^geo:34\.\d{6},113\.\d{6}\?q=34\./);
    const amap = new URL((await sheet.getByRole('link', { name: /高德/ }).getAttribute('href'))!);
    expect(amap.searchParams.get('coordinate')).toBe('gaode');
    const [, latitude, longitude] = /^geo:([\d.]+),([\d.]+)/.exec(geo!)!;
    const [east, north] = amap.searchParams.get('position')!.split(',').map(Number);
    // The shift is some hundred metres to the north-west or south-east, never nothing.
    expect(Math.hypot(east! - Number(longitude), north! - Number(latitude))).toBeGreaterThan(0.001);
    await page.keyboard.press('Tab');
    await sheet.getByRole('button', { name: '关闭' }).click();
    await expect(sheet).toHaveCount(0);
  });

  await test.step('a tap on its mark opens the same', async () => {
    const box = (await canvas.boundingBox())!;
    await canvas.click({ position: { x: box.width / 2, y: box.height / 2 } });
    await expect(page.getByRole('heading', { name: /^这里有 \d+ 项$/ })).toBeVisible();
    await canvas.focus();
    await page.keyboard.press('Escape');
    await expect(page.getByRole('heading', { name: /^这里有 \d+ 项$/ })).toHaveCount(0);
  });

  await test.step('it is narrowed to sites with hazards', async () => {
    const all = await shown(canvas);
    await page.getByRole('button', { name: '有隐患的' }).click();
    await expect.poll(async () => (await shown(canvas)).sites).toBeLessThan(all.sites);
    expect((await shown(canvas)).hazards).toBe(all.hazards);
  });
});

test('the desk narrows its map by the address', async ({ browser, server }) => {
  const page = await (await browser.newContext(desk)).newPage();
  await signInAtDesk(page, server.url, 'anwei1');
  await page.getByRole('navigation').getByRole('link', { name: '地图' }).click();
  await page.waitForURL(/\/office\/map$/);
  const canvas = map(page);
  await expect(canvas).toHaveAttribute('data-drawn', '');
  const all = await shown(canvas);
  expect(all.sites).toBeGreaterThan(300);
  await page.getByRole('link', { name: '有隐患的' }).click();
  await page.waitForURL(/\/office\/map\?hazards=true$/);
  await expect.poll(async () => (await shown(canvas)).sites).toBeLessThan(all.sites);
  const row = page.getByRole('region', { name: '列表' }).getByRole('button').first();
  const said = await row.innerText();
  await row.click();
  await page.getByRole('link', { name: '打开隐患' }).first().click();
  await page.waitForURL(/\/office\/hazards\/[0-9a-f-]{36}$/);
  const site = page.getByRole('article').locator('a[href^="/office/sites/"]').first();
  expect(said, 'many hazards are called alike: a row says where').toContain((await site.innerText()).trim());
});

test('a file of outlines is refused for another country and written where it is in order', async ({ browser, server }) => {
  const page = await (await browser.newContext(desk)).newPage();
  await signInAtDesk(page, server.url, 'anwei1');
  await page.goto(`${server.url}/office/settings`);
  await page.getByRole('link', { name: '地图界线' }).click();
  await page.waitForURL(/\/office\/outlines$/);
  const send = async (west: number, south: number) => {
    await page.getByLabel('GeoJSON 文件').setInputFiles({ name: 'map.geojson', mimeType: 'application/geo+json', buffer: file(west, south) });
    await page.getByRole('button', { name: '上传' }).click();
  };
  await send(2.3, 48.8);
  await expect(page.getByRole('alert')).toContainText('第 1 个面“金河社区”：在国外');
  await send(0, 0);
  await expect(page.getByRole('alert')).toContainText('0,0');
  await send(113.6, 34.86);
  await expect(page.getByRole('status').filter({ hasText: '核对无误：1 处可以写入' })).toBeVisible();
  await page.getByLabel('核对无误后写入').check();
  await send(113.6, 34.86);
  await expect(page.getByRole('status').filter({ hasText: '已写入 1 处' })).toBeVisible();
  await expect(page.getByRole('cell', { name: '金河社区' }).first()).toBeVisible();

  const kept = page.getByRole('region', { name: /^现有界线 \d+ 处$/ });
  const remove = kept.getByRole('button', { name: '删除“金河社区”的界线' });
  const rows = await kept.getByRole('row').count();
  await remove.click();
  await expect(remove).toHaveCount(0);
  await expect(kept.getByRole('row')).toHaveCount(rows - 1);

  const admin = await (await browser.newContext(desk)).newPage();
  await signInAtDesk(admin, server.url, 'admin');
  await admin.goto(`${server.url}/office/audit`);
  await expect(admin.getByText('地图界线 map.geojson').first()).toBeVisible();
});

function file(west: number, south: number) {
  const ring = [[west, south], [west + 0.01, south], [west + 0.01, south + 0.01], [west, south + 0.01], [west, south]];
  const feature = { type: 'Feature', properties: { name: '金河社区' }, geometry: { type: 'Polygon', coordinates: [ring] } };
  return Buffer.from(JSON.stringify({ type: 'FeatureCollection', features: [feature] }));
}
