// While a visit is filled in, its inspector is moved to another grid, or its site is retired. What was begun can be read,
// finished, exported, sent and discarded, and what the phone says of it is true.
import type { Browser, Page } from '@playwright/test';
import { readFile } from 'node:fs/promises';
import { actions, answerTheRest, beginVisit, desk, dialog, phone, pictures, questions, rows, signInAtDesk, signInOnPhone, waitUntilOfflineReady } from './phone.mjs';
import { photos } from './photos';
import { expect, test, type Server } from './server';
import { exported, officeHas } from './work';

const SEEN = '充电柜旁堆着两箱纸板';

/** Begun: a question that failed, with words and a photo. Gives its address and its site. */
async function begun(browser: Browser, page: Page, url: string): Promise<{ draft: string; site: string }> {
  await beginVisit(page, url, '充电棚', '电动自行车停放充电检查');
  const first = questions(page).first();
  await first.getByRole('button', { name: '加一' }).click();
  await first.getByRole('button', { name: '记为不合格' }).click();
  const sheet = dialog(page);
  await sheet.getByLabel('看到什么').fill(SEEN);
  await sheet.locator('input[capture]').first().setInputFiles(await photos(browser, ['portrait_6.jpg']));
  await expect(pictures(sheet)).toHaveCount(1, { timeout: 20_000 });
  await sheet.getByRole('button', { name: '记下，继续检查' }).click();
  // The address of the form, and not of its sheet; and all of it is kept before anybody leaves.
  await page.waitForURL((url) => url.search === '');
  await expect(page.getByRole('banner').locator('[data-saved=true]')).toBeVisible();
  return { draft: page.url(), site: await page.getByRole('heading', { level: 1 }).innerText() };
}

async function atDesk(browser: Browser, server: Server): Promise<Page> {
  const page = await (await browser.newContext(desk)).newPage();
  await signInAtDesk(page, server.url, 'admin');
  return page;
}

async function retire(page: Page, server: Server, site: string): Promise<void> {
  await page.goto(`${server.url}/office/sites?q=${encodeURIComponent(site)}`);
  await page.locator('table tbody a', { hasText: site }).first().click();
  await page.waitForURL(/\/office\/sites\/[0-9a-f-]+/);
  await page.goto(`${page.url().split('?')[0]}/edit`);
  await page.getByLabel('已停用').check();
  await page.getByRole('button', { name: '保存' }).click();
  await page.waitForURL((url) => !url.pathname.endsWith('/edit'));
}

/** To the last grid in the list, away from all the others. */
async function move(page: Page, server: Server): Promise<void> {
  await page.goto(`${server.url}/office/people?q=wangge1`);
  const row = page.locator('table tbody tr').filter({ has: page.locator('td', { hasText: /^wangge1$/ }) });
  await row.getByRole('link').first().click();
  await page.waitForURL(/\/office\/people\/[0-9a-f-]+/);
  const grids = page.locator('input[type=checkbox][name*="grids"]');
  await grids.first().waitFor();
  const count = await grids.count();
  expect(count).toBeGreaterThan(1);
  const before = await grids.evaluateAll((all) => all.map((one) => (one as HTMLInputElement).checked));
  const to = before.lastIndexOf(false);
  await grids.evaluateAll((all, to) => {
    for (const [n, one] of (all as HTMLInputElement[]).entries()) {
      one.checked = n === to;
      one.dispatchEvent(new Event('change', { bubbles: true }));
    }
  }, to);
  await page.getByRole('button', { name: '保存' }).click();
  await page.waitForURL((url) => !/\/office\/people\/[0-9a-f-]+/.test(url.pathname));
}

/** The phone has heard of it: the site is not among its sites any more. */
async function heard(page: Page, server: Server, site: string): Promise<void> {
  await expect(async () => {
    await page.goto(`${server.url}/field/sites`);
    await page.getByRole('searchbox').fill(site);
    await expect(page.getByText('没有找到').or(page.getByText('还没有场所'))).toBeVisible({ timeout: 10_000 });
  }).toPass({ timeout: 90_000 });
}

for (const [what, happens, waits] of [
  ['the inspector is moved', move, true],
  ['the site is retired', retire, false],
] as const) {
  test(`${what} while a draft with a photo waits: it is finished and sent`, async ({ browser, server }) => {
    test.setTimeout(240_000);
    const context = await browser.newContext(phone);
    const page = await context.newPage();
    await signInOnPhone(page, server.url);
    await waitUntilOfflineReady(page);
    const { draft, site } = await begun(browser, page, server.url);
    const office = await atDesk(browser, server);
    await happens(office, server, site);
    await heard(page, server, site);

    // Today names the site and says how it stands; nothing says that it was submitted.
    await page.goto(`${server.url}/field/`);
    const row = page.getByRole('link', { name: /继续检查/ }).first();
    await expect(row).toContainText(site);
    await expect(row).toContainText('场所已停用或不再由您负责，仍可做完提交');
    await expect(page.getByText('场所不在本机')).toHaveCount(0);
    await row.click();
    await expect(page.getByText('可以照常做完、提交')).toBeVisible();
    await expect(page.getByText('停用的场所照常收下；不再由您负责的，街道收到后先搁置')).toBeVisible();
    await expect(questions(page).first().getByText(SEEN)).toBeVisible();

    // Taken along before it is finished: the draft, its copies and its photo are in the file.
    await page.goto(`${server.url}/field/outbox`);
    const file = await taken(page);
    const [head] = [file.subarray(file.indexOf(10) + 1, file.indexOf(10, file.indexOf(10) + 1)).toString('utf8')];
    const contents = JSON.parse(head) as { drafts: { copies: { site: { name: string } } }[]; photos: unknown[] };
    expect(contents.drafts.map(({ copies }) => copies.site.name)).toEqual([site]);
    expect(contents.photos).toHaveLength(1);

    await context.setOffline(true);
    await page.goto(draft);
    await answerTheRest(page);
    await page.getByRole('button', { name: '全部答完' }).click();
    await page.getByRole('button', { name: '提交检查' }).click();
    await page.waitForURL(/\/field\/outbox/);
    const work = await exported(page, server.url);
    expect(work.photos.size).toBe(1);
    await page.goto(draft);
    await expect(page.getByRole('heading', { name: '这份检查已经提交', level: 1 })).toBeVisible();
    await page.goto(`${server.url}/field/outbox`);
    await context.setOffline(false);
    await expect(page.getByText(/管理员/).or(page.getByText(/HZ-\d{4}-\d{6}/)).first()).toBeVisible({ timeout: 60_000 });

    // As the phone said: of a retired site it is taken at once, of another's it waits for the administrator, who takes it.
    let waited = false;
    await expect(async () => {
      await office.goto(`${server.url}/office/quarantine`);
      const take = office.getByRole('button', { name: '按原样收下' }).first();
      if (await take.isVisible()) {
        waited = true;
        await take.click();
        await office.waitForLoadState('networkidle');
      }
      await office.goto(`${server.url}/office/hazards?q=${encodeURIComponent(SEEN)}`);
      await expect(office.locator('table tbody tr', { hasText: SEEN }).first()).toBeVisible({ timeout: 5_000 });
    }).toPass({ timeout: 60_000 });
    expect(waited).toBe(waits);
  });
}

test('a draft is taken to another phone and finished there', async ({ browser, server }) => {
  test.setTimeout(240_000);
  const first = await browser.newContext(phone);
  const page = await first.newPage();
  await signInOnPhone(page, server.url);
  await waitUntilOfflineReady(page);
  const { site } = await begun(browser, page, server.url);
  await page.goto(`${server.url}/field/outbox`);
  const file = await taken(page);
  await expect(page.getByRole('link', { name: '再存一次' })).toBeVisible();
  await expect(page.getByText('没有回执的内容都还在本机')).toBeVisible();
  await first.close();

  const second = await browser.newContext(phone);
  const other = await second.newPage();
  await signInOnPhone(other, server.url);
  await waitUntilOfflineReady(other);
  await other.goto(`${server.url}/field/outbox`);
  await other.getByText('传不上去怎么办').click();
  await other.locator('input[type=file][accept=".xunan"]').setInputFiles({ name: 'a.xunan', mimeType: 'application/octet-stream', buffer: file });
  await expect(other.getByText('1 份没做完的检查')).toBeVisible();
  await other.goto(`${server.url}/field/`);
  const row = other.getByRole('link', { name: /继续检查/ }).first();
  await expect(row).toContainText(site);
  await row.click();
  await expect(questions(other).first().getByText(SEEN)).toBeVisible();
  await second.setOffline(true);
  await answerTheRest(other);
  await other.getByRole('button', { name: '全部答完' }).click();
  await other.getByRole('button', { name: '提交检查' }).click();
  await other.waitForURL(/\/field\/outbox/);
  const work = await exported(other, server.url);
  await second.setOffline(false);
  await expect(other.getByText(/HZ-\d{4}-\d{6}/).first()).toBeVisible({ timeout: 60_000 });
  await officeHas(server, work);

  // The office is told of what a file holds unfinished, and submits none of it.
  const office = await atDesk(browser, server);
  await office.goto(`${server.url}/office/quarantine`);
  await office.locator('input[type=file][name=file]').setInputFiles({ name: 'a.xunan', mimeType: 'application/octet-stream', buffer: file });
  await office.locator('form', { has: office.locator('input[name=file]') }).locator('button').click();
  await expect(office.getByText(/1 份没做完的内容/)).toBeVisible({ timeout: 20_000 });
});

test('a draft whose site is gone can be discarded', async ({ browser, server }) => {
  test.setTimeout(180_000);
  const context = await browser.newContext(phone);
  const page = await context.newPage();
  await signInOnPhone(page, server.url);
  await waitUntilOfflineReady(page);
  const { draft, site } = await begun(browser, page, server.url);
  await move(await atDesk(browser, server), server);
  await heard(page, server, site);
  await page.goto(`${draft.split('?')[0]}/review`);
  await page.getByRole('button', { name: '作废这份检查' }).click();
  await page.locator('dialog[open]').getByRole('button', { name: '作废', exact: true }).click();
  await page.getByRole('heading', { name: '今天', level: 1 }).waitFor();
  await expect(page.getByRole('link', { name: /继续检查/ })).toHaveCount(0);
  await page.goto(draft);
  await expect(page.getByRole('heading', { name: '本机没有这份检查', level: 1 })).toBeVisible();
  await expect(page.getByText('可能已经提交')).toHaveCount(0);
});

async function taken(page: Page): Promise<Buffer> {
  await page.getByText('传不上去怎么办').click();
  const download = page.waitForEvent('download', { timeout: 30_000 });
  await page.getByRole('button', { name: '导出没传的内容' }).click();
  return readFile(await (await download).path());
}

test('what was written for a hazard that has left the phone is found again and submitted', async ({ browser, server }) => {
  test.setTimeout(240_000);
  const context = await browser.newContext(phone);
  const page = await context.newPage();
  await signInOnPhone(page, server.url);
  await waitUntilOfflineReady(page);
  await page.goto(`${server.url}/field/hazards?show=mine`);
  await rows(page).first().click();
  await page.waitForURL(/\/field\/hazards\/[0-9a-f-]+$/);
  const address = page.url();
  await actions(page).getByRole('button').last().click();
  const sheet = dialog(page);
  await sheet.locator('textarea').fill('写到一半的话');
  await sheet.locator('input[capture]').first().setInputFiles(await photos(browser, ['portrait_6.jpg']));
  await expect(pictures(sheet)).toHaveCount(1, { timeout: 20_000 });
  await sheet.getByRole('button', { name: '先不做' }).click();
  await move(await atDesk(browser, server), server);
  await expect(async () => {
    await page.goto(address);
    await expect(page.getByText('这条隐患不在本机了').or(actions(page).getByRole('button')).first()).toBeVisible({ timeout: 10_000 });
    await page.goto(`${server.url}/field/hazards?show=open`);
    // Read, before it is said what is not in it.
    await rows(page).or(page.getByRole('heading', { level: 2 })).first().waitFor({ timeout: 10_000 });
    await expect(page.locator(`a[href="${new URL(address).pathname}"]`)).toHaveCount(0, { timeout: 10_000 });
  }).toPass({ timeout: 90_000 });
  await page.goto(`${server.url}/field/`);
  await page.getByRole('link', { name: /接着写/ }).click();
  await expect(sheet.getByText('这条隐患不在本机了')).toBeVisible();
  await expect(sheet.locator('textarea')).toHaveValue('写到一半的话');
  await expect(pictures(sheet)).toHaveCount(1);
  await sheet.getByRole('button').last().click();
  await expect(sheet).toBeHidden();
  await page.goto(`${server.url}/field/outbox`);
  await expect(page.getByRole('main').getByText(/管理员|HZ-\d{4}-\d{6}/).first()).toBeVisible({ timeout: 60_000 });
  await page.goto(`${server.url}/field/`);
  await expect(page.getByRole('link', { name: /接着写/ })).toHaveCount(0);
});
