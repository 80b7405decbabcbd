// What lies on a phone that somebody finds: signed out, or locked. The whole profile folder of the browser is read, and holds no
// photo, no name, no site, nothing that was written.
import { chromium, type Browser, type BrowserContext, type Page } from '@playwright/test';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromiumOptions } from '../chromium.mjs';
import { PIN, answerTheRest, beginVisit, dialog, passwordOf, phone, pictures, questions, rows, signInOnPhone, waitUntilOfflineReady } from './phone.mjs';
import { photos } from './photos';
import { search, ways, type Needle } from './profile';
import { expect, test as base, type Server } from './server';
import { everythingReceived } from './work';

const WRITTEN = '三号楼道里有七辆电动车在充电';
const SHOT = 'portrait_6.jpg';
const NOTED = '值班员说钥匙在门卫那里';

const test = base.extend<{ folder: string; found: BrowserContext }>({
  folder: async ({}, use) => {
    const folder = mkdtempSync(join(tmpdir(), 'xunan-profile-'));
    await use(folder);
    rmSync(folder, { recursive: true, force: true });
  },
  found: async ({ folder }, use) => {
    const context = await chromium.launchPersistentContext(folder, { ...chromiumOptions, ...phone });
    await use(context);
    await context.close().catch(() => undefined);
  },
});

/** Names that the phone has been told, from the office itself. */
async function told(server: Server): Promise<string[]> {
  const json = { 'content-type': 'application/json' };
  const credentials = { username: 'wangge1', password: passwordOf('wangge1'), device_name: 'check' };
  const signedIn = await fetch(`${server.url}/api/v1/session`, { method: 'POST', headers: json, body: JSON.stringify(credentials) });
  const cookie = signedIn.headers.getSetCookie().map((one) => one.split(';')[0]).join('; ');
  const who = (await signedIn.json()) as { actor: { name: string }; office: string };
  const headers = { ...json, cookie };
  const body = { device: crypto.randomUUID(), now: new Date().toISOString(), operations: [], pull: true };
  const reply = await fetch(`${server.url}/api/v1/sync`, { method: 'POST', headers, body: JSON.stringify(body) });
  expect(reply.status).toBe(200);
  const { changes } = (await reply.json()) as { changes: { kind: string; body: { name?: string; contacts?: { name: string; phone: string }[] } }[] };
  const sites = changes.filter(({ kind }) => kind === 'site').map(({ body }) => body);
  expect(sites.length).toBeGreaterThan(5);
  const people = sites.flatMap(({ contacts }) => contacts ?? []).flatMap(({ name, phone }) => [name, phone]);
  return [who.actor.name, who.office, ...sites.map(({ name }) => name!), ...people].filter((word) => word.length > 2 || word === who.actor.name);
}

/** A morning's work: looked for, looked at, begun, finished, sent; and something that is not finished. */
async function worked(browser: Browser, page: Page, server: Server): Promise<void> {
  const shots = await photos(browser, [SHOT]);
  await signInOnPhone(page, server.url);
  await waitUntilOfflineReady(page);
  await page.goto(`${server.url}/field/hazards?show=open`);
  await rows(page).first().click();
  await page.waitForURL(/\/field\/hazards\/[0-9a-f-]+$/);
  const picture = page.getByRole('button', { name: /看第 1 张照片/ }).first();
  if (await picture.isVisible().catch(() => false)) {
    await picture.click();
    await page.getByRole('dialog', { name: '照片' }).locator('img').waitFor({ timeout: 30_000 });
    await page.getByRole('button', { name: '关闭' }).click();
  }
  for (const finishes of [true, false]) {
    await beginVisit(page, server.url, '充电棚', '电动自行车停放充电检查');
    const first = questions(page).first();
    await first.getByRole('button', { name: '加一' }).click();
    await first.getByRole('button', { name: '记为不合格' }).click();
    const sheet = dialog(page);
    await sheet.getByLabel('看到什么').fill(WRITTEN);
    await sheet.locator('input[capture]').first().setInputFiles(shots);
    await expect(pictures(sheet)).toHaveCount(1, { timeout: 30_000 });
    await sheet.getByRole('button', { name: '记下，继续检查' }).click();
    await expect(page.getByRole('banner').locator('[data-saved=true]')).toBeVisible();
    if (!finishes) break;
    await answerTheRest(page);
    await page.getByRole('button', { name: '全部答完' }).click();
    await page.getByLabel(/总的说明/).fill(NOTED);
    await page.getByRole('button', { name: '提交检查' }).click();
    await page.waitForURL(/\/field\/outbox/);
    await everythingReceived(page, server.url);
  }
  await page.goto(`${server.url}/field/sites`);
  await rows(page).first().click();
  await page.waitForURL(/\/field\/sites\/[0-9a-f-]+$/);
}

async function needles(browser: Browser, server: Server): Promise<Needle[]> {
  const words = [...(await told(server)), WRITTEN, NOTED].flatMap(ways);
  // As every JPEG begins that a browser or the server makes; three bytes alone come about by chance.
  const [shot] = await photos(browser, [SHOT]);
  const middle = Math.floor(shot!.buffer.length / 2);
  return [...words, ['a JPEG', Buffer.from('ffd8ffe000104a464946', 'hex')], ['the photo', shot!.buffer.subarray(middle, middle + 64)]];
}

test('a phone that was signed out holds nothing that can be read', async ({ browser, found, folder, server }) => {
  test.setTimeout(240_000);
  const page = found.pages()[0] ?? (await found.newPage());
  await worked(browser, page, server);
  await page.goto(`${server.url}/field/settings`);
  await page.getByRole('button', { name: '退出登录' }).click();
  await page.locator('dialog[open]').getByRole('button', { name: '退出登录' }).click();
  await page.getByRole('button', { name: '登录', exact: true }).waitFor();
  // The server has heard of it, and told the browser to clear its cache.
  await expect.poll(() => page.evaluate(() => localStorage.getItem('xunan.owed'))).toBeNull();
  await found.close();
  expect(search(folder, await needles(browser, server))).toEqual([]);
});

test('a locked phone holds nothing that can be read, and opens where it was', async ({ browser, found, folder, server }) => {
  test.setTimeout(240_000);
  const page = found.pages()[0] ?? (await found.newPage());
  await worked(browser, page, server);
  await page.goto(`${server.url}/field/settings`);
  await page.getByRole('button', { name: '锁定本机' }).click();
  await page.getByRole('heading', { name: '解锁' }).waitFor();
  await found.close();
  expect(search(folder, await needles(browser, server))).toEqual([]);
  const again = await chromium.launchPersistentContext(folder, { ...chromiumOptions, ...phone });
  const back = again.pages()[0] ?? (await again.newPage());
  await back.goto(`${server.url}/field/`);
  await back.getByRole('textbox', { name: '解锁码' }).fill(PIN);
  await back.getByRole('button', { name: '解锁', exact: true }).click();
  await back.getByRole('link', { name: /继续检查/ }).first().click();
  await expect(questions(back).first().getByRole('button', { name: WRITTEN })).toBeVisible();
  await again.close();
});

test('the search finds what lies in a profile', async ({ found, folder }) => {
  const page = found.pages()[0] ?? (await found.newPage());
  const marks = ['本地存储里的名字一二三', '数据库里的名字一二三', '缓存里的名字一二三'];
  await page.route('http://marks.localhost/**', (route) => route.fulfill({ contentType: 'text/html', body: '<title>x</title>' }));
  await page.goto('http://marks.localhost/');
  await page.evaluate(async ([local, database, cached]) => {
    localStorage.setItem('mark', local!);
    const open = indexedDB.open('marks');
    open.onupgradeneeded = () => open.result.createObjectStore('marks');
    const db = await new Promise<IDBDatabase>((done) => (open.onsuccess = () => done(open.result)));
    const tx = db.transaction('marks', 'readwrite');
    tx.objectStore('marks').put({ text: database }, 'mark');
    await new Promise((done) => (tx.oncomplete = done));
    const cache = await caches.open('marks');
    await cache.put('/mark', new Response(cached));
  }, marks);
  await found.close();
  const hits = search(folder, marks.flatMap(ways));
  for (const mark of marks) expect(hits.join('\n')).toContain(mark);
});
