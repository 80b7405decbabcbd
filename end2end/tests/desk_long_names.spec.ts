// Names as long as they may be, in tables, headings and forms: at 1280 and at 390 pixels, in both languages, nothing is
// pushed out of the page.
import type { Page } from '@playwright/test';
import { desk, signInAtDesk } from './phone.mjs';
import { expect, test } from './server';

const long = (word: string) => word.repeat(Math.ceil(100 / word.length)).slice(0, 100);
const department = long('生态环境保护与安全生产综合监督管理办公室');
const community = long('金河路沿街商铺与老旧小区联合社区');
const site = long('A-very-long-name-without-any-blank-in-it');

async function wide(page: Page, name: string, width: number): Promise<string[]> {
  await page.waitForLoadState('networkidle');
  return page.evaluate(
    ([name, width]) => {
      const found: string[] = [];
      const root = document.documentElement;
      if (root.scrollWidth > root.clientWidth + 1) found.push(`${name} at ${width}: the page is ${root.scrollWidth} wide`);
      // Tables may be scrolled in their own place; headings and forms must not reach beyond theirs.
      for (const one of document.querySelectorAll('h1, h2, h3, form:not(td form), aside, nav, dl, [role=alert]')) {
        const box = one.getBoundingClientRect();
        if (box.width > 0 && box.right > root.clientWidth + 1) found.push(`${name} at ${width}: ${one.tagName} “${one.textContent?.trim().slice(0, 20)}” ends at ${box.right}`);
      }
      return found;
    },
    [name, width] as const,
  );
}

test('names of a hundred characters break no page of the desk', async ({ browser, server }) => {
  test.setTimeout(360_000);
  const context = await browser.newContext(desk);
  const page = await context.newPage();
  await signInAtDesk(page, server.url, 'admin');
  await page.goto(`${server.url}/office/settings?part=departments`);
  await page.getByLabel('部门名称').fill(department);
  await page.getByRole('button', { name: '新增', exact: true }).click();
  await page.getByRole('link', { name: department }).waitFor();
  await page.goto(`${server.url}/office/settings?part=places`);
  await page.getByLabel('村（社区）名称').fill(community);
  await page.getByLabel('网格数量').fill('3');
  await page.getByRole('button', { name: '新增', exact: true }).click();
  await page.getByRole('link', { name: community }).waitFor();
  await page.goto(`${server.url}/office/sites/new`);
  await page.getByLabel('场所名称').fill(site);
  await page.getByRole('textbox', { name: '编码' }).fill('LONG-1');
  await page.locator('input[type=checkbox][name="form[kinds][]"]').first().check();
  await page.getByLabel('风险等级').selectOption('general');
  await page.getByLabel('网格', { exact: true }).selectOption({ label: `${community} · 第 1 网格` });
  await page.getByLabel('责任部门').selectOption({ label: department });
  await page.getByLabel('包联领导').fill(long('欧阳'));
  await page.getByRole('button', { name: '保存' }).click();
  await page.waitForURL(/\/office\/sites\/[0-9a-f-]+$/);
  const address = page.url();

  const found: string[] = [];
  for (const lang of ['zh-CN', 'en']) {
    await context.addCookies([{ name: 'lang', value: lang, url: server.url }]);
    for (const width of [1280, 390]) {
      await page.setViewportSize({ width, height: 844 });
      for (const path of [
        address,
        `${address}/edit`,
        `${server.url}/office/sites?q=LONG-1`,
        `${server.url}/office/settings?part=places`,
        `${server.url}/office/settings?part=departments`,
        `${server.url}/office/start?step=places`,
        `${server.url}/office/people/new`,
        `${server.url}/office`,
        `${server.url}/office/hazards`,
      ]) {
        await page.goto(path);
        found.push(...(await wide(page, `${lang} ${path.replace(server.url, '')}`, width)));
      }
      await page.goto(`${server.url}/office/settings?part=places`);
      await page.getByRole('link', { name: community }).click();
      await page.getByRole('complementary').getByRole('heading', { level: 2 }).waitFor();
      found.push(...(await wide(page, `${lang} the community beside the list`, width)));
    }
  }
  expect(found).toEqual([]);
});
