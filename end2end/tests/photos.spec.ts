// Photos as phones make them: what becomes of every file, in a real browser; and the camera inside the app.
import type { Browser, Page } from '@playwright/test';
import { answerTheRest, beginVisit, desk, dialog, phone, pictures, questions, signInAtDesk, signInOnPhone, waitUntilOfflineReady } from './phone.mjs';
import { allPhotos, drawn, type Photo } from './photos';
import { expect, test } from './server';
import { exported, sha256, signedIn, type Facts } from './work';

async function openSheet(page: Page, url: string): Promise<void> {
  await beginVisit(page, url, '充电棚', '电动自行车停放充电检查');
  const first = questions(page).first();
  await first.getByRole('button', { name: '加一' }).click();
  await first.getByRole('button', { name: '记为不合格' }).click();
  await dialog(page).getByLabel('看到什么').fill('楼道里有电动车充电');
}

/** Opens a finding's sheet and takes a drawn photo in. */
async function withPhoto(browser: Browser, page: Page, url: string, name: string): Promise<void> {
  await openSheet(page, url);
  await dialog(page).locator('input[capture]').first().setInputFiles([await drawn(browser, name)]);
  await expect(pictures(dialog(page))).toHaveCount(1, { timeout: 30_000 });
}

/** Takes the files in as one finding's photos; gives what the phone would send, and the words for what it would not take. */
async function takenIn(page: Page, url: string, files: Photo[]): Promise<{ work: Awaited<ReturnType<typeof exported>>; refused: string[] }> {
  await openSheet(page, url);
  const sheet = dialog(page);
  await sheet.locator('input[capture]').first().setInputFiles(files);
  await expect(sheet.getByText(/^正在存 \d+ \/ \d+$/)).toHaveCount(0, { timeout: 60_000 });
  const refused = await sheet.getByRole('alert').locator('p').allInnerTexts();
  await expect(sheet.getByLabel('看到什么')).toHaveValue('楼道里有电动车充电');
  await sheet.getByRole('button', { name: '记下，继续检查' }).click();
  await answerTheRest(page);
  await page.getByRole('button', { name: '全部答完' }).click();
  await page.getByRole('button', { name: '提交检查' }).click();
  await page.waitForURL(/\/field\/outbox/);
  return { work: await exported(page, url), refused };
}

/** Colours of the picture above its stamp, in a grid of 8 by 8. */
async function colours(browser: Browser, jpeg: Buffer, band: number): Promise<number[]> {
  const page = await browser.newPage();
  try {
    return await page.evaluate(
      async ({ base64, band }) => {
        const image = new Image();
        image.src = `data:image/jpeg;base64,${base64}`;
        await image.decode();
        const context = Object.assign(document.createElement('canvas'), { width: 8, height: 8 }).getContext('2d')!;
        context.drawImage(image, 0, 0, image.naturalWidth, image.naturalHeight - band, 0, 0, 8, 8);
        return [...context.getImageData(0, 0, 8, 8).data].filter((_, at) => at % 4 !== 3);
      },
      { base64: jpeg.toString('base64'), band },
    );
  } finally {
    await page.close();
  }
}

const difference = (a: number[], b: number[]) => a.reduce((sum, value, at) => sum + Math.abs(value - b[at]!), 0) / a.length;

// What an Exif library reads in them; the turned ones show one scene.
const known: Record<string, Facts['camera']> = {
  'DSCN0010.jpg': { taken: '2008-10-22T16:28:39', device: 'NIKON COOLPIX P6000', software: 'Nikon Transfer 1.1 W', orientation: 1, location: { latitude: 43.467448, longitude: 11.885127 } },
  'iphone_hdr_NO.jpg': { taken: '2015-04-10T20:12:23', device: 'Apple iPhone 6', software: '8.3', orientation: 1, location: { latitude: 40.446972, longitude: -3.724753 } },
  'IMG_5195.HEIC': { taken: '2021-04-11T15:47:53', device: 'Apple iPhone 11 Pro Max', software: '14.4.2', location: { latitude: 39.051344, longitude: -94.288772 } },
  'no_exif.jpg': { software: 'Adobe Photoshop CC (Macintosh)', orientation: 1 },
  'portrait_3.jpg': { orientation: 3 },
  'portrait_5.jpg': { orientation: 5 },
  'portrait_6.jpg': { orientation: 6 },
  'portrait_8.jpg': { orientation: 8 },
};

test('every file of a real phone is kept upright with its facts, or refused with a word', async ({ browser, server }) => {
  test.setTimeout(240_000);
  const context = await browser.newContext(phone);
  const page = await signedIn(context, server.url);
  await context.setOffline(true);
  const real = await allPhotos();
  const broken: Photo[] = [
    { name: 'cut.jpg', mimeType: 'image/jpeg', buffer: (real[0] ?? (await drawn(browser, 'cut.jpg'))).buffer.subarray(0, 400) },
    { name: 'tiny.jpg', mimeType: 'image/jpeg', buffer: Buffer.from([0xff, 0xd8]) },
    { name: 'words.jpg', mimeType: 'image/jpeg', buffer: Buffer.from('这不是照片') },
  ];
  const files = real.length ? real : [await drawn(browser, 'drawn.jpg')];
  const upright: number[][] = [];
  for (let from = 0; from < files.length; from += 8) {
    const some = files.slice(from, from + 8);
    const { work, refused } = await takenIn(page, server.url, [...some, broken[(from / 8) % broken.length]!]);
    expect(refused.some((words) => words.startsWith(broken[(from / 8) % broken.length]!.name)), refused.join()).toBe(true);
    const kept = some.filter(({ name }) => !refused.some((words) => words.startsWith(name)));
    // The preview of another camera, 88 pixels wide, shows nothing; everything else is taken.
    for (const { name } of some.filter((file) => !kept.includes(file))) expect(name).toMatch(/image01137/);
    for (const { name, buffer } of kept) {
      const facts = work.facts.find(({ original }) => original === sha256(buffer))!;
      expect(facts?.source, name).toBe('camera');
      const expected = known[name];
      if (expected) {
        const { location, ...plain } = expected;
        expect(facts.camera, name).toMatchObject(plain);
        if (location) {
          expect(facts.camera?.location?.latitude, name).toBeCloseTo(location.latitude, 5);
          expect(facts.camera?.location?.longitude, name).toBeCloseTo(location.longitude, 5);
        }
      }
      const bytes = work.photos.get(facts.hash)!;
      if (facts.media_type === 'image/heic') {
        expect(bytes.equals(files.find((file) => file.name === name)!.buffer), `${name} is kept as it is`).toBe(true);
        continue;
      }
      expect(Math.max(facts.width, facts.height), name).toBeLessThanOrEqual(2048);
      expect(bytes.length, name).toBeLessThanOrEqual(614_400);
      expect(bytes.includes('Exif'), `${name} still says where it was taken`).toBe(false);
      if (name.startsWith('portrait_')) upright.push(await colours(browser, bytes, facts.caption_height!));
    }
  }
  for (const turned of upright) expect(difference(turned, upright[0]!)).toBeLessThan(6);
});

test('a page that the camera pushed out of memory comes back to the same hazard with everything in it', async ({ browser, server }) => {
  test.setTimeout(120_000);
  const context = await browser.newContext(phone);
  const page = await signedIn(context, server.url);
  await context.setOffline(true);
  await withPhoto(browser, page, server.url, 'first.jpg');
  await page.locator('[data-saved=true]').first().waitFor();
  const address = page.url();
  // While the system's camera is open the browser kills the page, not asking it for anything.
  const again = await context.newPage();
  const devtools = await context.newCDPSession(page);
  const crashed = page.waitForEvent('crash');
  devtools.send('Page.crash').catch(() => undefined);
  await crashed;
  await again.goto(address);
  await expect(dialog(again).getByLabel('看到什么')).toHaveValue('楼道里有电动车充电');
  await expect(pictures(dialog(again))).toHaveCount(1);
  await dialog(again).locator('input[capture]').first().setInputFiles([await drawn(browser, 'second.jpg')]);
  await expect(pictures(dialog(again))).toHaveCount(2, { timeout: 30_000 });
  // A question that keeps its photos in itself, not in a sheet: the thumb was elsewhere before.
  await dialog(again).getByRole('button', { name: '记下，继续检查' }).click();
  await again.waitForURL((url) => url.search === '');
  const records = questions(again).filter({ hasText: '有停放充电日常巡查记录' });
  await records.getByRole('button', { name: '加备注' }).click();
  const camera = again.waitForEvent('filechooser');
  await records.getByText('拍照', { exact: true }).click();
  await camera;
  await expect(again.getByRole('banner').locator('[data-saved=true]')).toBeVisible();
  await again.close();
  const third = await context.newPage();
  await third.goto(address.split('?')[0]!);
  await expect(questions(third).filter({ hasText: '有停放充电日常巡查记录' })).toBeInViewport();
});

test('photos taken before are taken only where the form lets them be, and say so', async ({ browser, server }) => {
  test.setTimeout(120_000);
  const context = await browser.newContext(phone);
  const page = await signedIn(context, server.url);
  await context.setOffline(true);
  await withPhoto(browser, page, server.url, 'hazard.jpg');
  await expect(dialog(page).getByRole('button', { name: '连拍' })).toHaveCount(1);
  await expect(dialog(page).getByRole('button', { name: '从相册选' })).toHaveCount(0);
  await dialog(page).getByRole('button', { name: '记下，继续检查' }).click();
  const records = questions(page).filter({ hasText: '有停放充电日常巡查记录' });
  await records.getByRole('button', { name: '加备注' }).click();
  const chooser = page.waitForEvent('filechooser');
  await records.getByRole('button', { name: '从相册选' }).click();
  await (await chooser).setFiles([await drawn(browser, 'paper.jpg')]);
  await expect(pictures(records)).toHaveCount(1, { timeout: 30_000 });
  await answerTheRest(page);
  await page.getByRole('button', { name: '全部答完' }).click();
  await page.getByRole('button', { name: '提交检查' }).click();
  await page.waitForURL(/\/field\/outbox/);
  const { facts } = await exported(page, server.url);
  const { latitude, longitude } = phone.geolocation;
  const taken = facts.find(({ source }) => source === 'camera');
  expect(taken?.location, 'where it was taken').toMatchObject({ latitude, longitude });
  const chosen = facts.find(({ source }) => source === 'gallery');
  expect(chosen, 'where it was chosen is not where it was taken').toBeDefined();
  expect(chosen?.location).toBeUndefined();
});

test('whoever accepts is told what speaks against the photos, or that it takes signal to know', async ({ browser, server }) => {
  test.setTimeout(120_000);
  const context = await browser.newContext(phone);
  const page = await context.newPage();
  await signInOnPhone(page, server.url, 'anwei1');
  await waitUntilOfflineReady(page);
  await page.goto(`${server.url}/field/hazards?show=open`);
  // The phone's session opens no desk.
  const office = await (await browser.newContext(desk)).newPage();
  await signInAtDesk(office, server.url, 'anwei1');
  await office.goto(`${server.url}/office/hazards?status=to_accept`);
  const waiting = [...(await office.content()).matchAll(/\/office\/hazards[^"]*?([0-9a-f]{8}-[0-9a-f-]{27})/g)].map((match) => match[1]!);
  // One in so many of the demonstration's repairs is proved by the photo of the one before it; this one is not.
  let honest = '';
  for (const id of waiting) {
    await office.goto(`${server.url}/office/hazards/${id}`);
    if (await office.getByText(/是同一张照片/).count()) continue;
    honest = id;
    break;
  }
  await page.goto(`${server.url}/field/hazards/${honest}`);
  await expect(page.getByText('照片已自动比对，没有要提醒的')).toBeVisible();
  // What the server says is shown as it is.
  const hash = '0'.repeat(64);
  const findings = [
    { finding: { same_as_found: {} } },
    { finding: { nearly_same: { bits: 7, earlier: { photo: hash, by: { hazard: honest }, at: new Date().toISOString() } } }, earlier: { by: { hazard: honest }, number: 'XC-2026-000001' } },
  ];
  await page.route('**/api/v1/hazards/*/photos', (route) => route.fulfill({ json: { thresholds: { alike_bits: 80, far_metres: 300, same_place_percent: 20 }, photos: [{ hash, comparison: 'done', findings }, { hash: '1'.repeat(64), comparison: 'to_come', findings: [] }] } }));
  await page.reload();
  const told = page.getByRole('region', { name: '照片核对' });
  await expect(told.getByText('和发现时的照片是同一张')).toBeVisible();
  await told.getByText('怎么判断的').click();
  await expect(told.getByText('画面相差不到 32%')).toBeVisible();
  await expect(told.getByText('还有 1 张照片没有传到或正在比对')).toBeVisible();
  await expect(told.getByRole('link', { name: 'XC-2026-000001' })).toHaveAttribute('href', `/field/hazards/${honest}`);
  await page.unroute('**/api/v1/hazards/*/photos');
  // What was told stays when the signal goes.
  await context.setOffline(true);
  await expect(told.getByText('和发现时的照片是同一张')).toBeVisible();
  await page.reload();
  await expect(page.getByText('有信号时再核对')).toBeVisible();
});

test('the camera inside the app takes several in a row without leaving the question', async ({ browser, server }) => {
  test.setTimeout(120_000);
  const context = await browser.newContext(phone);
  const page = await signedIn(context, server.url);
  await openSheet(page, server.url);
  const sheet = dialog(page);
  await sheet.getByRole('button', { name: '连拍' }).first().click();
  const finder = page.getByRole('dialog', { name: '连拍' });
  const shutter = finder.getByRole('button', { name: '拍照' });
  await expect(finder.locator('video')).toHaveJSProperty('paused', false);
  await expect(() => expect(finder.locator('video').evaluate((video: HTMLVideoElement) => video.videoWidth)).resolves.toBeGreaterThan(0)).toPass();
  for (let n = 0; n < 3; n += 1) await shutter.click();
  await expect(finder.getByText('3 / 9')).toBeVisible();
  await finder.getByRole('button', { name: '完成' }).click();
  await expect(pictures(sheet)).toHaveCount(3, { timeout: 30_000 });
  await expect(sheet.getByLabel('看到什么')).toHaveValue('楼道里有电动车充电');
  // The camera is off again.
  const films = () => page.locator('dialog video').evaluateAll((videos) => videos.some((video) => ((video as HTMLVideoElement).srcObject as MediaStream | null)?.active));
  await expect.poll(films).toBe(false);
  await page.locator('[data-saved=true]').first().waitFor();
  await page.reload();
  await expect(questions(page).locator('img').first()).toBeVisible();
});

test('what is drawn on a photo is in what is sent, and what was taken back is not', async ({ browser, server }) => {
  test.setTimeout(120_000);
  const context = await browser.newContext(phone);
  const page = await signedIn(context, server.url);
  await context.setOffline(true);
  await withPhoto(browser, page, server.url, 'plate.jpg');
  const sheet = dialog(page);
  await sheet.getByRole('button', { name: '看第 1 张照片' }).click();
  await page.getByRole('button', { name: '标注' }).first().click();
  const marking = page.getByRole('dialog', { name: '标注' });
  const surface = marking.locator('canvas');
  await expect.poll(async () => (await surface.boundingBox())?.height ?? 0).toBeGreaterThan(100);
  const box = (await surface.boundingBox())!;
  const drag = async (from: [number, number], to: [number, number]) => {
    await page.mouse.move(box.x + from[0] * box.width, box.y + from[1] * box.height);
    await page.mouse.down();
    await page.mouse.move(box.x + to[0] * box.width, box.y + to[1] * box.height, { steps: 4 });
    await page.mouse.up();
  };
  await marking.getByRole('button', { name: '涂黑' }).click();
  await drag([0.1, 0.1], [0.4, 0.3]);
  await drag([0.6, 0.1], [0.9, 0.3]);
  await marking.getByRole('button', { name: '撤销' }).click();
  await marking.getByRole('button', { name: '圈' }).click();
  await drag([0.5, 0.5], [0.8, 0.8]);
  await marking.getByRole('button', { name: '文字' }).click();
  await marking.getByLabel('写几个字').fill('车牌');
  await drag([0.2, 0.6], [0.2, 0.6]);
  await page.screenshot({ path: 'test-results/marking.png' });
  await marking.getByRole('button', { name: '完成' }).click();
  await expect(marking).toHaveCount(0);
  await expect(pictures(sheet)).toHaveCount(1);
  await sheet.getByRole('button', { name: '记下，继续检查' }).click();
  await answerTheRest(page);
  await page.getByRole('button', { name: '全部答完' }).click();
  await page.getByRole('button', { name: '提交检查' }).click();
  await page.waitForURL(/\/field\/outbox/);
  const { facts, photos } = await exported(page, server.url);
  expect(facts).toHaveLength(1);
  const [{ hash, caption_height: band }] = facts as [Facts];
  const grid = await colours(browser, photos.get(hash)!, band!);
  const brightness = (column: number, row: number) => grid.slice((row * 8 + column) * 3, (row * 8 + column) * 3 + 3).reduce((a, b) => a + b, 0) / 3;
  expect(brightness(1, 1), 'blacked out').toBeLessThan(60);
  expect(brightness(6, 1), 'taken back').toBeGreaterThan(80);
});
