// The end of a visit: somebody signs with a finger, refuses before a witness, or nobody is there; an empty pad is no signature, and
// what was written is there when the page comes back. The desk's record says each.
import type { Locator, Page } from '@playwright/test';
import { photos } from './photos';
import { answerTheRest, beginVisit, desk, phone, pictures, signInAtDesk, signInOnPhone, waitUntilOfflineReady } from './phone.mjs';
import { expect, test } from './server';

const FORM = '电动自行车巡查';
const REFUSED = '店员称负责人外出，不肯签，告知单已当面念过';
const ABSENT = '门开着，等了十分钟没有人来';

type Dot = [number, number];

/** Two strokes, as somebody signs who cannot write. */
const CROSS: Dot[][] = [
  [[0.2, 0.2], [0.5, 0.8]],
  [[0.5, 0.2], [0.2, 0.8]],
];

/** Parts of the pad's width and height. */
async function draw(page: Page, pad: Locator, lines: Dot[][]): Promise<void> {
  await pad.evaluate((canvas) => canvas.scrollIntoView({ block: 'center' }));
  const box = (await pad.boundingBox())!;
  const move = ([across, down]: Dot) => page.mouse.move(box.x + across * box.width, box.y + down * box.height, { steps: 4 });
  for (const line of lines) {
    await move(line[0]!);
    await page.mouse.down();
    for (const dot of line.slice(1)) await move(dot);
    await page.mouse.up();
  }
}

/** A visit in which all is answered, before it is submitted. */
async function ended(page: Page, url: string): Promise<void> {
  await beginVisit(page, url, '充电棚', FORM);
  await answerTheRest(page);
  await page.getByRole('button', { name: '全部答完' }).click();
  await expect(submit(page)).toBeEnabled();
}

const submit = (page: Page) => page.getByRole('button', { name: '提交检查' });
const way = (page: Page, name: string) => page.getByRole('group', { name: '场所的人签收' }).getByRole('button', { name, exact: true });
const pad = (page: Page, name: string) => page.getByRole('img', { name });
const left = (page: Page, n: number) => page.getByRole('link', { name: `还有 ${n} 处，去补` });

/** The visits so far are received. */
async function sent(page: Page, visits: number): Promise<void> {
  await submit(page).click();
  await page.waitForURL(/\/field\/outbox/);
  await expect(page.getByText(/HZ-\d{4}-\d{6}/)).toHaveCount(visits, { timeout: 60_000 });
}

/** This is kept: another tab, which reads what lies there, shows it. The screen on which it is written does not say so. */
async function kept(page: Page, words: string): Promise<void> {
  const beside = await page.context().newPage();
  await expect(async () => {
    await beside.goto(page.url());
    await expect(beside.getByText(words)).toBeVisible({ timeout: 5_000 });
  }).toPass({ timeout: 40_000 });
  await beside.close();
}

test('a visit is signed for, refused before a witness, or nobody is there', async ({ browser, server }) => {
  test.setTimeout(300_000);
  const page = await (await browser.newContext(phone)).newPage();
  await signInOnPhone(page, server.url);
  await waitUntilOfflineReady(page);

  await test.step('somebody signs; a dot is no signature, and nothing is lost with the page', async () => {
    await ended(page, server.url);
    await way(page, '签收').click();
    await expect(left(page, 2)).toBeVisible();
    await page.getByLabel('签收人姓名').fill('陈国平');
    await draw(page, pad(page, '签收人签名'), [[[0.5, 0.5]]]);
    await expect(page.getByRole('alert').filter({ hasText: '签名是空的，没有收下' })).toBeVisible();
    await expect(left(page, 1)).toBeVisible();
    await page.getByRole('button', { name: '退一笔' }).click();
    await draw(page, pad(page, '签收人签名'), CROSS);
    await expect(submit(page)).toBeEnabled();
    await kept(page, '写了 2 笔');
    await page.reload();
    await expect(page.getByText('写了 2 笔')).toBeVisible();
    await expect(page.getByLabel('签收人姓名')).toHaveValue('陈国平');
    await sent(page, 1);
  });

  await test.step('somebody refuses, and a witness signs', async () => {
    await ended(page, server.url);
    await way(page, '拒签').click();
    await page.getByRole('button', { name: '等负责人' }).click();
    await page.getByLabel('当时的情况').fill(REFUSED);
    await page.getByLabel('见证人姓名').fill('孙桂兰');
    await page.getByLabel('见证人是谁').fill('隔壁 45 号店主');
    await expect(page.getByText('见证人的签名是空的')).toBeVisible();
    await expect(left(page, 1)).toBeVisible();
    await draw(page, pad(page, '见证人签名'), CROSS);
    await sent(page, 2);
  });

  await test.step('nobody is there, nor a witness: a photo says so', async () => {
    await ended(page, server.url);
    await way(page, '没有人在').click();
    await page.getByLabel('当时的情况').fill(ABSENT);
    await page.getByRole('button', { name: '找不到见证人' }).click();
    await expect(page.getByText('没有见证人，要拍一张照片')).toBeVisible();
    await page.getByRole('main').locator('input[capture]').setInputFiles(await photos(browser, ['portrait_6.jpg']));
    await expect(pictures(page.getByRole('main'))).toHaveCount(1, { timeout: 30_000 });
    await sent(page, 3);
  });

  await test.step('the desk reads how each ended', async () => {
    const atDesk = await (await browser.newContext(desk)).newPage();
    await signInAtDesk(atDesk, server.url, 'anwei1');
    const record = async (newest: number) => {
      await atDesk.goto(`${server.url}/office/visits?outcome=done`);
      await atDesk.locator('table tbody tr').nth(newest).getByRole('link').first().click();
      await atDesk.waitForURL(/\/office\/visits\/[0-9a-f-]+/);
      return atDesk.getByRole('article');
    };
    const absent = await record(0);
    await expect(absent.getByRole('heading', { name: '没有人在' })).toBeVisible();
    await expect(absent.getByText(ABSENT)).toBeVisible();
    await expect(absent.getByText('没有找到见证人')).toBeVisible();
    const refused = await record(1);
    await expect(refused.getByRole('heading', { name: '拒签：等负责人' })).toBeVisible();
    await expect(refused.getByText('孙桂兰')).toBeVisible();
    await expect(refused.getByRole('img', { name: '见证人签名' })).toBeVisible({ timeout: 30_000 });
    const signed = await record(2);
    await expect(signed.getByText('陈国平')).toBeVisible();
    await expect(signed.getByRole('img', { name: '签收人签名' })).toBeVisible({ timeout: 30_000 });
  });
});
