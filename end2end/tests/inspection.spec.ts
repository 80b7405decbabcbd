// 行政检查: an officer inspects by the rules without signal, is told what is lacking, and the office sees under which papers it
// was done. A grid member is asked nothing and patrols; whoever keeps the settings sets the cap.
import { actions, answerTheRest, chooseForm, desk, phone, questions, rows, signInAtDesk, signInOnPhone, waitUntilOfflineReady } from './phone.mjs';
import { expect, test } from './server';

const FORM = '电动自行车停放充电检查';
const NOTICE = '新街检通〔2026〕88号';

test('an officer inspects with everything in hand, and the desk sees it', async ({ browser, server }) => {
  test.setTimeout(240_000);
  const context = await browser.newContext(phone);
  const page = await context.newPage();

  await test.step('whoever keeps the settings sets the cap, and stands beside it', async () => {
    const atDesk = await (await browser.newContext(desk)).newPage();
    await signInAtDesk(atDesk, server.url, 'admin');
    await atDesk.goto(`${server.url}/office/inspections`);
    const rule = atDesk.getByRole('row').filter({ hasText: '同一主体一年检查次数不超过上限' });
    await rule.getByRole('spinbutton').fill('12');
    await rule.getByRole('button', { name: /^保存/ }).click();
    await expect(rule.getByRole('spinbutton')).toHaveValue('12');
    await expect(rule.getByText(/，\d{4}-\d{2}-\d{2}/)).toBeVisible();
    await atDesk.context().close();
  });

  await test.step('the officer chooses to inspect, and is led to what comes first at the door', async () => {
    await signInOnPhone(page, server.url, 'shijian1');
    await waitUntilOfflineReady(page);
    await context.setOffline(true);
    await page.goto(`${server.url}/field/sites`);
    await page.getByRole('searchbox').fill('充电棚');
    await rows(page).filter({ hasText: '充电棚' }).first().click();
    await page.getByRole('link', { name: '开始检查' }).click();
    // One Tab leads to the group, and the arrow keys choose in it.
    const inspects = page.getByRole('radio', { name: '行政检查' });
    await page.getByRole('radio', { name: '复查' }).click();
    await page.getByRole('radio', { name: '复查' }).press('ArrowLeft');
    await expect(inspects).toBeChecked();
    await expect(inspects).toBeFocused();
    await expect(page.getByRole('radio', { name: '复查' })).toHaveAttribute('tabindex', '-1');
    await chooseForm(page, FORM);
    await page.waitForURL(/\/field\/visit\/[^/]+\/inspection/);
    await expect(page.getByRole('heading', { name: '行政检查', level: 1 })).toBeVisible();
    await expect(actions(page).getByText(/^还差 \d+ 件$/)).toBeVisible();
  });

  await test.step('with papers, a second certificate and what is done at the door, nothing is lacking', async () => {
    await page.getByLabel('检查事项').selectOption({ index: 1 });
    await page.getByLabel('审批文号').fill('新街检批〔2026〕88号');
    await page.getByLabel('检查通知书文号').fill(NOTICE);
    await expect(page.getByText(/检查人员要有 2 人以上，现在 1 人/)).toBeVisible();
    await page.getByRole('group', { name: /检查人员/ }).getByRole('button', { pressed: false }).first().click();
    await page.getByRole('checkbox', { name: /两人亮证/ }).check();
    await page.getByRole('checkbox', { name: /送达检查通知书/ }).check();
    await page.getByRole('checkbox', { name: /扫企业码登记/ }).check();
    await page.getByLabel('企业码登记号').fill('RQ2026113000088');
    const start = actions(page).getByRole('link', { name: '到了，开始检查' });
    await expect(start).toBeVisible();
    // It survives that the tab goes.
    await expect(page.locator('[data-saved="true"]')).toBeVisible();
    await page.reload();
    await expect(page.getByLabel('检查通知书文号')).toHaveValue(NOTICE);
    await start.click();
    await questions(page).first().waitFor();
  });

  await test.step('it is sealed only when the result is told', async () => {
    await answerTheRest(page);
    await page.getByRole('button', { name: '全部答完' }).click();
    await expect(page.getByText('请把检查结果告知对方后勾选')).toBeVisible();
    await page.getByRole('checkbox', { name: /检查结果已告知对方/ }).check();
    await page.getByRole('button', { name: '提交检查' }).click();
    await page.waitForURL(/\/field\/outbox/);
    await context.setOffline(false);
    // By itself, now that there is signal.
    await expect(page.getByText(/HZ-\d{4}-\d{6}/).first()).toBeVisible({ timeout: 30_000 });
  });

  await test.step('the record is called by its nature and names the papers', async () => {
    const atDesk = await (await browser.newContext(desk)).newPage();
    await signInAtDesk(atDesk, server.url, 'anwei1');
    await atDesk.goto(`${server.url}/office/visits?nature=administrative_inspection`);
    await atDesk.getByRole('main').locator('a[href^="/office/visits/"]').first().click();
    await expect(atDesk.getByRole('heading', { name: '现场检查记录' })).toBeVisible();
    await expect(atDesk.getByText(NOTICE)).toBeVisible();
    await expect(atDesk.getByText(/今年第 \d+ 次，上限 12 次/)).toBeVisible();
  });
});

test('a grid member patrols and is asked nothing', async ({ browser, server }) => {
  const page = await (await browser.newContext(phone)).newPage();
  await signInOnPhone(page, server.url);
  await waitUntilOfflineReady(page);
  await page.goto(`${server.url}/field/sites`);
  await rows(page).first().click();
  await page.getByRole('link', { name: '开始检查' }).click();
  await expect(page.getByRole('heading', { name: '选检查表' })).toBeVisible();
  await page.getByRole('main').getByRole('button').first().waitFor();
  await expect(page.getByRole('radio')).toHaveCount(0);
});
