// 没传的: the desk sees what a phone holds that does not get through, filters for it and takes it as a file; and that it is gone
// once it is sent. What the phone says of itself gets through where the work does not.
import { Line } from './line';
import { answerTheRest, beginVisit, desk, phone, signInAtDesk, signInOnPhone, waitUntilOfflineReady } from './phone.mjs';
import { expect, test } from './server';

const FORM = '电动自行车停放充电检查';

test('the desk sees who holds what unsent, and that it is sent', async ({ browser, server }) => {
  test.setTimeout(300_000);
  const line = await Line.open(() => server.url);
  const inspector = await (await browser.newContext(phone)).newPage();
  await signInOnPhone(inspector, line.url);
  await waitUntilOfflineReady(inspector);
  const office = await (await browser.newContext(desk)).newPage();
  await signInAtDesk(office, server.url, 'admin');
  await office.goto(`${server.url}/office/people?q=wangge1`);
  const name = await office.locator('table tbody a').first().innerText();
  const held = `${server.url}/office/unsent?state=holding&q=${encodeURIComponent(name)}`;
  const rows = office.getByRole('row').filter({ hasText: name });

  await test.step('a visit does not get through', async () => {
    line.loses = /"submit_visit"/;
    await beginVisit(inspector, line.url, '充电棚', FORM);
    await answerTheRest(inspector);
    await inspector.getByRole('button', { name: '全部答完' }).click();
    await inspector.getByRole('button', { name: '提交检查' }).click();
    await inspector.waitForURL(/\/field\/outbox/);
    await expect(async () => {
      await office.goto(held);
      await expect(rows.filter({ hasText: '检查 1' })).toBeVisible({ timeout: 3_000 });
    }).toPass({ timeout: 90_000 });
  });

  await test.step('it is told with the person, and as a file', async () => {
    await expect(rows.getByText('等着上传')).toBeVisible();
    const [file] = await Promise.all([office.waitForEvent('download'), office.getByRole('link', { name: 'CSV' }).click()]);
    expect(file.suggestedFilename()).toMatch(/没传的.*\.csv$/);
    await office.getByRole('link', { name: '两天以上' }).click();
    await office.waitForURL(/state=long/);
    await expect(office.getByText('没有符合条件的手机')).toBeVisible();
  });

  await test.step('with the line it goes, and the desk hears of that', async () => {
    expect(line.faults.get('request lost')).toBeGreaterThan(0);
    line.loses = undefined;
    await expect(inspector.getByText(/HZ-\d{4}-\d{6}/).first()).toBeVisible({ timeout: 60_000 });
    await expect(async () => {
      await office.goto(held);
      await expect(office.getByText('没有符合条件的手机')).toBeVisible({ timeout: 3_000 });
    }).toPass({ timeout: 60_000 });
  });
  line.close();
});
