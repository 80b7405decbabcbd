// Work that the office gives to a person: from the desk to Today, done by the visit, and done at the desk; an officer gives
// some on the phone; and all of it goes to somebody else in one step.
import type { Page } from '@playwright/test';
import { answerTheRest, chooseForm, desk, dialog, handOver, phone, questions, rows, signInAtDesk, signInOnPhone, waitUntilOfflineReady } from './phone.mjs';
import { settled } from './screens.mjs';
import { expect, test } from './server';
import { everythingReceived } from './work';

const FORM = '电动自行车停放充电检查';

test('what the desk gives stands on Today until a visit does it', async ({ browser, server }) => {
  test.setTimeout(180_000);
  const words = '充电棚外有人拉线，晚上去看一次';
  const inspector = await (await browser.newContext(phone)).newPage();
  await signInOnPhone(inspector, server.url);
  await waitUntilOfflineReady(inspector);
  const site = await siteOf(inspector, server.url, '充电棚');

  const office = await (await browser.newContext(desk)).newPage();
  const task = await test.step('the desk gives a visit to who walks there', async () => {
    await signInAtDesk(office, server.url, 'anwei1');
    await office.goto(`${server.url}/office/sites/${site}`);
    await office.getByRole('link', { name: '派给…' }).click();
    // Nobody is chosen yet: that is told at its field, and what was typed stays.
    await office.getByLabel('要求').fill(words);
    await office.getByRole('button', { name: '派单', exact: true }).click();
    await expect(office.getByRole('alert').filter({ hasText: '请选择承办人' }).first()).toBeVisible();
    await expect(office.getByLabel('要求')).toHaveValue(words);
    await choose(office, '网格员');
    await office.getByRole('button', { name: '派单', exact: true }).click();
    await office.waitForURL(/\/office\/tasks\/[0-9a-f-]{36}$/);
    await expect(office.getByText('办理中')).toBeVisible();
    return office.url();
  });

  await test.step('the phone shows it first, and the visit does it', async () => {
    await inspector.goto(`${server.url}/field/`);
    const given = inspector.getByRole('region', { name: '派给您' });
    await given.getByRole('link', { name: new RegExp(words) }).click({ timeout: 30_000 });
    await inspector.waitForURL(new RegExp(`/field/sites/${site}$`));
    await inspector.getByRole('link', { name: '开始检查' }).click();
    await chooseForm(inspector, FORM);
    await inspector.waitForURL(/\/field\/visit\//);
    await questions(inspector).first().waitFor();
    await answerTheRest(inspector);
    await inspector.getByRole('button', { name: '全部答完' }).click();
    await inspector.getByRole('button', { name: '提交检查' }).click();
    await inspector.waitForURL(/\/field\/outbox/);
    await expect(inspector.getByText(/HZ-\d{4}-\d{6}/).first()).toBeVisible({ timeout: 30_000 });
    await inspector.goto(`${server.url}/field/`);
    await expect(inspector.getByRole('heading', { name: '今天', level: 1 })).toBeVisible();
    await expect(inspector.getByRole('link', { name: new RegExp(words) })).toHaveCount(0);
  });

  await test.step('the desk sees that it is done, and by what', async () => {
    await office.goto(task);
    await expect(office.getByText(/已完成/).first()).toBeVisible();
    await office.getByRole('link', { name: '检查记录' }).click();
    await office.waitForURL(/\/office\/visits\//);
  });
});

test('an officer gives work without signal, and everything is handed over in one step', async ({ browser, server }) => {
  test.setTimeout(180_000);
  const words = '复核灭火器压力';
  const inspector = await (await browser.newContext(phone)).newPage();
  await signInOnPhone(inspector, server.url);
  await waitUntilOfflineReady(inspector);
  const site = await siteOf(inspector, server.url, '充电棚');

  await test.step('at the site, to who walks there', async () => {
    const context = await browser.newContext(phone);
    const officer = await context.newPage();
    await signInOnPhone(officer, server.url, 'anwei1');
    await waitUntilOfflineReady(officer);
    await context.setOffline(true);
    await officer.goto(`${server.url}/field/sites/${site}`);
    await officer.getByRole('button', { name: '派给…' }).click();
    const sheet = dialog(officer);
    await sheet.getByLabel('要求').fill(words);
    await sheet.getByRole('button', { name: '派单', exact: true }).click();
    await expect(sheet.getByRole('alert')).toHaveText('请选择承办人');
    await choose(sheet, '网格员');
    await sheet.getByRole('button', { name: '派单', exact: true }).click();
    await expect(officer.getByText(/^已派给/)).toBeVisible();
    // What was given stands there, and is withdrawn without signal, too; a reason has to be given.
    await officer.getByRole('button', { name: '转派、撤回' }).click();
    const change = dialog(officer);
    await change.getByRole('button', { name: '撤回', exact: true }).click();
    await expect(change.getByRole('alert')).toHaveText('请填写撤回原因');
    await change.getByLabel('撤回原因').fill('派错了');
    await change.getByRole('button', { name: '撤回', exact: true }).click();
    await expect(officer.getByText('已撤回，联网后由单位确认')).toBeVisible();
    await expect(officer.getByRole('button', { name: '转派、撤回' })).toHaveCount(0);
    // And given once more.
    await officer.getByRole('button', { name: '派给…' }).click();
    await sheet.getByLabel('要求').fill(words);
    await choose(sheet, '网格员');
    await sheet.getByRole('button', { name: '派单', exact: true }).click();
    // What was said of the first time may still stand there: the sheet closes once it is kept.
    await expect(sheet).toBeHidden();
    await context.setOffline(false);
    await everythingReceived(officer, server.url);
  });

  await inspector.goto(`${server.url}/field/`);
  const given = inspector.getByRole('region', { name: '派给您' });
  await expect(given.getByRole('link', { name: new RegExp(words) })).toBeVisible({ timeout: 30_000 });

  await test.step('the administrator hands all of it over, with the grids', async () => {
    const office = await (await browser.newContext(desk)).newPage();
    await signInAtDesk(office, server.url, 'admin');
    await office.goto(`${server.url}/office/people?q=wangge1`);
    await office.locator('table tbody a').first().click();
    await office.getByRole('link', { name: '交接' }).click();
    await expect(office.getByText(/名下有 \d+ 件办理中的派单/)).toBeVisible();
    // What is answered is read below: the program has to ask, and not the browser by itself.
    await settled(office);
    await office.getByRole('checkbox', { name: /同时负责网格/ }).check();
    await handOver(office);
    await expect(office.getByText(/已将 \d+ 件派单交给/)).toBeVisible();
    await expect(office.getByText('名下没有办理中的派单')).toBeVisible();
  });

  await inspector.goto(`${server.url}/field/`);
  await expect(inspector.getByRole('heading', { name: '今天', level: 1 })).toBeVisible();
  await expect(inspector.getByRole('region', { name: '派给您' })).toHaveCount(0);
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

/** Chooses the first person of this role. */
async function choose(within: Pick<Page, 'getByRole'>, role: string): Promise<void> {
  const people = within.getByRole('combobox', { name: /承办人|接手人/ });
  const value = await people.getByRole('option', { name: new RegExp(`${role}$`) }).first().getAttribute('value');
  await people.selectOption(value);
}
