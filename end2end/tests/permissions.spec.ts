// What an office lets its roles do: the administrator unticks, and who has the role finds it gone, on the phone without signal
// too; what keeps everybody from being locked out cannot be unticked. Numbers and days off are the office's own.
import type { Page } from '@playwright/test';
import { desk, phone, rows, signInAtDesk, signInOnPhone, waitUntilOfflineReady } from './phone.mjs';
import { expect, test } from './server';

async function saved(page: Page): Promise<void> {
  const answered = page.waitForResponse(/save_office_settings/);
  await page.getByRole('button', { name: '保存' }).click();
  // Sent by the browser itself, before the program is here, it is answered by another address.
  expect((await answered).status()).toBeLessThan(400);
}

const cell = '网格员：巡查、上报隐患';

test('what is taken from a role is gone at once, and on its phones without signal', async ({ browser, server }) => {
  test.setTimeout(120_000);
  const context = await browser.newContext(phone);
  const mobile = await context.newPage();
  await signInOnPhone(mobile, server.url);
  await waitUntilOfflineReady(mobile);
  await expect(mobile.getByRole('link', { name: '随手报' })).toBeVisible();

  const admin = await (await browser.newContext(desk)).newPage();
  await signInAtDesk(admin, server.url, 'admin');
  await test.step('the table says what can be taken away', async () => {
    await admin.goto(`${server.url}/office/settings?part=permissions`);
    const table = admin.getByRole('table', { name: '各角色可以办理的事项' });
    await expect(table.getByRole('checkbox', { name: cell })).toBeChecked();
    await expect(table.getByRole('checkbox', { name: '管理员：管理账号' }), 'somebody has to put it back').toHaveCount(0);
    await expect(table.getByRole('checkbox', { name: '企业安全员：验收、退回' }), 'nobody widens it').toHaveCount(0);
    await table.getByRole('checkbox', { name: cell }).uncheck();
    await saved(admin);
    await admin.goto(`${server.url}/office/audit?act=changed`);
    await expect(admin.getByText('“网格员”可以办理的事项').first()).toBeVisible();
  });

  await test.step('the phone hears of it, and keeps to it without signal', async () => {
    const refused = mobile.getByText('您的账号不能随手报');
    await expect(async () => {
      await mobile.goto(`${server.url}/field/report`);
      await expect(refused).toBeVisible({ timeout: 10_000 });
    }).toPass({ timeout: 60_000 });
    await context.setOffline(true);
    await mobile.goto(`${server.url}/field/report`);
    await expect(refused).toBeVisible();
    await mobile.goto(`${server.url}/field/`);
    await expect(mobile.getByRole('link', { name: '场所', exact: true })).toBeVisible();
    await expect(mobile.getByRole('link', { name: '随手报' })).toHaveCount(0);
    await context.setOffline(false);
  });

  await test.step('put back, it is there again', async () => {
    await admin.goto(`${server.url}/office/settings?part=permissions`);
    await admin.getByRole('checkbox', { name: cell }).check();
    await saved(admin);
    await expect(async () => {
      await mobile.goto(`${server.url}/field/`);
      await expect(mobile.getByRole('link', { name: '随手报' })).toBeVisible({ timeout: 10_000 });
    }).toPass({ timeout: 60_000 });
  });
});

test('from how many days on an extension is the leader’s is the office’s to say', async ({ browser, server }) => {
  const page = await (await browser.newContext({ ...desk, javaScriptEnabled: false })).newPage();
  await signInAtDesk(page, server.url, 'admin');
  await page.goto(`${server.url}/office/settings?part=permissions`);
  const days = page.getByLabel('延期超过多少天须由分管领导批准');
  const set = page.getByRole('button', { name: '设定延期天数' });
  await expect(page.getByText('还没有规定天数')).toBeVisible();
  await days.fill('400');
  await set.click();
  await expect(page.getByText('天数请填 1 到 365 的整数')).toBeVisible();
  await expect(days).toHaveValue('400');
  await days.fill('30');
  await set.click();
  await expect(page.getByText('超过 30 天的延期只由分管领导批准')).toBeVisible();
  await expect(days).toHaveValue('30');
  await days.fill('');
  await set.click();
  await expect(page.getByText('还没有规定天数')).toBeVisible();
});

test('a community officer sees the community at the desk and on the phone', async ({ browser, server }) => {
  test.setTimeout(120_000);
  const page = await (await browser.newContext(desk)).newPage();
  await signInAtDesk(page, server.url, 'anquan1');
  await page.goto(`${server.url}/office/hazards`);
  await expect(page.locator('tbody tr').first()).toBeVisible();
  await expect(page.getByRole('link', { name: '设置' }), 'they keep no settings').toHaveCount(0);
  const mobile = await (await browser.newContext(phone)).newPage();
  await signInOnPhone(mobile, server.url, 'anquan1');
  await waitUntilOfflineReady(mobile);
  await mobile.goto(`${server.url}/field/sites`);
  await expect(rows(mobile).first()).toBeVisible();
});

test('a prefix and days off are told where they are wrong, with what was typed', async ({ browser, server }) => {
  const page = await (await browser.newContext({ ...desk, javaScriptEnabled: false })).newPage();
  await signInAtDesk(page, server.url, 'admin');
  await page.goto(`${server.url}/office/settings?part=numbers`);
  await page.getByLabel('隐患编号前缀').fill('jc');
  await page.getByRole('button', { name: '保存' }).click();
  await expect(page.getByText(/和“检查”的前缀相同/)).toBeVisible();
  await expect(page.getByLabel('隐患编号前缀')).toHaveValue('jc');
  await page.getByLabel('隐患编号前缀').fill('yh');
  await page.getByRole('button', { name: '保存' }).click();
  await expect(page.getByLabel('隐患编号前缀')).toHaveValue('YH');
  await page.goto(`${server.url}/office/settings?part=calendar`);
  await page.getByLabel('节假日（休息）').fill('10月1日');
  await page.getByRole('button', { name: '保存' }).click();
  await expect(page.getByText(/“10月1日”不是日期/)).toBeVisible();
  await page.getByLabel('节假日（休息）').fill('2026-10-01');
  await page.getByRole('button', { name: '保存' }).click();
  await expect(page.getByLabel('节假日（休息）')).toHaveValue('2026-10-01');
  await page.getByLabel('工作时间').fill('18:00-9:00');
  await page.getByRole('button', { name: '保存' }).click();
  await expect(page.getByText(/18:00-09:00 的结束时间须晚于开始时间/)).toBeVisible();
  await expect(page.getByLabel('工作时间')).toHaveValue('18:00-9:00');
  await page.getByLabel('工作时间').fill('9:00-12:00，13:30-17:00');
  await page.getByRole('button', { name: '保存' }).click();
  await expect(page.getByLabel('工作时间')).toHaveValue('09:00-12:00\n13:30-17:00');
});

test('the rail leads to the work first, then to who does it and what keeps it going', async ({ browser, server }) => {
  const page = await (await browser.newContext(desk)).newPage();
  await signInAtDesk(page, server.url, 'admin');
  const rail = page.getByRole('navigation', { name: '主菜单' });
  const work = ['总览', '消息', '隐患台账', '检查', '派单', '群众举报', '对上门的意见', '场所', '责任主体', '地图', '抽查', '检查表'];
  const rest = ['人员', '网格', '没传的', '搁置', '导入', '设置', '行政检查规则', '消息规则', '操作记录', '后台任务'];
  const own = ['手机端', '已登录的设备'];
  const expected = [...work, ...rest, ...own];
  await expect(rail.getByRole('link')).toHaveCount(expected.length);
  const names = await rail.getByRole('link').allInnerTexts();
  // Some have a figure beside the name.
  expect(names.map((name) => name.trim().split(/[\s\d]/)[0])).toEqual(expected);
  await expect(rail.getByRole('separator')).toHaveCount(2);

  // On a low screen the way that was taken is in sight, and the way out.
  await page.setViewportSize({ width: 1440, height: 600 });
  await page.goto(`${server.url}/office/jobs`);
  await expect(rail.getByRole('link', { name: '后台任务' })).toBeInViewport({ ratio: 0.95 });
  await expect(rail.getByRole('button', { name: '退出登录' })).toBeInViewport({ ratio: 0.95 });
});
