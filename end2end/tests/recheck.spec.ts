// What was wrong at a site stands at its question the next time, in an ordinary form and without signal; and who comes to recheck is
// asked that alone.
import type { Page } from '@playwright/test';
import { photos } from './photos';
import { actions, answerTheRest, chooseForm, dialog, phone, pictures, questions, rows, signInOnPhone, waitUntilOfflineReady } from './phone.mjs';
import { expect, test } from './server';
import { everythingReceived } from './work';

const FORM = '电动自行车停放充电检查';
const KIND = '充电棚';
const WRONG = '二楼窗口飞线充电';

/** A visit from the page on which one is chosen. */
async function begin(page: Page, choosing: string, why: '巡查' | '复查'): Promise<void> {
  await page.goto(choosing);
  await page.getByRole('radio', { name: why }).click();
  await chooseForm(page, FORM);
  await page.waitForURL(/\/field\/visit\//);
  await questions(page).first().waitFor();
}

/** As the phone says it: cards below the screen are built between frames. */
const howMany = async (page: Page) =>
  Number((await page.getByRole('banner').locator('[data-saved]').innerText()).match(/\d+ \/ (\d+)/)?.[1]);

const failedBefore = (page: Page) => questions(page).filter({ hasText: '上次不合格（' });

test('what failed stands at its question the next time, and a recheck asks nothing else', async ({ browser, server }) => {
  test.setTimeout(240_000);
  const context = await browser.newContext(phone);
  const page = await context.newPage();
  await signInOnPhone(page, server.url, 'shijian1');
  await waitUntilOfflineReady(page);
  await page.goto(`${server.url}/field/sites`);
  await page.getByRole('searchbox').fill(KIND);
  await rows(page).filter({ hasText: KIND }).first().click();
  await page.waitForURL(/\/field\/sites\/[0-9a-f-]+$/);
  const site = page.url();
  await page.getByRole('link', { name: '开始检查' }).click();
  await page.waitForURL(/\/field\/sites\/[0-9a-f-]+\/[a-z]+$/);
  const choosing = page.url();

  await test.step('something fails, and the office has it', async () => {
    await begin(page, choosing, '巡查');
    const first = questions(page).first();
    await first.getByRole('button', { name: '加一' }).click();
    await first.getByRole('button', { name: '记为不合格' }).click();
    const sheet = dialog(page);
    await sheet.getByLabel('看到什么').fill(WRONG);
    await sheet.locator('input[capture]').first().setInputFiles(await photos(browser, ['portrait_6.jpg']));
    await expect(pictures(sheet)).toHaveCount(1, { timeout: 30_000 });
    await sheet.getByRole('button', { name: '记下，继续检查' }).click();
    await answerTheRest(page);
    await page.getByRole('button', { name: '全部答完' }).click();
    await page.getByRole('button', { name: '提交检查' }).click();
    await page.waitForURL(/\/field\/outbox/);
    await everythingReceived(page, server.url);
    // The hazard is on the phone.
    await page.goto(site);
    await expect(page.getByText(WRONG).first()).toBeVisible({ timeout: 30_000 });
  });
  await context.setOffline(true);

  const asked = await test.step('in an ordinary form it stands at the question, without signal', async () => {
    await begin(page, choosing, '巡查');
    const first = questions(page).first();
    await expect(first).toContainText('上次不合格（');
    await expect(first).toContainText(WRONG);
    const asked = await howMany(page);
    expect(await failedBefore(page).count(), 'most were in order').toBeLessThan(asked);
    return asked;
  });

  await test.step('a recheck asks what failed, and nothing else', async () => {
    await begin(page, choosing, '复查');
    await expect(questions(page).first()).toContainText(WRONG);
    const again = await howMany(page);
    expect(again).toBeGreaterThan(0);
    expect(again).toBeLessThan(asked);
    // Every question that is asked is one that failed here before.
    await expect(failedBefore(page)).toHaveCount(again);
    await expect(questions(page)).toHaveCount(again);
    await expect(actions(page).getByRole('button').first()).toBeVisible();
  });
  await context.close();
});
