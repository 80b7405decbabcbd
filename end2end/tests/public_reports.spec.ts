// A report by somebody without an account: sent from a phone, made a hazard at the desk, put right, closed, rewarded by two people,
// answered, and followed by its code; the number that was left is opened by two.
import type { Page } from '@playwright/test';
import { photos } from './photos';
import { desk, dialog, phone, pictures, rows, signInAtDesk, signInOnPhone, waitUntilOfflineReady } from './phone.mjs';
import { expect, test } from './server';

const NUMBER = '13912345678';

test('from a report without an account to a closed hazard, its reward and its answer', async ({ browser, server }) => {
  test.setTimeout(240_000);
  const seen = '充电棚门口堆着纸箱，晚上更多';
  const words = '充电棚门口堆放纸箱';
  const thanks = '谢谢反映，纸箱已经清走';

  const stranger = await (await browser.newContext(phone)).newPage();
  const { number, code } = await test.step('a stranger reports, with a photo, a place and a number', async () => {
    await stranger.goto(`${server.url}/report`);
    await expect(stranger.getByRole('banner')).toContainText('新城街道办事处');
    await expect(stranger.getByText('请先拨打 119')).toBeVisible();
    await stranger.getByLabel('照片').setInputFiles(await photos(browser, ['portrait_1.jpg']));
    await expect(stranger.getByText(/^已选：.+/)).toBeVisible();
    await stranger.getByLabel('看到什么').fill(seen);
    await stranger.getByLabel('在哪里').fill('充电棚北门');
    await stranger.getByRole('button', { name: '用手机定位' }).click();
    await expect(stranger.getByText(/^已定位/)).toBeVisible();
    // What is no number is told at its field, and nothing that was written is lost.
    await stranger.getByLabel('手机号').fill('139');
    await stranger.getByRole('button', { name: '交上去' }).click();
    await expect(stranger.getByRole('alert').filter({ hasText: '电话号码不对' })).toBeVisible({ timeout: 30_000 });
    await expect(stranger.getByLabel('看到什么')).toHaveValue(seen);
    await stranger.getByLabel('手机号').fill(NUMBER);
    await stranger.getByLabel('照片').setInputFiles(await photos(browser, ['portrait_1.jpg']));
    await stranger.getByRole('button', { name: '交上去' }).click();
    await expect(stranger.getByRole('heading', { name: '收到了' })).toBeVisible({ timeout: 30_000 });
    const of = async (shape: RegExp) => (await stranger.getByText(shape).first().textContent())!.trim();
    return { number: await of(/^JB-\d{4}-\d{6}$/), code: await of(/^[0-9A-Z]{4}-[0-9A-Z]{4}$/) };
  });

  const inspector = await (await browser.newContext(phone)).newPage();
  await signInOnPhone(inspector, server.url);
  await waitUntilOfflineReady(inspector);
  const site = await siteOf(inspector, server.url, '充电棚');

  const office = await (await browser.newContext(desk)).newPage();
  await signInAtDesk(office, server.url, 'anwei1');
  await office.goto(`${server.url}/office/sites/${site}/edit`);
  const wall = await office.getByRole('textbox', { name: '编码', exact: true }).inputValue();
  const report = await test.step('the desk makes a hazard of it, answers and proposes a reward', async () => {
    await office.goto(`${server.url}/office/reports?q=${number}`);
    await office.getByRole('link', { name: number, exact: true }).click();
    await office.waitForURL(/\/office\/reports\/[0-9a-f-]{36}$/);
    await expect(office.getByRole('img', { name: '举报照片 1' })).toBeVisible();
    await expect(office.getByText(NUMBER)).toHaveCount(0);
    const form = office.getByRole('region', { name: '立为隐患' });
    await form.getByLabel('场所编码').fill('没有这个编码');
    await form.getByRole('button', { name: '立为隐患' }).click();
    await expect(form.getByRole('alert').filter({ hasText: '没有这个编码的场所' }).first()).toBeVisible();
    await form.getByLabel('场所编码').fill(wall);
    await form.getByLabel('隐患描述').fill(words);
    await form.getByRole('button', { name: '立为隐患' }).click();
    await expect(office.getByText('已立隐患').first()).toBeVisible();
    const answer = office.getByRole('region', { name: '答复举报人' });
    await answer.getByLabel('答复内容').fill(thanks);
    await answer.getByRole('button', { name: '答复举报人' }).click();
    await expect(office.getByText(new RegExp(thanks)).first()).toBeVisible();
    await office.getByRole('region', { name: '拟定奖励' }).getByRole('button').click();
    await expect(office.getByText('拟奖 200 元，等批准')).toBeVisible();
    const own = office.getByRole('region', { name: '批准奖励' });
    await own.getByRole('button').click();
    await expect(own.getByRole('alert').filter({ hasText: '请另一个人批准' }).first()).toBeVisible();
    return office.url();
  });

  const admin = await (await browser.newContext(desk)).newPage();
  await test.step('another person approves the reward, and it is paid', async () => {
    await signInAtDesk(admin, server.url, 'admin');
    await admin.goto(report);
    await admin.getByRole('region', { name: '批准奖励' }).getByRole('button').click();
    await admin.getByRole('region', { name: '登记已发放' }).getByRole('button').click();
    await expect(admin.getByText('已发放奖励 200 元')).toBeVisible();
  });

  await test.step('the number is opened by two people and by neither alone', async () => {
    await office.goto(report);
    const asking = office.getByRole('region', { name: '举报人电话' });
    await asking.getByLabel('为什么要看').fill('问几点钟堆得最多');
    await asking.getByLabel('您的保管口令').fill('xunan-holder-one');
    await asking.getByRole('button', { name: '申请查看' }).click();
    await expect(asking.getByText(/已申请查看：问几点钟堆得最多/)).toBeVisible({ timeout: 30_000 });
    await expect(office.getByText(NUMBER)).toHaveCount(0);
    await admin.goto(report);
    const opening = admin.getByRole('region', { name: '举报人电话' });
    await opening.getByLabel('您的保管口令').fill('xunan-holder-two');
    await opening.getByRole('button', { name: '输入口令并查看' }).click();
    await expect(opening.getByText(new RegExp(`电话：${NUMBER}`))).toBeVisible({ timeout: 30_000 });
  });

  await test.step('the hazard goes round its loop, and says only that the public told of it', async () => {
    await office.goto(report);
    await office.getByRole('link', { name: '查看隐患' }).click();
    await office.waitForURL(/\/office\/hazards\//);
    await expect(office.getByRole('link', { name: '群众举报' }).first()).toBeVisible();
    const form = office.locator('form', { hasText: '责任单位和责任人' }).first();
    await form.getByLabel('责任单位和责任人').fill('锦绣物业 · 张经理');
    await form.getByLabel('措施').fill('清走纸箱，每晚巡查');
    await form.getByLabel('资金').fill('0 元');
    await form.getByLabel('预案').fill('整改期间专人看守');
    await form.getByRole('button', { name: '交办' }).click();
    await expect(office.getByText(/交办，限/).first()).toBeVisible();
    await inspector.goto(`${server.url}/field/hazards?show=open`);
    await inspector.getByRole('link', { name: new RegExp(words) }).first().click({ timeout: 30_000 });
    await expect(inspector.getByText('群众举报').first()).toBeVisible();
    await inspector.getByRole('button', { name: '传整改照片' }).click();
    const sheet = dialog(inspector);
    await sheet.locator('input[capture]').setInputFiles(await photos(browser, ['portrait_6.jpg']));
    await expect(pictures(sheet)).toHaveCount(1, { timeout: 30_000 });
    await sheet.getByRole('button', { name: '报整改完成' }).click();
    await expect(inspector.getByText('已存在本机').first()).toBeVisible();
    await inspector.goto(`${server.url}/field/outbox`);
    await expect(inspector.getByText(/HZ-\d{4}-\d{6}/).first()).toBeVisible({ timeout: 30_000 });
    await office.reload();
    await office.getByRole('button', { name: '验收并销号' }).first().click();
    await expect(office.getByText('已销号').first()).toBeVisible();
  });

  await test.step('whoever has the code reads what came of it', async () => {
    await stranger.goto(`${server.url}/report/find`);
    await stranger.getByLabel('编号').fill(number);
    await stranger.getByLabel('查询码').fill('0000-0000');
    await stranger.getByRole('button', { name: '查询' }).click();
    await expect(stranger.getByRole('alert')).toContainText('没有打开');
    await stranger.getByLabel('查询码').fill(code.toLowerCase());
    await stranger.getByRole('button', { name: '查询' }).click();
    await expect(stranger.getByRole('heading', { name: '改好了' })).toBeVisible();
    await expect(stranger.getByText(thanks)).toBeVisible();
    await expect(stranger.getByText('已发放奖励 200 元')).toBeVisible();
    await expect(stranger.getByText('打开过 1 次')).toBeVisible();
  });
});

test('whoever scans the code on a wall need not say where it is', async ({ browser, server }) => {
  test.setTimeout(120_000);
  const wall = /at the wall of that site: http:\/\/[^/]+(\/c\/\w+)/.exec(server.logs);
  if (!wall) throw new Error(`no code of a wall:\n${server.logs}`);
  const stranger = await (await browser.newContext(phone)).newPage();
  const hangs = stranger.getByText(/^您扫的是这里的码：/);
  await stranger.goto(`${server.url}/report?site=7K2M94QD8X`);
  await expect(stranger.getByLabel('看到什么')).toBeVisible();
  await expect(hangs).toHaveCount(0);
  await stranger.goto(`${server.url}${wall[1]}`);
  await stranger.getByRole('link', { name: '看到这里有隐患，我要报' }).click();
  const name = /：(.+?)。/.exec(await hangs.innerText())![1]!;
  await stranger.getByLabel('看到什么').fill('后厨门口的灭火器压力不足');
  await stranger.getByRole('button', { name: '交上去' }).click();
  await expect(stranger.getByRole('heading', { name: '收到了' })).toBeVisible({ timeout: 30_000 });
  const number = (await stranger.getByText(/^JB-\d{4}-\d{6}$/).first().textContent())!.trim();

  const office = await (await browser.newContext(desk)).newPage();
  await signInAtDesk(office, server.url, 'anwei1');
  await office.goto(`${server.url}/office/reports?q=${number}`);
  await office.getByRole('link', { name: number, exact: true }).click();
  await office.waitForURL(/\/office\/reports\/[0-9a-f-]{36}$/);
  await expect(office.getByRole('main').getByText(name).first()).toBeVisible();
});

test('whoever reports between two doors chooses the site by its name', async ({ browser, server }) => {
  test.setTimeout(120_000);
  const office = await (await browser.newContext(desk)).newPage();
  await signInAtDesk(office, server.url, 'anwei1');
  const sites = await office.evaluate(async (): Promise<Placed[]> => {
    const asked = { method: 'POST', headers: { 'content-type': 'application/json' }, body: '{}' };
    return (await (await fetch('/api/pages/map', asked)).json()).sites;
  });
  const [here, beside] = closest(sites);
  const { latitude, longitude } = here.at;
  const stranger = await (await browser.newContext({ ...phone, geolocation: { latitude, longitude, accuracy: 9.5 } })).newPage();
  await stranger.goto(`${server.url}/report`);
  await stranger.getByLabel('看到什么').fill('两家店之间的消防通道停满了车');
  await stranger.getByRole('button', { name: '用手机定位' }).click();
  const choice = stranger.getByRole('group', { name: '在哪处场所' });
  await expect(choice.getByRole('radio', { name: here.name, exact: true })).toBeVisible();
  await expect(choice.getByRole('radio', { checked: true }), 'nobody has to choose').toHaveCount(0);
  await choice.getByRole('radio', { name: beside.name, exact: true }).check();
  await stranger.getByRole('button', { name: '交上去' }).click();
  await expect(stranger.getByRole('heading', { name: '收到了' })).toBeVisible({ timeout: 30_000 });
  const number = (await stranger.getByText(/^JB-\d{4}-\d{6}$/).first().textContent())!.trim();
  await office.goto(`${server.url}/office/reports?q=${number}`);
  await office.getByRole('link', { name: number, exact: true }).click();
  await office.waitForURL(/\/office\/reports\/[0-9a-f-]{36}$/);
  await expect(office.getByRole('main').getByText(beside.name).first()).toBeVisible();
});

interface Placed {
  name: string;
  at: { latitude: number; longitude: number };
}

/** The two sites that are nearest to each other, of those whose names are theirs alone. */
function closest(sites: Placed[]): [Placed, Placed] {
  const own = sites.filter(({ name }) => sites.filter((site) => site.name === name).length === 1);
  const far = (one: Placed, other: Placed) =>
    Math.hypot(one.at.latitude - other.at.latitude, (one.at.longitude - other.at.longitude) * Math.cos((34.8 * Math.PI) / 180));
  let found: [Placed, Placed] | undefined;
  for (const one of own) {
    for (const other of own) {
      const isApart = one.at.latitude !== other.at.latitude || one.at.longitude !== other.at.longitude;
      if (isApart && (!found || far(one, other) < far(...found))) found = [one, other];
    }
  }
  if (!found) throw new Error('no two sites');
  return found;
}

test('the office asks back, and whoever reported with three photos answers once', async ({ browser, server }) => {
  test.setTimeout(120_000);
  const stranger = await (await browser.newContext(phone)).newPage();
  await stranger.goto(`${server.url}/report`);
  const names = ['portrait_1.jpg', 'portrait_2.jpg', 'portrait_3.jpg'];
  await stranger.getByLabel('照片').setInputFiles(await photos(browser, names));
  await stranger.getByLabel('看到什么').fill('夜里有人在楼道里烧纸');
  await stranger.getByLabel('在哪里').fill('惠民里 3 号楼');
  await stranger.getByRole('button', { name: '交上去' }).click();
  await expect(stranger.getByRole('heading', { name: '收到了' })).toBeVisible({ timeout: 30_000 });
  const of = async (shape: RegExp) => (await stranger.getByText(shape).first().textContent())!.trim();
  const [number, code] = [await of(/^JB-\d{4}-\d{6}$/), await of(/^[0-9A-Z]{4}-[0-9A-Z]{4}$/)];

  const office = await (await browser.newContext(desk)).newPage();
  await signInAtDesk(office, server.url, 'anwei1');
  await office.goto(`${server.url}/office/reports?q=${number}`);
  await office.getByRole('link', { name: number, exact: true }).click();
  await office.waitForURL(/\/office\/reports\/[0-9a-f-]{36}$/);
  await expect(office.getByRole('img', { name: '举报照片 3' })).toBeVisible();
  const form = office.getByRole('region', { name: '问举报人' });
  await form.getByLabel('问题').fill('一般几点开始烧？');
  await form.getByRole('button', { name: '问举报人' }).click();
  await expect(form).toHaveCount(0);
  await expect(office.getByText('还没有回答')).toBeVisible();

  await stranger.goto(`${server.url}/report/find`);
  await stranger.getByLabel('编号').fill(number);
  await stranger.getByLabel('查询码').fill(code);
  await stranger.getByRole('button', { name: '查询' }).click();
  await expect(stranger.getByRole('heading', { name: '街道有一个问题' })).toBeVisible();
  await expect(stranger.getByText('一般几点开始烧？')).toBeVisible();
  await stranger.getByLabel('您的回答').fill('晚上九点以后');
  await stranger.getByRole('button', { name: '回答' }).click();
  await expect(stranger.getByText('您回答过')).toBeVisible();
  await expect(stranger.getByLabel('您的回答')).toHaveCount(0);
  await office.reload();
  await expect(office.getByText(/晚上九点以后/)).toBeVisible();
});

/** The first site of this name that the phone's person sees. */
async function siteOf(page: Page, url: string, name: string): Promise<string> {
  await page.goto(`${url}/field/sites`);
  await page.getByRole('searchbox').fill(name);
  const href = await rows(page).filter({ hasText: name }).first().getAttribute('href');
  const site = href?.split('/').pop();
  if (!site) throw new Error(`no site of ${name}`);
  return site;
}
