// A form and the pictures of its hints in one file, from one office to another: what is wrong with a file is said before anything
// is taken; what is taken shows in the editor, and on a phone once it is published.
import type { Locator, Page } from '@playwright/test';
import { readFile } from 'node:fs/promises';
import { TITLE, begin, openQuestion, publish, sendFile, sendPicture } from './forms';
import { beginVisit, desk, phone, signInAtDesk, signInOnPhone, waitUntilOfflineReady } from './phone.mjs';
import { Server, expect, test } from './server';
import { zip } from './zip';

const SHOWN = '充电口完好，没有烧痕';

/** What the link of this name in the page's head downloads. */
async function downloaded(page: Page, link: string): Promise<{ name: string; bytes: Buffer }> {
  const download = page.waitForEvent('download');
  await page.getByRole('main').getByRole('link', { name: link, exact: true }).first().click();
  const file = await download;
  return { name: file.suggestedFilename(), bytes: await readFile(await file.path()) };
}

/** It is there, and has been drawn. */
async function isDrawn(picture: Locator): Promise<void> {
  await expect(picture).toBeVisible({ timeout: 30_000 });
  const width = () => picture.evaluate((image) => (image as HTMLImageElement).naturalWidth);
  await expect.poll(width, { timeout: 30_000 }).toBeGreaterThan(0);
}

test('a form goes with its picture in one file to another office, and phones there show it', async ({ browser, server }) => {
  test.setTimeout(180_000);
  const page = await (await browser.newContext(desk)).newPage();
  await signInAtDesk(page, server.url, 'admin');
  await begin(page, server.url);
  await openQuestion(page);
  await sendPicture(page);
  await expect(page.getByRole('button', { name: '去掉示例图' })).toBeVisible();
  await page.getByLabel('示例图说明（中文）', { exact: true }).fill(SHOWN);
  await page.getByLabel('示例图说明（英文）', { exact: true }).fill('A sound socket without burns');
  await page.getByRole('button', { name: '保存', exact: true }).click();
  await expect(page.getByText('有改动尚未保存', { exact: true })).toBeHidden();
  await isDrawn(page.getByAltText(SHOWN).first());
  const book = await downloaded(page, '导出 XLSForm');
  const bundle = await downloaded(page, '导出（含示例图）');
  expect(bundle.name).toBe('ebike-charging-draft.zip');
  const picture = /media\/[0-9a-f]{64}\.jpg/.exec(bundle.bytes.toString('latin1'))?.[0] ?? '';
  expect(picture).not.toBe('');

  const other = await Server.open();
  try {
    const there = await (await browser.newContext(desk)).newPage();
    await signInAtDesk(there, other.url, 'admin');

    await test.step('what is wrong with a file is said in words, and nothing of it is taken', async () => {
      const torn = Buffer.from(bundle.bytes).fill(0, 0, 4);
      const noPicture = zip({ [book.name]: book.bytes, [picture]: Buffer.from('GIF89a') });
      const two = zip({ [book.name]: book.bytes, 'another.xlsx': book.bytes });
      const name = picture.replace('media/', '');
      const refused: [Buffer, string][] = [
        [torn, '压缩包已损坏或设有密码'],
        [noPicture, `media 文件夹里的“${name}”不能使用：这个文件不是完好的 JPEG、PNG 或 WebP 图片`],
        [two, '压缩包里有多个 .xlsx 文件'],
      ];
      for (const [bytes, words] of refused) {
        await sendFile(there, other.url, { name: bundle.name, mimeType: 'application/zip', buffer: bytes });
        await expect(there.getByRole('alert').filter({ hasText: words })).toBeVisible();
        expect(new URL(there.url()).pathname).toBe('/office/forms');
      }
      const listed = there.getByRole('row').filter({ hasText: TITLE }).first();
      await there.reload();
      await expect(listed).toBeVisible();
      await expect(listed).not.toContainText('草稿');
    });

    await test.step('the file becomes a draft, with the picture in its editor', async () => {
      await sendFile(there, other.url, { name: bundle.name, mimeType: 'application/zip', buffer: bundle.bytes });
      await there.waitForURL(/\/edit/);
      await openQuestion(there);
      await isDrawn(there.getByAltText(SHOWN).first());
      await expect(there.getByRole('button', { name: '去掉示例图' })).toBeVisible();
      await publish(there);
    });

    await test.step('a phone of that office shows it at the question', async () => {
      const field = await (await browser.newContext(phone)).newPage();
      await signInOnPhone(field, other.url);
      await waitUntilOfflineReady(field);
      await beginVisit(field, other.url, '充电棚', TITLE);
      await isDrawn(field.getByAltText(SHOWN).first());
    });
  } finally {
    await other.discard();
  }
});
