// Leaving a phone: without signal, by lying untouched, in the middle of a question.
import type { Page } from '@playwright/test';
import { PIN, beginVisit, dialog, phone, questions, signInOnPhone, waitUntilOfflineReady } from './phone.mjs';
import { expect, test } from './server';

async function unlock(page: Page): Promise<void> {
  await page.getByRole('textbox', { name: '解锁码' }).fill(PIN);
  await page.getByRole('button', { name: '解锁', exact: true }).click();
}

test('signing out without signal ends the session first thing when there is signal', async ({ browser, server }) => {
  test.setTimeout(120_000);
  const context = await browser.newContext(phone);
  const page = await context.newPage();
  await signInOnPhone(page, server.url);
  await waitUntilOfflineReady(page);
  const cookies = await context.cookies();
  await context.setOffline(true);
  await page.goto(`${server.url}/field/settings`);
  await page.getByRole('button', { name: '退出登录' }).click();
  await page.locator('dialog[open]').getByRole('button', { name: '退出登录' }).click();
  await page.getByRole('button', { name: '登录', exact: true }).waitFor();
  // The page is closed before signal is back, and opened again with it.
  await page.close();
  await context.setOffline(false);
  const sent: string[] = [];
  context.on('request', (request) => {
    const { pathname } = new URL(request.url());
    if (pathname.startsWith('/api/v1/')) sent.push(`${request.method()} ${pathname}`);
  });
  const back = await context.newPage();
  await back.goto(`${server.url}/field/`);
  await expect.poll(() => sent[0]).toBe('DELETE /api/v1/session');
  const cookie = cookies.map(({ name, value }) => `${name}=${value}`).join('; ');
  await expect.poll(async () => (await fetch(`${server.url}/api/v1/session`, { headers: { cookie } })).status).toBe(401);
  await expect.poll(() => back.evaluate(() => localStorage.getItem('xunan.owed'))).toBeNull();
});

test('a phone that lies untouched locks, and the PIN leads back to the same question with every word', async ({ browser, server }) => {
  test.setTimeout(120_000);
  const context = await browser.newContext(phone);
  const page = await context.newPage();
  await page.clock.install();
  await signInOnPhone(page, server.url);
  await waitUntilOfflineReady(page);
  await context.setOffline(true);
  await beginVisit(page, server.url, '充电棚', '电动自行车停放充电检查');
  const first = questions(page).first();
  await first.getByRole('button', { name: '加一' }).click();
  await first.getByRole('button', { name: '记为不合格' }).click();
  await dialog(page).getByLabel('看到什么').fill('写到一半');
  await page.waitForURL(/sheet=/);
  const address = page.url();
  await page.clock.fastForward(9 * 60_000);
  await dialog(page).getByLabel('看到什么').press('End');
  await page.clock.fastForward(9 * 60_000);
  await expect(dialog(page)).toBeVisible();
  await page.clock.fastForward(11 * 60_000);
  await page.getByRole('heading', { name: '解锁' }).waitFor();
  await expect(page.getByText('写到一半')).toHaveCount(0);
  await unlock(page);
  await expect(dialog(page).getByLabel('看到什么')).toHaveValue('写到一半');
  expect(page.url()).toBe(address);

  // A page that comes back after a rest is locked before it shows anything.
  await page.evaluate(() => localStorage.setItem('xunan.touched', String(Date.now() - 3_600_000)));
  await page.reload();
  await page.getByRole('heading', { name: '解锁' }).waitFor();
  await unlock(page);
  await expect(dialog(page).getByLabel('看到什么')).toHaveValue('写到一半');
});

test('how soon it locks is chosen on the phone', async ({ browser, server }) => {
  const context = await browser.newContext(phone);
  const page = await context.newPage();
  await page.clock.install();
  await signInOnPhone(page, server.url);
  await page.goto(`${server.url}/field/settings`);
  await page.getByRole('radio', { name: '30 分钟' }).click();
  await page.clock.fastForward(20 * 60_000);
  await expect(page.getByRole('heading', { name: '设置' })).toBeVisible();
  await page.getByRole('radio', { name: '5 分钟', exact: true }).click();
  await page.clock.fastForward(6 * 60_000);
  await page.getByRole('heading', { name: '解锁' }).waitFor();
});
