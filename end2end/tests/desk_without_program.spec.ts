// The desk without its program: where scripts are off, where it does not arrive, and where something else has put its own
// elements into the page. Rows, links and forms work all the same, and a line says so where the program was to be there.
import type { Page } from '@playwright/test';
import { desk, signInAtDesk } from './phone.mjs';
import { expect, test } from './server';

const said = '页面的程序没有启动，链接和表单照常可用';

/** Stays in the window as long as no other document is loaded. */
const mark = (page: Page) => page.evaluate(() => void ((window as { marked?: boolean }).marked = true));
const isMarked = (page: Page) => page.evaluate(() => (window as { marked?: boolean }).marked === true);

/** The program answers a key: that nothing comes over the network any more does not say that it lives. */
const lives = (page: Page) =>
  expect(async () => {
    await page.keyboard.press('/');
    await expect(page.getByRole('search').getByRole('searchbox')).toBeFocused({ timeout: 250 });
  }, 'the program lives').toPass();

test('with scripts off everything is a link or a form', async ({ browser, server }) => {
  test.setTimeout(120_000);
  const page = await (await browser.newContext({ ...desk, javaScriptEnabled: false })).newPage();
  await signInAtDesk(page, server.url, 'admin');

  await test.step('a row opens where it is clicked, the number leads to the page', async () => {
    await page.goto(`${server.url}/office/hazards?status=to_assign`);
    await page.locator('tbody tr').nth(1).locator('td').nth(3).click({ force: true });
    await expect(page).toHaveURL(/open=/);
    await expect(page.getByRole('complementary').getByRole('heading', { level: 2 })).toBeVisible();
    await page.locator('tbody tr').nth(1).locator('td a').first().click();
    await expect(page).toHaveURL(/\/office\/hazards\/[0-9a-f-]+$/);
  });

  await test.step('a hazard is assigned; what was typed is kept where it is refused', async () => {
    const form = page.locator('form', { hasText: '责任单位和责任人' }).first();
    await form.getByLabel('责任单位和责任人').fill('锦绣物业 · 张经理');
    await form.getByLabel('措施').fill('拆除插线板');
    await form.getByLabel('资金').fill('0 元');
    await form.getByLabel('预案').fill('专人看守');
    await form.getByLabel('期限').fill('');
    await form.getByRole('button', { name: '交办' }).click();
    await expect(page.getByText('请选一个日期')).toBeVisible();
    await expect(form.getByLabel('责任单位和责任人')).toHaveValue('锦绣物业 · 张经理');
    await form.getByLabel('期限').fill(new Date(Date.now() + 5 * 86_400_000).toISOString().slice(0, 10));
    await form.getByRole('button', { name: '交办' }).click();
    await expect(page.getByText(/交办，限/).first()).toBeVisible();
  });

  await test.step('a search, a filter, a site that is changed', async () => {
    await page.goto(`${server.url}/office/sites`);
    await page.getByRole('searchbox').fill('chongdian');
    await page.getByRole('searchbox').press('Enter');
    await expect(page).toHaveURL(/q=chongdian/);
    await page.locator('tbody tr td a').nth(1).click();
    await page.getByRole('link', { name: '修改' }).click();
    await page.getByLabel('包联领导').fill('王主任');
    await page.getByRole('button', { name: '保存' }).click();
    await expect(page.getByText('王主任')).toBeVisible();
  });

  await test.step('places are made, and a twin is told with what was typed', async () => {
    await page.goto(`${server.url}/office/settings?part=places`);
    await page.getByLabel('村（社区）名称').fill('石榴社区');
    await page.getByLabel('网格数量').fill('2');
    await page.getByRole('button', { name: '新增', exact: true }).click();
    await expect(page.getByRole('link', { name: '石榴社区' })).toBeVisible();
    await page.getByLabel('村（社区）名称').fill('石榴 社区');
    await page.getByRole('button', { name: '新增', exact: true }).click();
    await expect(page.getByText(/可能是同一个/)).toBeVisible();
    await expect(page.getByLabel('村（社区）名称')).toHaveValue('石榴 社区');
  });

  await test.step('a page past the end says so', async () => {
    for (const list of ['sites', 'audit']) {
      await page.goto(`${server.url}/office/${list}?page=999`);
      await page.getByRole('link', { name: '去最后一页' }).click();
      await expect(page.locator('tbody tr').first()).toBeVisible();
    }
    await page.goto(`${server.url}/office/quarantine?page=999`);
    await expect(page.getByText('没有搁置的内容')).toHaveCount(0);
    await page.getByRole('link', { name: '去最后一页' }).click();
    await page.waitForURL(/\/office\/quarantine$/);
  });
});

test('what something else puts into the body is none of the program’s business', async ({ browser, server }) => {
  const context = await browser.newContext(desk);
  await context.addInitScript(() => {
    new MutationObserver((_, observer) => {
      if (!document.body) return;
      observer.disconnect();
      const foreign = document.createElement('div');
      foreign.id = 'foreign';
      document.body.prepend(foreign, document.createTextNode('x'));
    }).observe(document, { childList: true, subtree: true });
  });
  const page = await context.newPage();
  await signInAtDesk(page, server.url, 'admin');
  await page.goto(`${server.url}/office/hazards`);
  await expect(page.locator('#foreign')).toBeAttached();
  await lives(page);
  await mark(page);
  await page.locator('tbody tr').nth(2).locator('td').nth(3).click({ force: true });
  await expect(page).toHaveURL(/open=/);
  expect(await isMarked(page), 'the program did it').toBe(true);
  await expect(page.getByText(said)).toHaveCount(0);
});

test('where its own element was changed it lets go, and says so', async ({ browser, server }) => {
  const context = await browser.newContext(desk);
  await context.addInitScript(() => {
    new MutationObserver((_, observer) => {
      const menu = document.querySelector('nav');
      if (!menu) return;
      observer.disconnect();
      menu.before(document.createElement('section'));
      document.querySelector('#app')?.prepend(document.createElement('section'));
    }).observe(document, { childList: true, subtree: true });
  });
  const page = await context.newPage();
  await signInAtDesk(page, server.url, 'admin');
  await page.goto(`${server.url}/office/hazards`);
  await expect(page.getByText(said)).toBeVisible();
  await page.locator('tbody tr').nth(2).locator('td').nth(3).click({ force: true });
  await expect(page.getByRole('complementary').getByRole('heading', { level: 2 })).toBeVisible();
  await page.getByRole('link', { name: '场所', exact: true }).click();
  await expect(page).toHaveURL(/\/office\/sites/);
});

test('where it does not arrive a line says so and rows lead on', async ({ browser, server }) => {
  const context = await browser.newContext(desk);
  await context.route('**/*.wasm', (route) => route.abort());
  const page = await context.newPage();
  await signInAtDesk(page, server.url, 'admin');
  await page.goto(`${server.url}/office/hazards`);
  await expect(page.getByText(said)).toBeVisible();
  await page.locator('tbody tr').nth(2).locator('td').nth(3).click({ force: true });
  await expect(page.getByRole('complementary').getByRole('heading', { level: 2 })).toBeVisible();
});

test('what is typed before the program arrives stays', async ({ browser, server }) => {
  const page = await (await browser.newContext(desk)).newPage();
  await signInAtDesk(page, server.url, 'admin');
  let arrive = () => {};
  const arrived = new Promise<void>((done) => (arrive = done));
  await page.route('**/pkg/xunan.*.wasm', async (route) => {
    await arrived;
    await route.continue();
  });
  await page.goto(`${server.url}/office/hazards`, { waitUntil: 'commit' });
  const search = page.getByRole('search').getByRole('searchbox');
  await search.fill('消防');
  await search.blur();
  arrive();
  await lives(page);
  await expect(search).toHaveValue('消防');
});

test('where the part of a page does not arrive the page goes on without it, and the others live', async ({ browser, server }) => {
  const context = await browser.newContext(desk);
  const page = await context.newPage();
  await signInAtDesk(page, server.url, 'admin');
  await context.route('**/pkg/split_hazards.*.wasm', (route) => route.abort());

  await page.goto(`${server.url}/office/hazards`);
  await expect(page.getByText(said)).toBeVisible();
  await page.locator('tbody tr').nth(2).locator('td').nth(3).click({ force: true });
  await expect(page.getByRole('complementary').getByRole('heading', { level: 2 })).toBeVisible();

  await page.goto(`${server.url}/office/sites`);
  await expect(page.getByText(said)).toHaveCount(0);
  await lives(page);
  await mark(page);
  await page.getByRole('link', { name: '网格', exact: true }).click();
  await expect(page).toHaveURL(/\/office\/grids/);
  expect(await isMarked(page), 'the program did it').toBe(true);
  await page.getByRole('link', { name: /隐患台账/ }).click();
  await expect(page).toHaveURL(/\/office\/hazards/);
  await expect(page.getByText(said), 'the browser went there by itself').toBeVisible();
});
