// What the phone says of itself: whether it opens without signal, whether its clock is right, and what a browser refuses. Found
// out by trying; no page stays blank, and no wait is without a word and an end.
import type { BrowserContext, Page } from '@playwright/test';
import { beginVisit, dialog, passwordOf, phone, questions, signInOnPhone, waitUntilOfflineReady } from './phone.mjs';
import { expect, test } from './server';

async function opened(context: BrowserContext, url: string): Promise<Page> {
  const page = await context.newPage();
  await page.goto(`${url}/field/`);
  return page;
}

test('a phone that can be relied on says so in one line', async ({ browser, server }) => {
  const context = await browser.newContext(phone);
  const page = await context.newPage();
  await signInOnPhone(page, server.url);
  await waitUntilOfflineReady(page);
  await page.goto(`${server.url}/field/`);
  await expect(page.getByText('离线可用')).toBeVisible({ timeout: 20_000 });
  await page.goto(`${server.url}/field/settings`);
  await expect(page.getByText('离线可用')).toBeVisible();
});

test('a phone whose records have not come in yet does not call itself ready', async ({ browser, server }) => {
  test.setTimeout(180_000);
  const context = await browser.newContext(phone);
  let held = true;
  await context.route('**/api/v1/sync', async (route) => {
    while (held) await new Promise((done) => setTimeout(done, 100));
    // The phone may have given this one up.
    await route.continue().catch(() => undefined);
  });
  const page = await context.newPage();
  await signInOnPhone(page, server.url);
  await expect(page.getByText('场所和检查表还没有取全')).toBeVisible({ timeout: 30_000 });
  await expect(page.getByText('离线可用')).toHaveCount(0);
  held = false;
  await expect(page.getByText('离线可用')).toBeVisible({ timeout: 40_000 });
});

test('a browser that refuses the worker is told so, and its work is kept', async ({ browser, server }) => {
  const context = await browser.newContext(phone);
  // As browsers do where they do not trust the certificate.
  await context.addInitScript(() => {
    navigator.serviceWorker.register = () => Promise.reject(new DOMException('An SSL certificate error occurred', 'SecurityError'));
  });
  const page = await context.newPage();
  await signInOnPhone(page, server.url);
  const refused = page.getByRole('alert').filter({ hasText: '不能离线打开' });
  await expect(refused).toContainText('证书', { timeout: 20_000 });
});

test('a browser without workers, and one without a way to break requests off', async ({ browser, server }) => {
  const context = await browser.newContext(phone);
  await context.addInitScript(() => {
    Object.defineProperty(Navigator.prototype, 'serviceWorker', { value: undefined });
    Object.defineProperty(window, 'AbortController', { value: undefined });
  });
  const page = await context.newPage();
  await signInOnPhone(page, server.url);
  await expect(page.getByRole('alert').filter({ hasText: '不能离线打开' })).toContainText('这个浏览器不支持', { timeout: 20_000 });
  await expect(page.getByText('今天要到').or(page.getByText('今天没有要到的场所')).first()).toBeVisible({ timeout: 20_000 });
});

test('a database that does not answer is told, not waited for in the dark', async ({ browser, server }) => {
  test.setTimeout(180_000);
  const context = await browser.newContext(phone);
  await context.addInitScript(() => {
    IDBFactory.prototype.open = () => new EventTarget() as unknown as IDBOpenDBRequest;
  });
  const page = await opened(context, server.url);
  await page.getByLabel('账号').fill('wangge1');
  await page.getByLabel('密码', { exact: true }).fill(passwordOf('wangge1'));
  await page.getByRole('button', { name: '登录', exact: true }).click();
  await expect(page.getByText('本机存储没有应答').first()).toBeVisible({ timeout: 40_000 });
  await expect(page.getByRole('button', { name: '正在登录' })).toHaveCount(0, { timeout: 40_000 });
});

test('a database that stops answering later says that what was filled in may not be kept', async ({ browser, server }) => {
  test.setTimeout(120_000);
  const context = await browser.newContext(phone);
  const page = await context.newPage();
  await signInOnPhone(page, server.url);
  await waitUntilOfflineReady(page);
  await beginVisit(page, server.url, '充电棚', '电动自行车停放充电检查');
  await page.evaluate(() => {
    IDBObjectStore.prototype.put = () => new EventTarget() as unknown as IDBRequest<IDBValidKey>;
  });
  await questions(page).first().getByRole('button', { name: '加一' }).click();
  await expect(page.getByText('本机存储很久没有应答')).toBeVisible({ timeout: 30_000 });
});

test('local storage that is forbidden is named, not an update or the signal', async ({ browser, server }) => {
  const context = await browser.newContext(phone);
  await context.addInitScript(() => {
    Object.defineProperty(window, 'localStorage', {
      get() {
        throw new DOMException('Access is denied for this document.', 'SecurityError');
      },
    });
  });
  const page = await opened(context, server.url);
  await expect(page.getByText('浏览器不让本网站在手机上存数据').first()).toBeVisible({ timeout: 20_000 });
  await expect(page.getByText('正在更新')).toHaveCount(0);
});

test('a program that does not come, comes slowly, or breaks says which', async ({ browser, server }) => {
  test.setTimeout(180_000);
  const wasm = (url: URL) => url.pathname.endsWith('.wasm');
  const context = await browser.newContext({ ...phone, serviceWorkers: 'block' });
  await context.route(wasm, (route) => route.abort('connectionreset'));
  let page = await opened(context, server.url);
  await expect(page.getByText('没有取到程序：信号不好，或者服务器没有应答。')).toBeVisible({ timeout: 20_000 });
  await context.unroute(wasm);

  await context.route(wasm, () => undefined);
  page = await opened(context, server.url);
  await expect(page.getByText('正在取程序')).toBeVisible({ timeout: 10_000 });
  await expect(page.getByText('信号很慢，程序还在取')).toBeVisible({ timeout: 30_000 });
  await context.unroute(wasm);

  await context.route(wasm, (route) => route.fulfill({ status: 200, contentType: 'application/wasm', body: 'not a program' }));
  page = await opened(context, server.url);
  await expect(page.getByText('取到的不是本程序，或者没有取全')).toBeVisible({ timeout: 20_000 });
  await expect(page.getByText('浏览器太旧')).toHaveCount(0);
});

test('a part of the program that does not come says so where it would stand, and comes when asked again', async ({ browser, server }) => {
  test.setTimeout(180_000);
  const context = await browser.newContext({ ...phone, serviceWorkers: 'block' });
  const camera = /\/pkg\/split_camera\..*\.wasm$/;
  await context.route(camera, (route) => route.abort('connectionreset'));
  const page = await context.newPage();
  await signInOnPhone(page, server.url);
  await beginVisit(page, server.url, '充电棚', '电动自行车停放充电检查');
  const first = questions(page).first();
  await first.getByRole('button', { name: '加一' }).click();
  await first.getByRole('button', { name: '记为不合格' }).click();
  await expect(dialog(page).getByText('这一部分还没取到')).toBeVisible({ timeout: 20_000 });
  await context.unroute(camera);
  await dialog(page).getByRole('button', { name: '再试一次' }).click();
  await expect(dialog(page).locator('input[type=date]')).toBeVisible({ timeout: 20_000 });
});

test('a page whose program no worker keeps takes in what rechecks begin with, though nobody has signed in', async ({ browser, server }) => {
  const context = await browser.newContext({ ...phone, serviceWorkers: 'block' });
  const page = await context.newPage();
  const came = page.waitForResponse(/\/pkg\/split_errands\..*\.wasm$/, { timeout: 25_000 });
  await page.goto(`${server.url}/field/`);
  expect((await came).ok()).toBe(true);
});

test('a form is begun and answered before any other part of the program has come', async ({ browser, server }) => {
  test.setTimeout(180_000);
  const context = await browser.newContext({ ...phone, serviceWorkers: 'block' });
  const later = /\/pkg\/(split_(?!screens|sites)|shared(?!_sites))[^/]*\.wasm$/;
  await context.route(later, (route) => route.abort('connectionreset'));
  const page = await context.newPage();
  await signInOnPhone(page, server.url);
  const notYet = page.getByRole('main').getByText('这一部分还没取到');
  await expect(notYet.first()).toBeVisible({ timeout: 20_000 });
  await beginVisit(page, server.url, '充电棚', '电动自行车停放充电检查');
  const pass = questions(page).getByRole('button', { name: '合格', exact: true }).first();
  await pass.click();
  await expect(pass).toHaveAttribute('aria-pressed', 'true');
  await expect(page.getByRole('banner').locator('[data-saved=true]')).toContainText('1 / ');

  await page.goto(`${server.url}/field/`);
  await expect(notYet.first()).toBeVisible({ timeout: 20_000 });
  await expect(notYet, 'one speaks for all that did not come').toHaveCount(1);
  await context.unroute(later);
  const again = page.getByRole('main').getByRole('button', { name: '再试一次' });
  await expect(async () => {
    if ((await again.count()) > 0) await again.first().click({ timeout: 2_000 });
    await expect(notYet).toHaveCount(0, { timeout: 2_000 });
  }).toPass({ timeout: 30_000 });
  await expect(page.getByRole('main').getByText('正在取这一部分')).toHaveCount(0, { timeout: 20_000 });
});

for (const [hours, words] of [
  [2, /手机时间快了 2 小时/],
  [-3, /手机时间慢了 3 小时/],
  [-24 * 2200, /手机日期不对/],
] as const) {
  test(`a clock that is ${hours} hours off is told before work begins, and deadlines are the office’s`, async ({ browser, server }) => {
    test.setTimeout(180_000);
    const context = await browser.newContext(phone);
    await context.addInitScript((off) => {
      const now = Date.now;
      Date.now = () => now.call(Date) + off * 3_600_000;
    }, hours);
    const page = await context.newPage();
    await signInOnPhone(page, server.url);
    await waitUntilOfflineReady(page);
    await page.goto(`${server.url}/field/`);
    await expect(page.getByRole('alert').filter({ hasText: words })).toBeVisible({ timeout: 20_000 });
    await beginVisit(page, server.url, '充电棚', '电动自行车停放充电检查');
    const first = questions(page).first();
    await first.getByRole('button', { name: '加一' }).click();
    await first.getByRole('button', { name: '记为不合格' }).click();
    const sheet = dialog(page);
    const day = sheet.locator('input[type=date]');
    const today = new Intl.DateTimeFormat('sv-SE', { timeZone: 'Asia/Shanghai' }).format(new Date());
    expect((await day.inputValue()) >= today, 'proposed by the office’s calendar').toBe(true);
    const before = await day.inputValue();
    // A day of the phone's own wrong year is not taken, and the field shows what is recorded.
    await day.fill('2020-01-01');
    await day.blur();
    await expect(sheet.getByText('2020-01-01 已经过去')).toBeVisible();
    await expect(day).toHaveValue(before);
    await day.fill('');
    await day.blur();
    await expect(sheet.getByText(`期限没有改，仍是 ${before}`)).toBeVisible();
    await expect(day).toHaveValue(before);
  });
}

test('a figure that is clear is recorded, one that is not is told at its field and kept', async ({ browser, server }) => {
  test.setTimeout(180_000);
  const context = await browser.newContext(phone);
  const page = await context.newPage();
  await signInOnPhone(page, server.url);
  await waitUntilOfflineReady(page);
  await beginVisit(page, server.url, '充电棚', '电动自行车停放充电检查');
  const first = questions(page).first();
  const field = first.locator('input[inputmode=numeric]');
  const progress = page.getByRole('banner').locator('[data-saved]');
  const answered = async () => Number((await progress.innerText()).match(/(\d+) \/ \d+/)?.[1]);
  for (const [typed, shown] of [['３', '3'], ['3个', '3'], ['１２', '12'], ['两', '2']] as const) {
    await field.fill(typed);
    await field.blur();
    await expect(field).toHaveValue(shown);
    expect(await answered()).toBe(1);
  }
  for (const [typed, why] of [['1,5', '没有记下：要填整数'], ['很多', '没有记下：这不是数字'], ['-1', '没有记下：不能小于零']] as const) {
    await field.fill(typed);
    await field.blur();
    await expect(first.getByText(why)).toBeVisible();
    expect(await answered()).toBe(0);
    // Kept before the tab goes.
    await expect(progress).toHaveAttribute('data-saved', 'true');
    await page.reload();
    await expect(field).toHaveValue(typed);
    await expect(first.getByText(why)).toBeVisible();
  }
  await first.getByRole('button', { name: '加一' }).click();
  await expect(field).toHaveValue(/^\d+$/);
  await expect(first.getByText('没有记下')).toHaveCount(0);
});
