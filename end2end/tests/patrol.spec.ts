// A street door after door, as a thumb walks it without signal: thirty doors of which 26 are in order, two shut, one a site
// that is made on the spot, one with a hazard. Taps are counted and printed.
import type { Locator, Page } from '@playwright/test';
import { photos } from './photos';
import { actions, desk, phone, pictures, signInAtDesk, signInOnPhone, waitUntilOfflineReady } from './phone.mjs';
import { expect, test } from './server';
import { everythingReceived } from './work';

const STREET = '新街';
const DOORS = 30;
/** At a door where all is in order, at the most. */
const MOST_TAPS = 2;
/** With its photo, and the way back into the street. */
const MOST_TAPS_OF_A_REPORT = 9;
/** So many doors on, the short list is opened before all of it is in order. */
const BY_ITS_LIST = 20;
const NEW_NUMBER = 39;
const NEW_NAME = '金河饺子馆';
const HAZARD = '插线板串接，压在纸箱下';

/** The one thing to do at a door: its own number, and the next one's. */
const pass = (page: Page) => actions(page).getByRole('button', { name: /号全部正常/ });
const walked = (page: Page, done: number) => page.getByRole('status').filter({ hasText: `已走 ${done} / ` });

test('thirty doors of a street are walked without signal, at most two taps a door', async ({ browser, server }) => {
  test.setTimeout(600_000);
  const context = await browser.newContext(phone);
  await context.setGeolocation({ latitude: 34.8621, longitude: 113.6048, accuracy: 8.5 });
  const page = await context.newPage();
  await signInOnPhone(page, server.url);
  await waitUntilOfflineReady(page);
  // What the street shows comes with its part of the program.
  await page.goto(`${server.url}/field/streets`);
  await page.getByRole('link', { name: STREET, exact: false }).first().waitFor();
  await context.setOffline(true);

  let taps = 0;
  const tap = async (on: Locator) => {
    taps += 1;
    await on.tap();
  };
  const shut: string[] = [];
  let [inOrder, most, done] = [0, 0, 0];

  await test.step('the street, none of it walked', async () => {
    await page.getByRole('link', { name: new RegExp(`^${STREET}`) }).tap();
    await expect(page.getByRole('heading', { name: STREET, level: 1 })).toBeVisible();
    await expect(walked(page, 0)).toContainText(`已走 0 / ${DOORS} 户`);
    await expect(page.getByRole('region', { name: '1 号', exact: true })).toBeVisible();
  });

  const here = async () => /^(\S+) 号全部正常/.exec(await pass(page).innerText())?.[1] ?? '';

  await test.step('26 doors are in order, two are shut, one has a hazard', async () => {
    // One door stays for what is taken back.
    while (done < DOORS - 1) {
      taps = 0;
      const number = await here();
      if (done === 4 || done === 16) {
        await tap(page.getByRole('button', { name: '关门', exact: true }));
        shut.push(number);
        done += 1;
      } else if (done === 10) {
        await tap(actions(page).getByRole('link', { name: '随手报' }));
        // By the camera inside the app, every tap of which is the test's own.
        await tap(page.getByRole('main').getByRole('button', { name: '连拍' }));
        const finder = page.getByRole('dialog', { name: '连拍' });
        const video = finder.locator('video');
        await expect(() => expect(video.evaluate((shown: HTMLVideoElement) => shown.videoWidth)).resolves.toBeGreaterThan(0)).toPass();
        await tap(finder.getByRole('button', { name: '拍照' }));
        await expect(finder.getByText('1 / 9')).toBeVisible();
        await tap(finder.getByRole('button', { name: '完成' }));
        await expect(pictures(page.getByRole('main'))).toHaveCount(1, { timeout: 30_000 });
        await tap(page.getByLabel('看到什么'));
        await page.getByLabel('看到什么').fill(HAZARD);
        await tap(actions(page).getByRole('button', { name: '报出' }));
        await page.waitForURL(/\/field\/outbox/);
        // The phone's own way back leads into the street: the report has taken its own place in the history.
        taps += 1;
        await page.goBack();
        await expect(page.getByRole('heading', { name: STREET, level: 1 })).toBeVisible();
        console.log(`quick report at No. ${number}, with its photo and the way back: ${taps} taps`);
        expect(taps).toBeLessThanOrEqual(MOST_TAPS_OF_A_REPORT);
        done += 1;
      } else if (done === BY_ITS_LIST) {
        await tap(page.getByRole('main').locator('a[href^="/field/door/"]').first());
        await expect(page.getByText(/^一共 \d+ 项$/)).toBeVisible();
        await expect(page.getByText('有问题的点 ✕')).toBeVisible();
        await tap(actions(page).getByRole('button', { name: /^\d+ 项全部正常/ }));
        await expect(page.getByRole('heading', { name: STREET, level: 1 })).toBeVisible();
        console.log(`No. ${number} by its short list: ${taps} taps`);
        inOrder += 1;
        most = Math.max(most, taps);
        done += 1;
      } else {
        await tap(pass(page));
        inOrder += 1;
        most = Math.max(most, taps);
        done += 1;
      }
      await expect(walked(page, done)).toBeVisible();
    }
    console.log(`${inOrder} doors in order: at most ${most} taps a door`);
    expect(inOrder).toBe(26);
    expect(most).toBeLessThanOrEqual(MOST_TAPS);
    expect(shut).toHaveLength(2);
  });

  await test.step('a slip of the thumb is taken back', async () => {
    const number = await here();
    await page.getByRole('button', { name: '搬走', exact: true }).tap();
    await expect(walked(page, done + 1)).toBeVisible();
    await page.getByRole('button', { name: /^撤回/ }).tap();
    await expect(walked(page, done)).toBeVisible();
    await expect.poll(here).toBe(number);
  });

  await test.step('a refusal wants words', async () => {
    await page.getByRole('button', { name: '拒绝', exact: true }).tap();
    await page.getByRole('button', { name: '记下', exact: true }).tap();
    await expect(page.getByRole('alert').filter({ hasText: '请写明对方怎么说的' })).toBeVisible();
  });

  await test.step('between 37 and 41 a site is made, and is what it was proposed to be', async () => {
    await page.getByText('没有登记的门牌').locator('..').getByRole('link', { name: /新开的店/ }).tap();
    await expect(page.getByLabel('门牌')).toHaveValue(`${STREET}${NEW_NUMBER}号`);
    await actions(page).getByRole('button', { name: '记下这家店' }).tap();
    await expect(page.getByRole('alert').filter({ hasText: '请写店名' })).toBeVisible();
    await page.getByLabel('店名').fill(NEW_NAME);
    await page.getByRole('combobox', { name: '其他类别' }).selectOption({ label: '小餐馆' });
    await page.getByRole('main').locator('input[capture]').setInputFiles(await photos(browser, ['portrait_1.jpg']));
    await expect(pictures(page.getByRole('main'))).toHaveCount(1, { timeout: 30_000 });
    await actions(page).getByRole('button', { name: '记下这家店' }).tap();
    await page.waitForURL(/\/field\/street\//);
    await expect(page.getByRole('status').filter({ hasText: `/ ${DOORS + 1} 户` })).toBeVisible();
    await expect(page.getByRole('region', { name: `${NEW_NUMBER} 号`, exact: true })).toContainText(NEW_NAME);
    await pass(page).tap();
    await expect(walked(page, done + 1)).toBeVisible();
  });

  await test.step('signal is back: the office has all of it, and the site to be confirmed', async () => {
    // The page is thrown away with the last tap still to be taken back: Today hands it in.
    await page.goto(`${server.url}/field/`);
    await expect(page.getByRole('heading', { name: '今天', level: 1 })).toBeVisible();
    await context.setOffline(false);
    await everythingReceived(page, server.url);
    const office = await (await browser.newContext(desk)).newPage();
    await signInAtDesk(office, server.url, 'anwei1');
    await office.goto(`${server.url}/office/sites?lacking=confirmation`);
    // The demonstration has one that waits already.
    await expect(office.locator('table tbody tr')).toHaveCount(2);
    await expect(office.locator('table tbody tr').filter({ hasText: NEW_NAME })).toHaveCount(1);
    await office.goto(`${server.url}/office/hazards?q=${encodeURIComponent(HAZARD)}`);
    await expect(office.locator('table tbody tr').filter({ hasText: HAZARD })).toHaveCount(1);
    // A page that is left before Today has handed it in leaves that to the next one.
    await page.goto(`${server.url}/field/`);
    await expect(async () => {
      await office.goto(`${server.url}/office/visits?q=${encodeURIComponent(NEW_NAME)}`);
      await expect(office.locator('table tbody tr').filter({ hasText: NEW_NAME })).toHaveCount(1, { timeout: 3_000 });
    }).toPass({ timeout: 30_000 });
  });
  await context.close();
});
