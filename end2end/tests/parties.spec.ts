// Whoever answers for a site has no account: a paper with a code, six digits of a number on record, and a photo of the repair. All
// of it without a script, in a browser that has never been here.
import AxeBuilder from '@axe-core/playwright';
import { desk, phone, signInAtDesk } from './phone.mjs';
import { photos } from './photos';
import { expect, test } from './server';

/** What the demonstration prints of the code to try. */
function codeIn(logs: string): { path: string; digits: string; what: string } {
  const line = /without an account: http:\/\/[^/]+(\/c\/\w+) with (\d{6}): (.+)/.exec(logs);
  if (!line) throw new Error(`no code to try:\n${logs}`);
  return { path: line[1], digits: line[2], what: line[3].trim() };
}

test('a party puts a hazard right by its code within a minute, and the office sees it', async ({ browser, server }) => {
  test.setTimeout(120_000);
  const { path, digits, what } = codeIn(server.logs);
  const photo = await photos(browser, ['portrait_1.jpg']);
  // Nothing of it needs a script.
  const party = await (await browser.newContext({ ...phone, javaScriptEnabled: false })).newPage();

  // Two may be called the same.
  let number = '';
  const begun = Date.now();
  await test.step('the code is read, and six digits are typed', async () => {
    await party.goto(`${server.url}${path}`);
    await expect(party.getByRole('heading', { name: '先确认是您本人' })).toBeVisible();
    await expect(party.getByText(what)).toHaveCount(0);
    await party.getByLabel('登记手机号的后 6 位').fill(digits);
    await party.getByRole('button', { name: '打开' }).click();
  });
  await test.step('what is wrong is read, and the repair is sent', async () => {
    await expect(party.getByRole('heading', { name: '请改这一处' })).toBeVisible();
    await expect(party.getByText(what).first()).toBeVisible();
    const called = /[A-Z]+-\d{4}-\d{6}/.exec(await party.locator('body').innerText());
    number = called?.[0] ?? '';
    await party.getByLabel(/^照片/).setInputFiles(photo);
    await party.getByLabel('说明（可以不填）').fill('箱子搬到库房了，门能全开');
    await party.getByRole('button', { name: '交照片' }).click();
    await expect(party.getByRole('status')).toContainText('照片收到了');
    await expect(party.getByRole('heading', { name: '已交，等街道来看' })).toBeVisible();
  });
  const seconds = (Date.now() - begun) / 1000;
  console.log(`a party puts a hazard right by its code: ${seconds.toFixed(1)} s`);
  expect(seconds).toBeLessThan(60);

  await test.step('the desk sees that it is the party who says so', async () => {
    const office = await (await browser.newContext(desk)).newPage();
    await signInAtDesk(office, server.url, 'anwei1');
    await office.goto(`${server.url}/office/hazards?status=to_accept&q=${number}`);
    await office.getByRole('table').getByRole('link', { name: what }).first().click();
    await expect(office.getByText(/责任主体用短码报整改完成/).first()).toBeVisible();
    await expect(office.getByText('箱子搬到库房了，门能全开').first()).toBeVisible();
  });
});

test('a complaint about a visit is answered, and its party reads the answer', async ({ browser, server }) => {
  const { path, digits } = codeIn(server.logs);
  const words = '来的人没有出示证件';
  const answer = '已核实，当天两人均已补充出示';
  const party = await (await browser.newContext({ ...phone, javaScriptEnabled: false })).newPage();
  await party.goto(`${server.url}${path}`);
  await party.getByLabel('登记手机号的后 6 位').fill(digits);
  await party.getByRole('button', { name: '打开' }).click();
  await party.getByText('对这次上门有意见').click();
  await party.locator('textarea[name=complaint]').fill(words);
  await party.getByRole('button', { name: '交意见' }).click();
  await expect(party.getByRole('status')).toContainText('意见收到了');
  // Those who came have the paper, too.
  await expect(party.getByText(words)).toHaveCount(0);

  const office = await (await browser.newContext(desk)).newPage();
  await signInAtDesk(office, server.url, 'anwei1');
  await office.goto(`${server.url}/office`);
  await office.getByRole('navigation').getByRole('link', { name: '对上门的意见' }).click();
  await office.getByRole('link', { name: '待处理', exact: true }).click();
  await expect(office).toHaveURL(/state=open/);
  await office.getByRole('table').getByRole('link', { name: words }).click();
  await expect(office).toHaveURL(/\/office\/complaints\/[0-9a-f-]{36}$/);
  await office.getByRole('button', { name: '开始处理' }).click();
  await expect(office.getByRole('button', { name: '开始处理' })).toHaveCount(0);
  await expect(office.getByText(/处理中 · /)).toBeVisible();
  await office.getByRole('button', { name: '答复', exact: true }).click();
  await expect(office.getByText('请先写答复')).toBeVisible();
  await office.getByLabel(/^答复（/).fill(answer);
  await office.getByRole('button', { name: '答复', exact: true }).click();
  await expect(office.getByText(answer)).toBeVisible();
  await expect(office.getByLabel(/^答复（/)).toHaveCount(0);
  const found = await new AxeBuilder({ page: office }).analyze();
  expect(found.violations).toEqual([]);
  await office.goto(`${server.url}/office/complaints?state=open`);
  await expect(office.getByRole('link', { name: words })).toHaveCount(0);

  await party.goto(`${server.url}${path}`);
  await expect(party.getByText(answer)).toBeVisible();
});

test('a complaint is answered without a program, too', async ({ browser, server }) => {
  const office = await (await browser.newContext({ ...desk, javaScriptEnabled: false })).newPage();
  await signInAtDesk(office, server.url, 'anwei1');
  // What the demonstration's own party says, by the code to try.
  await office.goto(`${server.url}/office/complaints?state=open&q=${encodeURIComponent('没说清楚')}`);
  await office.getByRole('table').getByRole('link', { name: /没说清楚/ }).click();
  await office.getByRole('button', { name: '答复', exact: true }).click();
  await expect(office.getByText('请先写答复')).toBeVisible();
  await office.getByLabel(/^答复（/).fill('已请当天的两位同志上门说明');
  await office.getByRole('button', { name: '答复', exact: true }).click();
  await expect(office).toHaveURL(/\/office\/complaints\/[0-9a-f-]{36}$/);
  await expect(office.getByText('已请当天的两位同志上门说明')).toBeVisible();
  await expect(office.getByRole('button', { name: '答复', exact: true })).toHaveCount(0);
});

test('a wrong code and wrong digits say the same, and can be read by everybody', async ({ browser, server }) => {
  const { path, digits } = codeIn(server.logs);
  const page = await (await browser.newContext(phone)).newPage();
  const refused = async (at: string, typed: string) => {
    await page.goto(`${server.url}${at}`);
    await page.getByLabel('登记手机号的后 6 位').fill(typed);
    await page.getByRole('button', { name: '打开' }).click();
    const alert = page.getByRole('alert');
    await expect(alert).toBeVisible();
    return alert.innerText();
  };
  const wrong = await refused(path, digits === '000000' ? '111111' : '000000');
  expect(await refused('/c/7K2M94QD8X', digits)).toBe(wrong);
  const found = await new AxeBuilder({ page }).analyze();
  expect(found.violations).toEqual([]);
});

test('posters for the walls come from one page', async ({ browser, server }) => {
  test.setTimeout(120_000);
  const office = await (await browser.newContext(desk)).newPage();
  await signInAtDesk(office, server.url, 'anwei1');
  await office.goto(`${server.url}/office/sites`);
  await office.getByRole('link', { name: '墙上的码' }).click();
  await office.waitForURL(/\/office\/sites\/posters/);
  await office.getByRole('button', { name: /处都做上码$/ }).click();
  await expect(office.getByRole('article').first()).toBeVisible({ timeout: 60_000 });
  await expect.poll(() => office.getByRole('article').count(), { timeout: 30_000 }).toBeGreaterThan(250);
  await expect(office.getByRole('button', { name: /处都做上码$/ })).toHaveCount(0);
});
