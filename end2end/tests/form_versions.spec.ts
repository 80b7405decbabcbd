// Another version of a form: its questions put in another order by hand, and a visit that was begun with the version before.
import type { Page } from '@playwright/test';
import { TITLE, begin, has, openQuestion, publish, questionRows } from './forms';
import { beginVisit, desk, phone, questions, signInAtDesk, signInOnPhone, waitUntilOfflineReady } from './phone.mjs';
import { settled } from './screens.mjs';
import { expect, test } from './server';

test('a question is moved by dragging it to another', async ({ browser, server }) => {
  const page = await (await browser.newContext(desk)).newPage();
  await signInAtDesk(page, server.url, 'admin');
  await begin(page, server.url);
  await settled(page);
  const texts = () => questionRows(page).allInnerTexts();
  await expect(questionRows(page).nth(2)).toBeVisible();
  const before = await texts();
  const row = (text: string) => page.getByRole('row').filter({ has: page.getByRole('link', { name: text, exact: true }) });
  const [first, second, third] = [before[0]!, before[1]!, before[2]!];
  const moved = [second, first, ...before.slice(2)];

  // It lands before the one at which it is let go.
  await row(first).getByTitle('拖动排序').dragTo(row(third));
  await expect.poll(texts).toEqual(moved);
  await page.reload();
  await settled(page);
  expect(await texts()).toEqual(moved);

  await test.step('let go where it stands it stays, and back it comes', async () => {
    let sent = 0;
    page.on('request', (request) => (sent += Number(request.url().endsWith('/edit_draft'))));
    await row(first).getByTitle('拖动排序').dragTo(row(third));
    await row(second).getByTitle('拖动排序').dragTo(row(third));
    await expect.poll(texts).toEqual([first, second, ...before.slice(2)]);
    expect(sent).toBe(1);
  });
});

/** The new words of the question that stays, and the words of the one that goes. */
const NEW_WORDS = '外墙上没有拉出来给车充电的电线';
const GONE = '停放充电处未占用消防车通道、安全出口';

test('a visit begun with the version before goes over to the newer one and loses nothing', async ({ browser, server }) => {
  test.setTimeout(180_000);
  const pocket = await browser.newContext(phone);
  const field = await pocket.newPage();
  await signInOnPhone(field, server.url);
  await waitUntilOfflineReady(field);
  await pocket.setOffline(true);
  const card = (text: string) => questions(field).filter({ hasText: text });

  const draft = await test.step('a visit is begun without signal', async () => {
    await beginVisit(field, server.url, '充电棚', TITLE);
    await questions(field).first().getByRole('button', { name: '加一' }).click();
    await card('现有停放充电设施').getByRole('radio', { name: '可充电的车棚（库）' }).check();
    await card(GONE).getByRole('button', { name: '合格', exact: true }).click();
    await kept(field);
    return new URL(field.url()).pathname;
  });

  await test.step('meanwhile one question gets other words and one is deleted', async () => {
    const page = await (await browser.newContext(desk)).newPage();
    await signInAtDesk(page, server.url, 'admin');
    await begin(page, server.url);
    await openQuestion(page);
    await page.getByLabel('内容（中文）').fill(NEW_WORDS);
    await page.getByRole('button', { name: '保存', exact: true }).click();
    await expect(page.getByRole('link', { name: NEW_WORDS })).toBeVisible();
    await page.getByRole('link', { name: GONE, exact: true }).click();
    await expect(page.getByLabel('内容（中文）')).toHaveValue(GONE);
    await page.getByText('删除', { exact: true }).click();
    await page.getByRole('button', { name: '确认删除' }).click();
    await page.waitForURL((url) => !url.searchParams.has('row'));
    await publish(page);
  });

  await test.step('the draft keeps its version until it is told to go over', async () => {
    await pocket.setOffline(false);
    await field.goto(`${server.url}/field/`);
    await expect.poll(() => has(field, NEW_WORDS), { timeout: 30_000 }).toBe(true);
    await pocket.setOffline(true);
    await field.goto(server.url + draft);
    await expect(card(GONE).getByRole('button', { name: '合格', exact: true })).toHaveAttribute('aria-pressed', 'true');
    await expect(card(NEW_WORDS)).toHaveCount(0);
    await expect(field.getByRole('status').filter({ hasText: `《${TITLE}》有新版` })).toBeVisible();
    await field.getByRole('button', { name: '改用新版' }).click();
  });

  // What was answered, where it still is asked; and what is not asked any more, in sight with its answer.
  const takenOver = async () => {
    await expect(card(NEW_WORDS).locator('input[inputmode=numeric]')).toHaveValue('1');
    await expect(card('现有停放充电设施').getByRole('radio', { name: '可充电的车棚（库）' })).toBeChecked();
    await expect(card(GONE)).toHaveCount(0);
    const main = field.getByRole('main');
    await expect(main.getByRole('heading', { name: '新版用不上的答案' })).toBeVisible();
    await expect(main.getByText(GONE).first()).toBeVisible();
    await expect(main.getByText('不再问这一项')).toBeVisible();
    await expect(field.getByRole('button', { name: '改用新版' })).toHaveCount(0);
  };
  await test.step('all answers are there, also when the tab was gone', async () => {
    await takenOver();
    await field.reload();
    await takenOver();
  });
});

/** What was tapped is written down. */
const kept = (page: Page) => expect(page.getByRole('banner').locator('[data-saved=true]')).toBeVisible();
