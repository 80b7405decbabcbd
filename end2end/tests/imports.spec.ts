// A list of sites on its way into the office: sent, looked at, put right, agreed to, written, taken back. And the same
// without the program.
import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { desk, signInAtDesk } from './phone.mjs';
import { settled } from './screens.mjs';
import { expect, test } from './server';

const HEAD = '编码,名称,类别,风险等级,社区,网格,地址,备注';

/** One row that a spreadsheet spoiled, one that lowers a risk, one new one, one of a new grid. */
const LIST = [
  HEAD,
  '3月1日,金河副食店,public-venue,一般,金河社区,第 2 网格,金河路 3 号,x',
  'XC0001,,,低,,,,',
  'T-0001,新开的店,public-venue,低,金河 社区,第1网格,金河路 4 号,',
  'T-0002,石桥便民站,public-venue,低,石桥村,第 9 网格,石桥路 1 号,',
].join('\n');

const file = (text: string) => ({ name: '九小场所底册.csv', mimeType: 'text/csv', buffer: Buffer.from(`\ufeff${text}`) });

async function send(page: Page, url: string, text: string): Promise<void> {
  await page.goto(`${url}/office/import`);
  await page.getByLabel('表格文件').setInputFiles(file(text));
  await page.getByRole('button', { name: '上传并预览' }).click();
  await page.waitForURL(/\/office\/import\/[0-9a-f-]{36}/);
  await expect(page.getByText('预览，尚未写入')).toBeVisible();
}

/** Codes that the search of the sites finds. */
async function finds(page: Page, url: string, words: string): Promise<number> {
  await page.goto(`${url}/office/sites?q=${encodeURIComponent(words)}`);
  await settled(page);
  return page.locator('table tbody tr').count();
}

const row = (page: Page, words: string) => page.locator('tbody tr', { hasText: words });

/** How many rows there are of each kind. */
const outcome = (page: Page) => page.getByRole('navigation', { name: '比对结果' });

/** What lowers a risk depends on what the demonstration drew; the first site is made grave beforehand. */
async function makeGrave(page: Page, url: string): Promise<void> {
  await send(page, url, '编码,风险等级\nXC0001,重大');
  const write = page.getByRole('button', { name: /^写入：|没有需要写入的/ });
  await expect(write).toBeVisible();
  if (await write.isEnabled()) {
    await write.click();
    await page.waitForURL(/\/office\/import$/);
  }
}

test('a list is put right, agreed to, written and taken back', async ({ browser, server }) => {
  test.setTimeout(120_000);
  const page = await (await browser.newContext(desk)).newPage();
  await signInAtDesk(page, server.url, 'admin');
  await makeGrave(page, server.url);
  await send(page, server.url, LIST);

  await test.step('nothing is written while a row is wrong or without its word', async () => {
    await expect(page.getByRole('button', { name: /^写入/ })).toHaveCount(0);
    await expect(page.getByText('未使用')).toContainText('备注');
    await expect(page.getByText('写入时新建')).toContainText('石桥村 第 9 网格');
    await expect(outcome(page)).toContainText('1 有误');
    await expect(outcome(page)).toContainText('1 待确认');
    const { violations } = await new AxeBuilder({ page }).withTags(['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa']).analyze();
    expect(violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.target.join(' ')}`)).toEqual([]);
  });

  await test.step('the spoiled code is put right beside its row', async () => {
    await page.getByRole('link', { name: /^下一处/ }).click();
    const side = page.getByRole('complementary', { name: '第 2 行' });
    await expect(side.getByLabel('编码应为')).toHaveValue('3-1');
    await side.getByRole('button', { name: '采用' }).click();
    await expect(outcome(page)).toContainText('0 有误');
  });

  await test.step('what is lowered wants its tick', async () => {
    const lowered = row(page, 'XC0001');
    await expect(lowered).toContainText('重大风险');
    await lowered.getByRole('checkbox', { name: '同意降级' }).click();
    await expect(row(page, 'XC0001').getByRole('checkbox', { name: '同意降级' })).toBeChecked();
  });

  await test.step('the button says what it writes', async () => {
    await page.getByRole('button', { name: '写入：新增 3、变更 1' }).click();
    await page.waitForURL(/\/office\/import$/);
    await expect(page.getByText('新增 3、变更 1')).toBeVisible();
    expect(await finds(page, server.url, 'T-0001')).toBe(1);
    expect(await finds(page, server.url, '金河副食店')).toBe(1);
  });

  await test.step('taken back as a whole, it is as it was', async () => {
    await page.goto(`${server.url}/office/import`);
    await page.getByText('整批撤销', { exact: true }).click();
    await page.getByRole('button', { name: '确定撤销' }).click();
    await expect(page.getByText(/整批撤销，0 条/)).toBeVisible();
    await send(page, server.url, '编码,风险等级\nXC0001,重大');
    await expect(outcome(page)).toContainText('1 无变化');
  });
});

test('a file that is no list says so', async ({ browser, server }) => {
  const page = await (await browser.newContext(desk)).newPage();
  await signInAtDesk(page, server.url, 'admin');
  await page.goto(`${server.url}/office/import`);
  await page.getByLabel('表格文件').setInputFiles({ name: 'a.xlsx', mimeType: 'application/zip', buffer: Buffer.from('PK\u0003\u0004') });
  await page.getByRole('button', { name: '上传并预览' }).click();
  await expect(page.getByRole('alert')).toContainText('文件未能读取，未改动任何数据');
});

test('all of it works without the program', async ({ browser, server }) => {
  const page = await (await browser.newContext({ ...desk, javaScriptEnabled: false })).newPage();
  await signInAtDesk(page, server.url, 'admin');
  await send(page, server.url, LIST.replace('XC0001,,,低,,,,\n', ''));
  await row(page, '金河副食店').getByRole('button', { name: '应为 3-1' }).click();
  await expect(outcome(page)).toContainText('0 有误');
  await page.getByRole('button', { name: '写入：新增 3、变更 0' }).click();
  await page.waitForURL(/\/office\/import$/);
  await expect(page.getByText('新增 3、变更 0')).toBeVisible();
});

test('on a narrow screen the rows are read one below the other', async ({ browser, server }) => {
  const page = await (await browser.newContext({ ...desk, viewport: { width: 390, height: 844 } })).newPage();
  await signInAtDesk(page, server.url, 'admin');
  await send(page, server.url, LIST);
  const [shown, wide] = await page.evaluate(() => [innerWidth, document.documentElement.scrollWidth]);
  expect(wide).toBeLessThanOrEqual(shown!);
  await page.getByRole('link', { name: /^下一处/ }).click();
  await expect(page.getByLabel('编码应为')).toBeVisible();
  await page.getByRole('link', { name: '返回列表' }).click();
  await expect(row(page, '金河副食店')).toBeVisible();
});

test('the marked list can be downloaded', async ({ browser, server }) => {
  const page = await (await browser.newContext(desk)).newPage();
  await signInAtDesk(page, server.url, 'admin');
  await send(page, server.url, LIST);
  const download = page.waitForEvent('download');
  await page.getByRole('link', { name: '下载标注后的表格' }).click();
  expect((await download).suggestedFilename()).toMatch(/\.xlsx$/);
});
