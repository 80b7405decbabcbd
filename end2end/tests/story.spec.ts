// The whole story: a visit without signal, the tab killed in its middle, the server down when signal returns, the
// desk assigns, the rectification photo comes back, the hazard is closed. At the end the desk's photo is the phone's, byte
// for byte.
import type { Page } from '@playwright/test';
import { photos } from './photos';
import { answerTheRest, beginVisit, desk, dialog, phone, pictures, questions, signInAtDesk, signInOnPhone, waitUntilOfflineReady } from './phone.mjs';
import { expect, test } from './server';

test('from a patrol without signal to a closed hazard', async ({ browser, server }) => {
  test.setTimeout(240_000);
  const inspector = await browser.newContext(phone);
  const words = '5 栋 1 层窗口接出插线板 2 处，给 4 辆车充电';

  const taken = await test.step('signed in once with signal, the phone has what it needs', async () => {
    const page = await inspector.newPage();
    await signInOnPhone(page, server.url);
    await waitUntilOfflineReady(page);
    return page;
  });

  await test.step('without signal a visit begins and a hazard is photographed', async () => {
    await inspector.setOffline(true);
    await beginVisit(taken, server.url, '充电棚', '电动自行车停放充电检查');
    const first = questions(taken).first();
    await first.getByRole('button', { name: '加一' }).click();
    await first.getByRole('button', { name: '记为不合格' }).click();
    const sheet = dialog(taken);
    await sheet.getByLabel('看到什么').fill(words);
    await sheet.locator('input[capture]').first().setInputFiles(await photos(browser, ['portrait_6.jpg', 'DSCN0010.jpg']));
    await expect(pictures(sheet)).toHaveCount(2, { timeout: 30_000 });
    await sheet.getByRole('button', { name: '记下，继续检查' }).click();
    await expect(first.getByText(words)).toBeVisible();
    await expect(taken.getByRole('banner').locator('[data-saved=true]')).toBeVisible();
  });

  const page = await test.step('the tab is killed; the draft opens where it was', async () => {
    await taken.close();
    const again = await inspector.newPage();
    await again.goto(`${server.url}/field/`);
    await again.getByRole('link', { name: /继续检查/ }).first().click();
    await expect(questions(again).first().getByText(words)).toBeVisible();
    await expect(questions(again).first().locator('input[inputmode=numeric]')).toHaveValue('1');
    return again;
  });

  await test.step('the rest is answered and the visit submitted, still without signal', async () => {
    await answerTheRest(page);
    await page.getByRole('button', { name: '全部答完' }).click();
    await expect(page.getByText('发现 1 条隐患')).toBeVisible();
    await page.getByRole('button', { name: '提交检查' }).click();
    await page.waitForURL(/\/field\/outbox/);
    await expect(page.getByText('1 件未传完')).toBeVisible();
  });

  const kept = await hashesOnPhone(page);
  expect(kept).toHaveLength(2);

  await test.step('signal returns and the server is down: everything waits', async () => {
    await server.kill();
    await inspector.setOffline(false);
    await page.getByRole('button', { name: '现在试传', exact: true }).click();
    await expect(page.getByText(/服务器没有应答/)).toBeVisible();
    await expect(page.getByText('1 件未传完')).toBeVisible();
  });

  await test.step('the server is back: receipts', async () => {
    await server.start();
    await page.getByRole('button', { name: '现在试传', exact: true }).click();
    await expect(page.getByText(/HZ-\d{4}-\d{6}/).first()).toBeVisible({ timeout: 30_000 });
    await expect(page.getByText('1 件未传完')).toHaveCount(0);
  });

  const office = await browser.newContext(desk);
  const atDesk = await office.newPage();
  const address = await test.step('the desk sees it and assigns it with all five points', async () => {
    await signInAtDesk(atDesk, server.url, 'anwei1');
    await openHazard(atDesk, server.url, words);
    const form = atDesk.locator('form', { hasText: '责任单位和责任人' }).first();
    await form.getByLabel('责任单位和责任人').fill('锦绣物业 · 张经理');
    await form.getByLabel('措施').fill('拆除插线板，夜间巡查');
    await form.getByLabel('资金').fill('0 元');
    await form.getByLabel('预案').fill('整改期间断电并专人看守');
    await form.getByRole('button', { name: '交办' }).click();
    await expect(atDesk.getByText(/交办，限/).first()).toBeVisible();
    return atDesk.url();
  });

  await test.step('the rectification photo comes from the phone', async () => {
    // Opening the app asks for news: the hazard is assigned now.
    await page.goto(`${server.url}/field/hazards?show=open`);
    await page.getByRole('link', { name: new RegExp(words.slice(0, 8)) }).first().click();
    await expect(page.getByText(/交办，限/)).toBeVisible({ timeout: 30_000 });
    await page.getByRole('button', { name: '传整改照片' }).click();
    const sheet = dialog(page);
    await sheet.locator('input[capture]').setInputFiles(await photos(browser, ['portrait_1.jpg']));
    await expect(pictures(sheet)).toHaveCount(1, { timeout: 30_000 });
    await sheet.getByRole('button', { name: '报整改完成' }).click();
    await expect(page.getByText('已存在本机').first()).toBeVisible();
    await page.goto(`${server.url}/field/outbox`);
    await expect(page.getByText(/HZ-\d{4}-\d{6}/)).toHaveCount(2, { timeout: 30_000 });
  });

  await test.step('the desk accepts and the hazard is closed', async () => {
    await atDesk.goto(address);
    await atDesk.getByRole('button', { name: '验收并销号' }).first().click();
    await expect(atDesk.getByText('已销号').first()).toBeVisible();
  });

  await test.step('the photo on the desk is the photo of the phone', async () => {
    for (const hash of kept) {
      const digest = await atDesk.evaluate(sha256Of, `/api/v1/attachments/${hash}`);
      expect(digest).toBe(hash);
    }
  });
});

/** Opens the hazard with these words from the ledger, by search. */
async function openHazard(page: Page, url: string, words: string): Promise<void> {
  await page.goto(`${url}/office/hazards?q=${encodeURIComponent(words)}`);
  await page.locator('table tbody a').first().click();
  await expect(page.getByRole('heading', { name: words }).first()).toBeVisible();
}

/** The photos that the phone keeps, by the SHA-256 that it took of their bytes; what lies there is sealed. */
async function hashesOnPhone(page: Page): Promise<string[]> {
  const kept = await page.evaluate(async () => {
    const done = <T>(request: IDBRequest<T>) =>
      new Promise<T>((resolve, reject) => {
        request.onsuccess = () => resolve(request.result);
        request.onerror = () => reject(request.error);
      });
    const db = await done(indexedDB.open('xunan'));
    const store = () => db.transaction('photo_bytes').objectStore('photo_bytes');
    const keys = await done(store().getAllKeys());
    const values = (await done(store().getAll())) as Uint8Array[];
    db.close();
    return values.map((value, at) => ({ hash: String(keys[at]), begins: [...value.slice(0, 1), ...value.slice(29, 31)] }));
  });
  for (const { hash, begins } of kept) {
    if (begins[0] !== 1 || (begins[1] === 0xff && begins[2] === 0xd8)) throw new Error(`${hash} lies there in the clear`);
  }
  return kept.map(({ hash }) => hash);
}

// Runs in the page.
async function sha256Of(path: string): Promise<string> {
  const response = await fetch(path);
  if (!response.ok) throw new Error(`${path}: ${response.status}`);
  const digest = await crypto.subtle.digest('SHA-256', await response.arrayBuffer());
  return [...new Uint8Array(digest)].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}
