// One form of the catalogue in the hands of its authors: what specs of the editor do with it again and again.
import type { Page } from '@playwright/test';
import { readFile } from 'node:fs/promises';
import { settled } from './screens.mjs';
import { expect } from './server';

export const FORM = '/office/forms/ebike-charging';
export const TITLE = '电动自行车停放充电检查';
export const NEW_TEXT = '充电棚里的线路没有破皮、发热';

/** The newest version as the office exports it, sent in as a draft. */
export async function sendWorkbook(page: Page, url: string): Promise<void> {
  await page.goto(url + FORM);
  await settled(page);
  const download = page.waitForEvent('download');
  await page.getByRole('main').getByRole('link', { name: '导出 XLSForm', exact: true }).first().click();
  const buffer = await readFile(await (await download).path());
  const mimeType = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';
  await sendFile(page, url, { name: 'ebike.xlsx', mimeType, buffer });
  await page.waitForURL(/\/edit/);
}

/** Sends a workbook in, alone or with its pictures; what becomes of it is for the caller to see. */
export async function sendFile(page: Page, url: string, file: { name: string; mimeType: string; buffer: Buffer }): Promise<void> {
  await page.goto(`${url}/office/forms`);
  await settled(page);
  await page.getByText('编制检查表', { exact: true }).click();
  await page.getByLabel('工作簿文件').setInputFiles(file);
  await page.getByRole('button', { name: '上传为草稿' }).click();
}

/** Puts a picture to the open row. */
export async function sendPicture(page: Page): Promise<void> {
  const dot = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';
  const picture = { name: 'dot.png', mimeType: 'image/png', buffer: Buffer.from(dot, 'base64') };
  await page.getByLabel('添加示例图').setInputFiles(picture);
  await page.getByRole('button', { name: '上传图片' }).click();
}

/** The rows that somebody answers. */
export const questionRows = (page: Page) =>
  page.getByRole('row').filter({ hasText: /合格、不合格|计数|数值|单选|多选|日期|文字/ }).getByRole('link');

/** A draft of the newest version. */
export async function begin(page: Page, url: string): Promise<void> {
  await page.goto(url + FORM);
  await settled(page);
  await page.getByRole('button', { name: '编辑' }).click();
  await page.waitForURL(/\/edit/);
}

/** Opens the first row that somebody answers. */
export async function openQuestion(page: Page): Promise<void> {
  await questionRows(page).first().click();
  await page.waitForURL(/row=\d+/);
  await expect(page.getByLabel('内容（中文）')).toBeVisible();
}

/** What the editor says while its row has words that are not saved. */
export const unsaved = (page: Page) => page.getByText('有改动尚未保存', { exact: true });

/** Publishes the draft from today on; the version that it became. */
export async function publish(page: Page): Promise<number> {
  await page.getByText('发布', { exact: true }).click();
  await page.getByLabel('审核人').fill('林芳');
  await page.getByRole('button', { name: '确认发布' }).click();
  await page.waitForURL(/published=\d+/);
  await expect(page.getByText(/已发布，即日起使用，由林芳审核/)).toBeVisible();
  return Number(new URL(page.url()).searchParams.get('published'));
}

/** The phone has received a form in which this stands. */
export const has = (page: Page, text: string) =>
  page.evaluate(
    (text) =>
      new Promise<boolean>((resolve) => {
        const open = indexedDB.open('xunan');
        open.onerror = () => resolve(false);
        open.onsuccess = () => {
          const db = open.result;
          const all = db.transaction('records').objectStore('records').getAll(IDBKeyRange.bound('form/', 'form0'));
          all.onsuccess = () => (db.close(), resolve(JSON.stringify(all.result).includes(text)));
          all.onerror = () => (db.close(), resolve(false));
        };
      }),
    text,
  );
