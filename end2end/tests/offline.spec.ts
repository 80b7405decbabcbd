// Every address of the phone opens cold without a network: a site, a draft, a hazard.
import { answerTheRest, beginVisit, phone, rows, signInOnPhone, waitUntilOfflineReady } from './phone.mjs';
import { expect, test } from './server';

test('a site, a draft and a hazard open by deep link without signal', async ({ browser, server }) => {
  test.setTimeout(120_000);
  const context = await browser.newContext(phone);
  const page = await context.newPage();
  await signInOnPhone(page, server.url);
  await waitUntilOfflineReady(page);

  await beginVisit(page, server.url, '充电棚', '电动自行车停放充电检查');
  const draft = page.url();
  await page.goto(`${server.url}/field/sites`);
  await rows(page).first().click();
  await page.waitForURL(/\/field\/sites\/[0-9a-f-]+/);
  const site = page.url();
  await expect(page.getByRole('heading', { level: 1 })).not.toHaveText('场所');
  const siteName = await page.getByRole('heading', { level: 1 }).innerText();
  await page.goto(`${server.url}/field/hazards?show=open`);
  await rows(page).first().click();
  await page.waitForURL(/\/field\/hazards\/[0-9a-f-]+/);
  const hazard = page.url();
  await expect(page.getByRole('heading', { level: 1 })).not.toHaveText('隐患');
  const hazardName = await page.getByRole('heading', { level: 1 }).innerText();
  await page.close();

  await context.setOffline(true);
  for (const [address, shown] of [[site, siteName], [draft, '充电棚'], [hazard, hazardName]] as const) {
    // A new tab each time: nothing is left in memory.
    const cold = await context.newPage();
    await cold.goto(address);
    await expect(cold.getByRole('heading', { level: 1 })).toContainText(shown);
    await expect(cold.getByText('离线，照常工作').or(cold.getByRole('main').locator('p, dl').first()).first()).toBeVisible();
    await cold.close();
  }
});

test('unsent work outlives an expired session and goes on after signing in again', async ({ browser, server }) => {
  test.setTimeout(120_000);
  const context = await browser.newContext(phone);
  const page = await context.newPage();
  await signInOnPhone(page, server.url);
  await waitUntilOfflineReady(page);
  await beginVisit(page, server.url, '充电棚', '电动自行车停放充电检查');
  await answerTheRest(page);
  await context.clearCookies();
  await page.getByRole('button', { name: '全部答完' }).click();
  await page.getByRole('button', { name: '提交检查' }).click();
  await page.waitForURL(/\/field\/outbox/);
  await expect(page.getByText('1 件未传完')).toBeVisible();
  await page.getByRole('status').getByRole('link', { name: '登录' }).click({ timeout: 30_000 });
  await page.getByLabel('账号').fill('wangge1');
  await page.getByLabel('密码', { exact: true }).fill('xunan-wangge1');
  await page.getByRole('button', { name: '登录', exact: true }).click();
  await page.waitForURL(/\/field\/outbox/);
  await expect(page.getByText(/HZ-\d{4}-\d{6}/).first()).toBeVisible({ timeout: 30_000 });
});
