// A real office from an empty folder, by screens alone: the console's code, the office, a department, a community with its
// grids, an officer, a grid member, a site; then a hazard from the phone, assigned, put right, accepted and closed.
import type { Page } from '@playwright/test';
import { photos } from './photos';
import { PIN, answerTheRest, chooseForm, desk, dialog, phone, pictures, questions, rows, waitUntilOfflineReady } from './phone.mjs';
import { Server, expect, test as base } from './server';

const test = base.extend<{ server: Server }>({
  server: async ({}, use, info) => {
    const server = await Server.empty();
    await use(server);
    if (info.status !== info.expectedStatus) await info.attach('server.log', { body: server.logs, contentType: 'text/plain' });
    await server.discard();
  },
});

const first = 'correct horse battery 26';
const given = 'seven grey herons 31';
const own = 'quiet river stone 58';
const words = '楼道口堆放纸箱，净宽不足';

/** Whoever keeps accounts is asked for the password once more, where the last time is long ago. */
async function saved(page: Page, url: RegExp): Promise<void> {
  await page.getByRole('button', { name: '保存' }).click();
  const again = page.getByLabel('您自己的密码');
  await expect(async () => {
    if (await again.isVisible()) {
      await again.fill(first);
      await page.getByRole('button', { name: '确认', exact: true }).click();
    }
    expect(page.url()).toMatch(url);
  }).toPass({ timeout: 20_000 });
}

/** Signs in with a password that somebody else chose, and chooses another. */
async function signInFirst(page: Page, url: string, username: string): Promise<void> {
  await page.goto(`${url}/signin`);
  await page.getByLabel('账号').fill(username);
  await page.getByLabel('密码').fill(given);
  await page.getByRole('button', { name: '登录', exact: true }).click();
  await page.getByLabel('原密码').fill(given);
  await page.getByLabel('新密码', { exact: true }).fill(own);
  await page.getByLabel('再次输入新密码').fill(own);
  await page.getByRole('button', { name: '保存新密码' }).click();
  await page.waitForURL(/\/office/);
}

test('from an empty folder to a first closed hazard', async ({ browser, server }) => {
  test.setTimeout(240_000);
  const atDesk = await (await browser.newContext(desk)).newPage();

  await test.step('the console’s code makes the first administrator', async () => {
    const code = /(?:code:|启用码：)\s*([A-Z2-9-]{19})/.exec(server.logs)?.[1];
    expect(code, server.logs).toBeTruthy();
    await atDesk.goto(server.url);
    await expect(atDesk).toHaveURL(/\/setup/);
    await atDesk.getByLabel('启用码').fill(code!);
    await atDesk.getByLabel('单位名称').fill('石榴街道办事处');
    await atDesk.getByLabel('管理员姓名').fill('韩立新');
    await atDesk.getByLabel('账号').fill('hanlixin');
    await atDesk.getByLabel('密码').fill(first);
    await atDesk.getByRole('button', { name: '启用', exact: true }).click();
    await expect(atDesk).toHaveURL(/\/office\/start/);
    await expect(atDesk.getByText('第 2 步，共 5 步')).toBeVisible();
  });

  await test.step('a department, a community with two grids', async () => {
    await atDesk.getByLabel('部门名称').fill('应急管理办公室');
    await atDesk.getByLabel('消防').check();
    await atDesk.getByLabel('电动自行车').check();
    await atDesk.getByRole('button', { name: '新增', exact: true }).click();
    await expect(atDesk.getByRole('link', { name: '应急管理办公室' })).toBeVisible();
    await atDesk.goto(`${server.url}/office/start?step=places`);
    await atDesk.getByLabel('村（社区）名称').fill('金河社区');
    await atDesk.getByLabel('网格数量').fill('2');
    await atDesk.getByRole('button', { name: '新增', exact: true }).click();
    await expect(atDesk.getByRole('link', { name: '第 2 网格' })).toBeVisible();
  });

  await test.step('an officer and a grid member', async () => {
    for (const [name, username, role] of [
      ['周科长', 'zhou', 'officer'],
      ['李网格', 'liwang', 'inspector'],
    ] as const) {
      await atDesk.goto(`${server.url}/office/people/new`);
      await atDesk.getByLabel('姓名').fill(name);
      await atDesk.getByLabel('账号', { exact: true }).fill(username);
      await atDesk.getByLabel('角色').selectOption(role);
      if (role === 'officer') await atDesk.getByLabel('所在部门').selectOption({ label: '应急管理办公室' });
      else await atDesk.getByLabel('金河社区 · 第 1 网格').check();
      await atDesk.getByLabel('密码').fill(given);
      await saved(atDesk, /\/office\/people$/);
      await expect(atDesk.getByText(name).first()).toBeVisible();
    }
  });

  await test.step('a site; then the office is ready', async () => {
    await atDesk.goto(`${server.url}/office/sites/new`);
    await atDesk.getByLabel('场所名称').fill('锦绣家园充电棚');
    await atDesk.getByRole('textbox', { name: '编码' }).fill('SL-01');
    await atDesk.locator('input[type=checkbox][value="charging-shed"]').check();
    await atDesk.getByLabel('风险等级').selectOption('considerable');
    await atDesk.getByLabel('网格', { exact: true }).selectOption({ label: '金河社区 · 第 1 网格' });
    await saved(atDesk, /\/office\/sites\/[0-9a-f-]+$/);
    await atDesk.goto(`${server.url}/office/start`);
    await expect(atDesk.getByText('可以用了')).toBeVisible();
  });

  const inspector = await browser.newContext(phone);
  const mobile = await inspector.newPage();
  await test.step('the grid member signs in on the phone and reports a hazard', async () => {
    await mobile.goto(`${server.url}/field/`);
    await mobile.getByLabel('账号').fill('liwang');
    await mobile.getByLabel('密码', { exact: true }).fill(given);
    await mobile.getByRole('button', { name: '登录', exact: true }).click();
    await mobile.getByLabel('新密码').fill(own);
    await mobile.getByRole('button', { name: '保存，开始工作' }).click();
    await mobile.getByRole('heading', { name: '设定解锁码' }).waitFor();
    await mobile.getByLabel('解锁码').fill(PIN);
    await mobile.getByLabel('再输一次').fill(PIN);
    await mobile.getByRole('button', { name: '设定并开始' }).click();
    await mobile.getByRole('heading', { name: '今天', level: 1 }).waitFor();
    await waitUntilOfflineReady(mobile);
    await mobile.goto(`${server.url}/field/sites`);
    await mobile.getByRole('searchbox').fill('jxjy');
    await rows(mobile).filter({ hasText: '锦绣家园充电棚' }).click();
    await mobile.getByRole('link', { name: '开始检查' }).click();
    await chooseForm(mobile, '电动自行车停放充电检查');
    await mobile.waitForURL(/\/field\/visit\//);
    const first = questions(mobile).first();
    await first.getByRole('button', { name: '加一' }).click();
    await first.getByRole('button', { name: '记为不合格' }).click();
    const sheet = dialog(mobile);
    await sheet.getByLabel('看到什么').fill(words);
    await sheet.locator('input[capture]').first().setInputFiles(await photos(browser, ['portrait_1.jpg']));
    await expect(pictures(sheet)).toHaveCount(1, { timeout: 30_000 });
    await sheet.getByRole('button', { name: '记下，继续检查' }).click();
    await answerTheRest(mobile);
    await mobile.getByRole('button', { name: '全部答完' }).click();
    await mobile.getByRole('button', { name: '提交检查' }).click();
    await expect(mobile.getByText(/HZ-\d{4}-\d{6}/).first()).toBeVisible({ timeout: 30_000 });
  });

  const officer = await (await browser.newContext(desk)).newPage();
  const open = async () => {
    await officer.goto(`${server.url}/office/hazards?status=any&q=${encodeURIComponent(words)}`);
    await officer.locator('table tbody a').first().click();
    await expect(officer.getByRole('heading', { name: words }).first()).toBeVisible();
  };
  await test.step('the officer assigns it', async () => {
    await signInFirst(officer, server.url, 'zhou');
    await open();
    const form = officer.locator('form', { hasText: '责任单位和责任人' }).first();
    await form.getByLabel('责任单位和责任人').fill('锦绣物业 · 张经理');
    await form.getByLabel('措施').fill('清走纸箱');
    await form.getByLabel('资金').fill('0 元');
    await form.getByLabel('预案').fill('专人看守');
    await form.getByRole('button', { name: '交办' }).click();
    await expect(officer.getByText(/交办，限/).first()).toBeVisible();
  });

  await test.step('it is put right, accepted and closed', async () => {
    await mobile.goto(`${server.url}/field/hazards?show=open`);
    await mobile.getByRole('link', { name: new RegExp(words.slice(0, 6)) }).first().click();
    await expect(mobile.getByText(/交办，限/)).toBeVisible({ timeout: 30_000 });
    await mobile.getByRole('button', { name: '传整改照片' }).click();
    const sheet = dialog(mobile);
    await sheet.locator('input[capture]').setInputFiles(await photos(browser, ['portrait_6.jpg']));
    await expect(pictures(sheet)).toHaveCount(1, { timeout: 30_000 });
    await sheet.getByRole('button', { name: '报整改完成' }).click();
    await expect(sheet).toBeHidden();
    await mobile.goto(`${server.url}/field/outbox`);
    await expect(mobile.getByText(/HZ-\d{4}-\d{6}/)).toHaveCount(2, { timeout: 30_000 });
    await open();
    await officer.getByRole('button', { name: '验收并销号' }).first().click();
    await expect(officer.getByText('已销号').first()).toBeVisible();
  });
});
