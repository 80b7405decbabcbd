// A figure of the overview, the rows that it opens, and the same rows as a file; with the program and without.
import { readFile } from 'node:fs/promises';
import type { Page } from '@playwright/test';
import { desk, signInAtDesk } from './phone.mjs';
import { settled } from './screens.mjs';
import { expect, test } from './server';

/** The file that the link leads to, as text. */
async function taken(page: Page, name: string): Promise<{ file: string; text: string }> {
  const download = page.waitForEvent('download');
  await page.getByRole('link', { name }).click();
  const file = await download;
  return { file: file.suggestedFilename(), text: await readFile(await file.path(), 'latin1') };
}

for (const javaScriptEnabled of [true, false]) {
  test(`a figure opens its rows, and they leave as files${javaScriptEnabled ? '' : ', without the program'}`, async ({ browser, server }) => {
    const page = await (await browser.newContext({ ...desk, javaScriptEnabled })).newPage();
    await signInAtDesk(page, server.url, 'admin');
    await page.goto(`${server.url}/office`);
    if (javaScriptEnabled) await settled(page);
    const figure = page.getByRole('link', { name: /逾期，最久/ }).first();
    const said = Number((await figure.innerText()).match(/\d+/)?.[0]);
    await figure.click();
    await page.waitForURL(/status=late/);
    await expect(page.getByRole('status').filter({ hasText: new RegExp(`^\\s*${said} 条`) })).toBeVisible();

    const lines = await taken(page, '导出 CSV');
    expect(lines.file).toMatch(/^隐患台账-\d{4}-\d{2}-\d{2}\.csv$/);
    const utf8 = Buffer.from(lines.text, 'latin1').toString('utf8');
    expect(utf8.startsWith('\ufeff编号,场所,')).toBe(true);
    expect(utf8.trimEnd().split('\n').length, 'a heading and the rows').toBe(1 + said);
    const book = await taken(page, '导出 Excel');
    expect(book.file).toMatch(/\.xlsx$/);
    expect(book.text.startsWith('PK')).toBe(true);
    await expect(page, 'the list stays').toHaveURL(/status=late/);
  });
}
