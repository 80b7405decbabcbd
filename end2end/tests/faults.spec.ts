// What happens to phones: tabs that die, servers that die, lines that lie, disks that are full, clocks that are wrong. Each
// time the work is exported from the phone before it is sent, and at the end compared with what the office has, by SHA-256.
import { setTimeout as pause } from 'node:timers/promises';
import { Line, type Fault } from './line';
import { actions, answerTheRest, beginVisit, dialog, passwordOf, phone, pictures, questionInHand, questions, signInOnPhone } from './phone.mjs';
import { drawn, photos } from './photos';
import { expect, test as base } from './server';
import { everythingReceived, exported, officeHas, signedIn, submittedOffline } from './work';

const tally = new Map<string, number>();
const count = (kind: string, times = 1) => void tally.set(kind, (tally.get(kind) ?? 0) + times);

const test = base.extend<{ line: Line }>({
  line: async ({ server }, use) => {
    const line = await Line.open(() => server.url);
    await use(line);
    for (const [fault, times] of line.faults) count(fault, times);
    line.close();
  },
});

test.afterAll(() => {
  const kinds = [...tally].map(([kind, times]) => `${kind} ${times}`).join(', ');
  if (kinds) console.log(`browser faults: ${kinds}; lost 0, doubled 0`);
});

/** Chance that can be had again. */
function dice(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

const toApi = (path = '') => (request: { url?: string }) => request.url?.startsWith(`/api/v1/${path}`) ?? false;

test('a tab that is killed fifty times while a form is filled in loses nothing that was there', async ({ browser, server }) => {
  test.setTimeout(600_000);
  const chance = dice(20261125);
  const context = await browser.newContext(phone);
  let page = await signedIn(context, server.url);
  await context.setOffline(true);
  await beginVisit(page, server.url, '充电棚', '电动自行车停放充电检查');
  const draft = page.url();
  // With a note beside it a question shows its photos, whichever tab comes next.
  const noted = questions(page).first();
  await noted.getByRole('button', { name: '加备注' }).click();
  await noted.getByLabel('备注').fill('看过');
  await expect(page.getByRole('banner').locator('[data-saved=true]')).toBeVisible();
  const shot = await photos(browser, ['portrait_6.jpg']);
  let answered = 0;
  let pictures = 0;
  for (let kills = 0; kills < 50; kills += 1) {
    const first = questions(page).first();
    await first.waitFor();
    const now = Number((await page.getByRole('banner').locator('[data-saved]').innerText()).match(/(\d+) \/ \d+/)?.[1]);
    expect(now, 'answers that were there').toBeGreaterThanOrEqual(answered);
    // They are unsealed after the answers are shown.
    const shown = questions(page).locator('img');
    await expect.poll(() => shown.count(), 'photos that were there').toBeGreaterThanOrEqual(pictures);
    [answered, pictures] = [now, await shown.count()];
    // Begun, and killed somewhere in it.
    const action =
      chance() < 0.3
        ? questions(page).locator('input[capture]').first().setInputFiles(shot)
        : questions(page).getByRole('button', { name: /^(合格|不适用)$/, pressed: false }).first().click({ timeout: 2_000 });
    await Promise.race([action.catch(() => undefined), pause(chance() * 250)]);
    await page.close({ runBeforeUnload: false });
    count('tab killed while filling');
    page = await context.newPage();
    await page.goto(draft);
  }
  await questions(page).first().waitFor();
  await answerTheRest(page);
  await page.getByRole('button', { name: '全部答完' }).click();
  await page.getByRole('button', { name: '提交检查' }).click();
  await page.waitForURL(/\/field\/outbox/);
  const work = await exported(page, server.url);
  await context.setOffline(false);
  await everythingReceived(page, server.url);
  await officeHas(server, work);
});

test('a tab that is killed fifty times while it sends sends everything once', async ({ browser, server, line }) => {
  test.setTimeout(600_000);
  const chance = dice(7);
  const context = await browser.newContext(phone);
  let page = await signedIn(context, line.url);
  const shots = [await drawn(browser, 'large.jpg', 2048, 1536), await drawn(browser, 'second.jpg')];
  const work = await submittedOffline(context, page, line.url, shots);
  line.speed = 150_000;
  await context.setOffline(false);
  for (let kills = 0; kills < 50; kills += 1) {
    await page.close({ runBeforeUnload: false });
    count('tab killed while sending');
    page = await context.newPage();
    await page.goto(`${line.url}/field/outbox`);
    await pause(chance() * 700);
  }
  line.speed = Infinity;
  await everythingReceived(page, line.url);
  await officeHas(server, work);
});

test('a server killed in the middle of a photo goes on where it stopped', async ({ browser, server, line }) => {
  test.setTimeout(120_000);
  const context = await browser.newContext(phone);
  const page = await signedIn(context, line.url);
  const work = await submittedOffline(context, page, line.url, [await drawn(browser, 'large.jpg', 2048, 1536)]);
  const size = [...work.photos.values()].reduce((sum, photo) => sum + photo.length, 0);
  // Slow enough that something is left when it has been noticed that something has gone.
  line.speed = 150_000;
  for (let kills = 0; kills < 2; kills += 1) {
    const before = line.sent;
    await context.setOffline(false);
    await page.getByRole('button', { name: '现在试传', exact: true }).click();
    await expect(() => expect(line.sent).toBeGreaterThan(before + 150_000)).toPass({ timeout: 40_000, intervals: [50] });
    await server.kill();
    count('server killed in a photo');
    await context.setOffline(true);
    await server.start();
  }
  line.speed = Infinity;
  await context.setOffline(false);
  await everythingReceived(page, line.url);
  await officeHas(server, work);
  // Resumed: at the most a piece of each cut was sent again.
  expect(line.sent).toBeLessThan(size + 3 * 512 * 1024 + 300_000);
});

test('whatever the line does to requests and replies, everything arrives once', async ({ browser, server, line }) => {
  test.setTimeout(420_000);
  const chance = dice(42);
  const context = await browser.newContext(phone);
  const page = await signedIn(context, line.url);
  const work = await submittedOffline(context, page, line.url, await photos(browser, ['portrait_1.jpg', 'DSCN0010.jpg']));
  const faults: Fault[] = ['request lost', 'reply lost', 'reply cut', 'request cut', 'portal'];
  let left = 40;
  line.wrong = (request) => {
    if (!toApi()(request) || left <= 0 || chance() < 0.2) return undefined;
    left -= 1;
    return faults[left % faults.length];
  };
  await context.setOffline(false);
  await expect(async () => {
    const again = page.getByRole('button', { name: '现在试传', exact: true });
    if (await again.isVisible()) await again.click();
    expect(left).toBeLessThan(20);
  }).toPass({ timeout: 180_000, intervals: [300] });
  left = 0;
  await everythingReceived(page, line.url);
  await officeHas(server, work);
});

test('signal that comes and goes loses nothing', async ({ browser, server, line }) => {
  test.setTimeout(120_000);
  const chance = dice(3);
  const context = await browser.newContext(phone);
  const page = await signedIn(context, line.url);
  const work = await submittedOffline(context, page, line.url, [await drawn(browser, 'flapping.jpg', 2048, 1536)]);
  line.speed = 600_000;
  for (let flaps = 0; flaps < 25; flaps += 1) {
    await context.setOffline(flaps % 2 === 1);
    count('signal changed');
    await pause(chance() * 300);
  }
  await context.setOffline(false);
  await everythingReceived(page, line.url);
  await officeHas(server, work);
});

test('a full phone keeps the draft and says what to do', async ({ browser, server }) => {
  test.setTimeout(120_000);
  const context = await browser.newContext(phone);
  const page = await signedIn(context, server.url);
  await beginVisit(page, server.url, '充电棚', '电动自行车停放充电检查');
  const first = questions(page).first();
  await first.getByRole('button', { name: '加一' }).click();
  await first.getByRole('button', { name: '记为不合格' }).click();
  const sheet = dialog(page);
  await sheet.getByLabel('看到什么').fill('存储满了也不能丢');
  // As the browser says it when there is no room. (Its own switch for a small quota does nothing in this Chromium.)
  await page.evaluate(() => {
    const put = IDBObjectStore.prototype.put;
    IDBObjectStore.prototype.put = function (...args) {
      if ((args[0] as { length?: number }).length! > 10_000) throw new DOMException('no room', 'QuotaExceededError');
      return put.apply(this, args);
    };
    Object.assign(window, { makeRoom: () => (IDBObjectStore.prototype.put = put) });
  });
  await sheet.locator('input[capture]').first().setInputFiles(await photos(browser, ['portrait_6.jpg']));
  await expect(page.getByText(/手机存储满了/).first()).toBeVisible({ timeout: 30_000 });
  count('phone full');
  await expect(sheet.getByLabel('看到什么')).toHaveValue('存储满了也不能丢');
  await page.evaluate(() => (window as unknown as { makeRoom(): void }).makeRoom());
  await sheet.locator('input[capture]').first().setInputFiles(await photos(browser, ['portrait_6.jpg']));
  await expect(pictures(sheet)).toHaveCount(1, { timeout: 30_000 });
  await sheet.getByRole('button', { name: '记下，继续检查' }).click();
  await expect(page.getByRole('banner').locator('[data-saved=true]')).toBeVisible();
  await page.reload();
  await expect(page.getByText('存储满了也不能丢')).toBeVisible();
});

test('a database closed by the browser opens again by itself', async ({ browser, server }) => {
  test.setTimeout(120_000);
  const context = await browser.newContext(phone);
  await context.addInitScript(() => {
    const opened: IDBDatabase[] = [];
    const open = IDBFactory.prototype.open;
    IDBFactory.prototype.open = function (...args) {
      const request = open.apply(this, args);
      request.addEventListener('success', () => opened.push(request.result));
      return request;
    };
    Object.assign(window, { closeAll: () => opened.splice(0).forEach((db) => db.close()) });
  });
  const page = await signedIn(context, server.url);
  await context.setOffline(true);
  await beginVisit(page, server.url, '充电棚', '电动自行车停放充电检查');
  const lead = actions(page).getByRole('button');
  for (let n = 0; n < 4; n += 1) {
    await page.evaluate(() => (window as unknown as { closeAll(): void }).closeAll());
    count('database closed');
    await lead.click();
    const card = questionInHand(page);
    await card.waitFor();
    await card.getByRole('button', { name: /^(合格|不适用)$/ }).first().click();
  }
  await expect(page.getByRole('banner').locator('[data-saved=true]')).toBeVisible();
  const shown = await page.getByRole('banner').innerText();
  await page.reload();
  await expect(page.getByRole('banner')).toContainText(/\d+ \/ \d+/);
  expect(await page.getByRole('banner').innerText()).toBe(shown);
});

test('two tabs have one engine, and a double tap submits once', async ({ browser, server, line }) => {
  test.setTimeout(120_000);
  const context = await browser.newContext(phone);
  const page = await signedIn(context, line.url);
  const second = await context.newPage();
  await second.goto(`${line.url}/field/outbox`);
  await second.getByText('没有要传的').waitFor();
  await context.setOffline(true);
  await beginVisit(page, line.url, '充电棚', '电动自行车停放充电检查');
  await answerTheRest(page);
  await page.getByRole('button', { name: '全部答完' }).click();
  const submit = page.getByRole('button', { name: '提交检查' });
  await submit.waitFor();
  await submit.evaluate((button: HTMLButtonElement) => {
    button.click();
    setTimeout(() => button.click(), 20);
    setTimeout(() => button.click(), 45);
  });
  count('double tap');
  await page.waitForURL(/\/field\/outbox/);
  await expect(page.getByText('1 件未传完')).toBeVisible();
  // The other tab hears of it.
  await expect(second.getByText('1 件未传完')).toBeVisible();
  const work = await exported(page, line.url);
  expect(work.operations).toHaveLength(1);
  const before = line.requests.length;
  await context.setOffline(false);
  await Promise.all([page, second].map((tab) => tab.getByRole('button', { name: '现在试传', exact: true }).click().catch(() => undefined)));
  for (const tab of [page, second]) await expect(tab.getByText(/HZ-\d{4}-\d{6}/).first()).toBeVisible({ timeout: 30_000 });
  count('two tabs');
  await officeHas(server, work);
  expect(line.requests.slice(before).filter((request) => request === 'POST /api/v1/sync').length).toBeLessThan(6);
});

test('a new version waits until the form is done', async ({ browser, line }) => {
  test.setTimeout(120_000);
  const context = await browser.newContext(phone);
  const page = await signedIn(context, line.url);
  await beginVisit(page, line.url, '充电棚', '电动自行车停放充电检查');
  const form = page.url();
  line.rewritten.set('/sw.js', (body) => body.replace(/VERSION\s*=\s*"/, '$&next-'));
  const loads: string[] = [];
  page.on('load', () => loads.push(page.url()));
  await page.evaluate(async () => {
    const registration = await navigator.serviceWorker.ready;
    await registration.update();
    while (!registration.waiting) await new Promise((done) => setTimeout(done, 50));
  });
  count('update in a form');
  await actions(page).getByRole('button').click();
  await questionInHand(page).getByRole('button').first().click();
  await expect(page.getByText('现在更新')).toHaveCount(0);
  expect([page.url(), loads]).toEqual([form, []]);
  await page.goto(`${line.url}/field/`);
  const update = page.getByRole('button', { name: '现在更新' });
  await expect(update).toBeVisible();
  const reloaded = page.waitForEvent('load', { timeout: 30_000 });
  await update.click();
  await reloaded;
  await page.getByRole('link', { name: /继续检查/ }).first().click();
  await expect(page).toHaveURL(form);
});

test('a session that expired without signal loses nothing', async ({ browser, server }) => {
  test.setTimeout(120_000);
  const context = await browser.newContext(phone);
  const page = await signedIn(context, server.url);
  const work = await submittedOffline(context, page, server.url, await photos(browser, ['portrait_1.jpg']));
  const cookies = (await context.cookies()).filter(({ name }) => name !== 'xunan_field');
  await context.clearCookies();
  await context.addCookies(cookies);
  count('session expired');
  await context.setOffline(false);
  await page.getByRole('button', { name: '现在试传', exact: true }).click();
  await page.getByRole('status').getByRole('link', { name: '登录' }).click({ timeout: 30_000 });
  await page.getByLabel('账号').fill('wangge1');
  await page.getByLabel('密码', { exact: true }).fill(passwordOf('wangge1'));
  await page.getByRole('button', { name: '登录', exact: true }).click();
  await page.waitForURL(/\/field\/outbox/);
  await everythingReceived(page, server.url);
  await officeHas(server, work);
});

for (const hours of [24, -24]) {
  test(`a clock that is ${hours} hours off sends everything all the same`, async ({ browser, server }) => {
    test.setTimeout(120_000);
    const context = await browser.newContext(phone);
    await context.addInitScript((off) => {
      const now = Date.now;
      Date.now = () => now.call(Date) + off * 3_600_000;
    }, hours);
    const page = await signedIn(context, server.url);
    const work = await submittedOffline(context, page, server.url, await photos(browser, ['portrait_6.jpg']));
    count('clock a day off');
    await context.setOffline(false);
    await everythingReceived(page, server.url);
    await officeHas(server, work);
  });
}

test('what the browser has cleared away is said plainly', async ({ browser, server }) => {
  const context = await browser.newContext(phone);
  const page = await signedIn(context, server.url);
  const devtools = await context.newCDPSession(page);
  await devtools.send('Storage.clearDataForOrigin', { origin: server.url, storageTypes: 'indexeddb' });
  count('storage cleared');
  await page.goto(`${server.url}/field/`);
  await expect(page.getByText(/浏览器清掉了本机以前存的内容/)).toBeVisible();
});
