// The first minute on a phone: the sign-in is there before the program, and what the office sends is there with the PIN.
import type { BrowserContext, Page } from '@playwright/test';
import { passwordOf, phone, rows, signInOnPhone } from './phone.mjs';
import { expect, test } from './server';

/** Keeps the program back until the answer is called. */
async function held(context: BrowserContext | Page): Promise<() => void> {
  let release = () => {};
  const wait = new Promise<void>((go) => (release = go));
  await context.route(
    (url) => url.pathname.endsWith('.wasm'),
    async (route) => {
      await wait;
      await route.continue();
    },
  );
  return release;
}

test('the program takes over the fields that somebody types into', async ({ browser, server }) => {
  const context = await browser.newContext({ ...phone, serviceWorkers: 'block' });
  await context.addInitScript(() => {
    const moved: number[] = ((window as unknown as { moved: number[] }).moved = []);
    new PerformanceObserver((list) => {
      for (const shift of list.getEntries()) moved.push((shift as unknown as { value: number }).value);
    }).observe({ type: 'layout-shift', buffered: true });
  });
  const release = await held(context);
  const page = await context.newPage();
  await page.goto(`${server.url}/field/`);
  const name = page.getByLabel('账号');
  await name.pressSequentially('wang');
  await page.getByLabel('密码', { exact: true }).fill(passwordOf('wangge1'));
  await page.getByRole('button', { name: '显示密码' }).click();
  await expect(page.getByLabel('密码', { exact: true })).toHaveAttribute('type', 'text');
  await name.focus();
  const field = await name.elementHandle();
  release();
  await page.locator('#sign-in-form[data-alive]').waitFor();
  expect(await field!.evaluate((field) => field === document.activeElement)).toBe(true);
  await page.keyboard.press('End');
  await page.keyboard.type('ge1');
  await expect(name).toHaveValue('wangge1');
  expect(await page.evaluate(() => (window as unknown as { moved: number[] }).moved)).toEqual([]);
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { name: '设定解锁码' }).waitFor();
  await expect(page.getByLabel('账号')).toHaveCount(0);
});

test('who taps before the program is here is signed in as soon as it is', async ({ browser, server }) => {
  const context = await browser.newContext({ ...phone, serviceWorkers: 'block' });
  const release = await held(context);
  const asked: string[] = [];
  context.on('request', (request) => {
    if (request.url().includes('/api/v1/session')) asked.push(request.method());
  });
  const page = await context.newPage();
  await page.goto(`${server.url}/field/`);
  await page.getByLabel('账号').fill('wangge1');
  await page.getByLabel('密码', { exact: true }).fill(passwordOf('wangge1'));
  await page.getByRole('button', { name: '登录', exact: true }).click();
  const busy = page.getByRole('button', { name: '正在登录' });
  await expect(busy).toHaveAttribute('aria-busy', 'true');
  await busy.click();
  expect(asked).toEqual([]);
  release();
  await page.getByRole('heading', { name: '设定解锁码' }).waitFor();
  expect(asked).toEqual(['POST']);
});

test('a form goes when somebody has signed in in another tab before the program came', async ({ browser, server }) => {
  const context = await browser.newContext({ ...phone, serviceWorkers: 'block' });
  const late = await context.newPage();
  const release = await held(late);
  await late.goto(`${server.url}/field/`);
  await expect(late.getByLabel('账号')).toBeVisible();
  await signInOnPhone(await context.newPage(), server.url, 'wangge1');
  release();
  await late.getByRole('heading', { name: '今天', level: 1 }).waitFor();
  await expect(late.getByLabel('账号')).toHaveCount(0);
});

test('what is missing is said at its field, and a wrong password leaves the rest', async ({ browser, server }) => {
  const page = await (await browser.newContext(phone)).newPage();
  await page.goto(`${server.url}/field/`);
  const [name, password] = [page.getByLabel('账号'), page.getByLabel('密码', { exact: true })];
  const signIn = page.getByRole('button', { name: '登录', exact: true });
  await signIn.click();
  for (const [field, words] of [[name, '请填账号'], [password, '请填密码']] as const) {
    await expect(field).toHaveAttribute('aria-invalid', 'true');
    await expect(field).toHaveAccessibleDescription(words);
  }
  await expect(name).toBeFocused();
  await name.fill('wangge1');
  await password.fill('wrong');
  await signIn.click();
  await expect(page.getByRole('alert').filter({ hasText: '账号或密码不对' })).toBeVisible();
  await expect(name).toHaveAttribute('aria-invalid', 'false');
  await expect(name).toHaveValue('wangge1');
  await expect(password).toBeFocused();
  await password.fill(passwordOf('wangge1'));
  await signIn.click();
  await page.getByRole('heading', { name: '设定解锁码' }).waitFor();
});

test('how the phone is set holds before there is a program', async ({ browser, server }) => {
  const context = await browser.newContext({ ...phone, serviceWorkers: 'block' });
  await context.addInitScript(() => localStorage.setItem('xunan.prefs', '{"lang":"en","text":"large","theme":"dark"}'));
  const release = await held(context);
  const page = await context.newPage();
  await page.goto(`${server.url}/field/`);
  await expect(page.getByRole('button', { name: 'Sign in', exact: true })).toBeVisible();
  const root = page.locator('html');
  for (const [name, value] of [['lang', 'en'], ['data-text', 'large'], ['data-theme', 'dark']] as const) {
    await expect(root).toHaveAttribute(name, value);
  }
  release();
  await page.locator('#sign-in-form[data-alive]').waitFor();
  await expect(page.getByRole('button', { name: 'Sign in', exact: true })).toBeVisible();
});

test('what the office sends comes while the PIN is chosen, and is kept with it', async ({ browser, server }) => {
  const context = await browser.newContext(phone);
  const page = await context.newPage();
  const pulled = page.waitForResponse((response) => response.url().endsWith('/api/v1/sync'), { timeout: 40_000 });
  await signInOnPhone(page, server.url, 'wangge1', async () => {
    await (await pulled).finished();
    const kept = await page.evaluate(
      () =>
        new Promise((resolve, reject) => {
          const open = indexedDB.open('xunan');
          open.onerror = () => reject(open.error);
          open.onsuccess = () => {
            const count = open.result.transaction('records').objectStore('records').count();
            count.onsuccess = () => (open.result.close(), resolve(count.result));
          };
        }),
    );
    expect(kept).toBe(0);
    await context.setOffline(true);
  });
  await expect(rows(page).first()).toBeVisible();
});
