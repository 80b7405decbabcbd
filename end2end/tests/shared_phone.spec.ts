// One phone, two people: what the first has not sent is neither shown to the second nor sent in their name, and goes on its
// way when the first comes back.
import { PIN, passwordOf, phone } from './phone.mjs';
import { photos } from './photos';
import { expect, test } from './server';
import { everythingReceived, officeHas, signedIn, submittedOffline } from './work';

test('a phone that changes hands keeps each one’s work to its owner', async ({ browser, server }) => {
  test.setTimeout(180_000);
  const context = await browser.newContext(phone);
  const page = await signedIn(context, server.url);
  const work = await submittedOffline(context, page, server.url, await photos(browser, ['portrait_1.jpg']));
  const other = await context.newPage();
  await other.goto(`${server.url}/field/outbox`);
  await expect(other.getByText('1 件未传完')).toBeVisible();

  // Locked in one tab is locked in all, and without signal nobody is signed out by mistake.
  await page.goto(`${server.url}/field/settings`);
  await page.getByRole('button', { name: '锁定本机' }).click();
  for (const tab of [page, other]) await tab.getByRole('heading', { name: '解锁' }).waitFor();
  await expect(page.getByRole('button', { name: '换人登录' })).toBeDisabled();

  // Records may go out before anybody unlocks: they must not, and do not.
  const sent: string[] = [];
  context.on('request', (request) => {
    if (request.url().includes('/api/v1/sync')) sent.push(request.postData() ?? '');
  });
  await context.setOffline(false);
  await page.getByRole('button', { name: '换人登录' }).click();
  await page.getByLabel('账号').fill('wangge2');
  await page.getByLabel('密码', { exact: true }).fill(passwordOf('wangge2'));
  await page.getByRole('button', { name: '登录', exact: true }).click();
  await page.getByRole('heading', { name: '设定解锁码' }).waitFor();
  await page.getByLabel('解锁码').fill('271849');
  await page.getByLabel('再输一次').fill('271849');
  await page.getByRole('button', { name: '设定并开始' }).click();
  await page.getByRole('heading', { name: '今天', level: 1 }).waitFor();
  await page.goto(`${server.url}/field/outbox`);
  await page.getByText('没有要传的').waitFor();
  // The other tab has gone to the sign-in by itself; with somebody signed in it opens for them.
  await expect(other).toHaveURL(/\/field\/signin/);
  await other.goto(`${server.url}/field/outbox`);
  await other.getByText('没有要传的').waitFor();
  await expect(() => expect(sent.length).toBeGreaterThan(0)).toPass({ timeout: 20_000 });
  for (const body of sent) expect(body).toContain('"operations":[]');

  // The first one comes back to the second one's open phone: the password, then the own PIN.
  await page.goto(`${server.url}/field/settings`);
  await page.getByRole('button', { name: '退出登录' }).click();
  await page.getByLabel('账号').fill('wangge1');
  await page.getByLabel('密码', { exact: true }).fill(passwordOf('wangge1'));
  await page.getByRole('button', { name: '登录', exact: true }).click();
  await page.getByRole('heading', { name: '解锁' }).waitFor();
  await page.getByLabel('解锁码', { exact: true }).first().fill('271849');
  await page.getByRole('button', { name: '解锁', exact: true }).click();
  await expect(page.getByText(/解锁码不对/)).toBeVisible();
  await page.getByLabel('解锁码', { exact: true }).first().fill(PIN);
  await page.getByRole('button', { name: '解锁', exact: true }).click();
  await page.getByRole('heading', { name: '今天', level: 1 }).waitFor();
  await everythingReceived(page, server.url);
  await officeHas(server, work);
});
