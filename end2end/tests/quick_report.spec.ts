// 随手报, as a thumb does it: nine taps at the most from today to the outbox, without signal; what is open there already is
// shown before another one is reported; the desk's ledger has both.
import type { Locator, Page } from '@playwright/test';
import { photos } from './photos';
import { actions, desk, passwordOf, phone, pictures, signInAtDesk, signInOnPhone, waitUntilOfflineReady } from './phone.mjs';
import { expect, test, type Server } from './server';
import { everythingReceived } from './work';

const MOST_TAPS = 9;
/** The camera of the strip, the shutter, and the tick that the system's camera asks for. */
const TAPS_OF_A_PHOTO = 3;
const SECOND = '配电箱缺门，铜排裸露在外';

interface Place {
  latitude: number;
  longitude: number;
}

interface Site {
  id: string;
  name: string;
  location?: Place;
}

interface Phrase {
  words: string;
  times: number;
  sounds: string;
}

interface Hazard {
  place: { site: string };
  status: string | Record<string, unknown>;
}

/** All that the inspector's phone is sent of these kinds, and what its office writes most. */
async function pulled(server: Server): Promise<{ sites: Site[]; hazards: Hazard[]; phrases: Phrase[] }> {
  const json = { 'content-type': 'application/json' };
  const credentials = { username: 'wangge1', password: passwordOf('wangge1'), device_name: 'check' };
  const signedIn = await fetch(`${server.url}/api/v1/session`, { method: 'POST', headers: json, body: JSON.stringify(credentials) });
  const headers = { ...json, cookie: signedIn.headers.getSetCookie().map((one) => one.split(';')[0]).join('; ') };
  const [sites, hazards]: [Site[], Hazard[]] = [[], []];
  let phrases: Phrase[] = [];
  const device = crypto.randomUUID();
  let cursor: string | undefined;
  for (let more = true; more; ) {
    const body = JSON.stringify({ device, now: new Date().toISOString(), operations: [], pull: true, ...(cursor && { cursor }) });
    const reply = await fetch(`${server.url}/api/v1/sync`, { method: 'POST', headers, body });
    expect(reply.status).toBe(200);
    const page = (await reply.json()) as { changes: { kind: string; body: Site & Hazard & { phrases?: Phrase[] } }[]; cursor?: string; more?: boolean };
    for (const { kind, body } of page.changes) {
      if (kind === 'directory') phrases = body.phrases ?? [];
      if (kind === 'site') sites.push(body);
      if (kind === 'hazard') hazards.push(body);
    }
    cursor = page.cursor;
    more = page.more ?? false;
  }
  return { sites, hazards, phrases };
}

const metres = (a: Place, b: Place) =>
  111_195 * Math.hypot(a.latitude - b.latitude, (a.longitude - b.longitude) * Math.cos((a.latitude * Math.PI) / 180));

/** A site where nothing is open, nor anywhere near it. */
async function quiet(server: Server): Promise<Site & { location: Place }> {
  const { sites, hazards } = await pulled(server);
  const isOpen = ({ status }: Hazard) => !['closed', 'referred', 'merged'].includes(typeof status === 'string' ? status : (Object.keys(status)[0] ?? ''));
  const busy = new Set(hazards.filter(isOpen).map(({ place }) => place.site));
  const placed = sites.filter((site): site is Site & { location: Place } => site.location !== undefined);
  const found = placed.find((site) => {
    const near = placed.filter((other) => metres(site.location, other.location) < 100);
    return near.length === 1 && !busy.has(site.id);
  });
  if (!found) throw new Error('something is open everywhere');
  return found;
}

const site = (page: Page) => page.getByRole('group', { name: '在哪' });
const known = (page: Page) => page.getByRole('group', { name: /这里已有 \d+ 条未销号隐患/ });
const report = (page: Page) => actions(page).getByRole('button', { name: '报出' });

test('a hazard is reported on the spot in nine taps without signal, and not twice', async ({ browser, server }) => {
  test.setTimeout(180_000);
  const here = await quiet(server);
  const context = await browser.newContext(phone);
  await context.setGeolocation({ ...here.location, accuracy: 8.5 });
  const page = await context.newPage();
  await signInOnPhone(page, server.url);
  await waitUntilOfflineReady(page);
  await context.setOffline(true);
  let taps = 0;
  const tap = async (on: Locator) => {
    taps += 1;
    await on.tap();
  };

  const words = await test.step('photo, phrase, the site at hand', async () => {
    await tap(page.getByRole('link', { name: '随手报', exact: true }));
    await expect(page.getByRole('heading', { name: '随手报', level: 1 })).toBeVisible();
    taps += TAPS_OF_A_PHOTO;
    await page.getByRole('main').locator('input[capture]').setInputFiles(await photos(browser, ['portrait_6.jpg']));
    await expect(pictures(page.getByRole('main'))).toHaveCount(1, { timeout: 30_000 });
    await expect(site(page)).toContainText(here.name);
    const phrases = page.getByRole('group', { name: '常用说法' }).getByRole('button');
    expect(await phrases.count()).toBeLessThanOrEqual(6);
    const words = await phrases.first().innerText();
    await tap(phrases.first());
    await expect(page.getByLabel('看到什么')).toHaveValue(words);
    await expect(page.getByText('还没报出，草稿已存在本机')).toBeVisible();
    return words;
  });

  await test.step('the page is thrown away, and nothing with it', async () => {
    await page.reload();
    await expect(page.getByLabel('看到什么')).toHaveValue(words);
    await expect(pictures(page.getByRole('main'))).toHaveCount(1);
    await expect(site(page)).toContainText(here.name);
    await page.goto(`${server.url}/field/`);
    await expect(page.getByRole('link', { name: `接着报：${words}` })).toContainText(here.name);
    await page.goBack();
  });

  await test.step('it is made', async () => {
    await tap(report(page));
    await page.waitForURL(/\/field\/outbox/);
    await expect(page.getByText('1 件未传完')).toBeVisible();
    await expect(page.getByText(`${here.name} 随手报`)).toBeVisible();
    expect(taps).toBeLessThanOrEqual(MOST_TAPS);
  });

  const again = async () => {
    await page.goto(`${server.url}/field/sites/${here.id}`);
    await actions(page).getByRole('link', { name: '随手报' }).tap();
    await expect(known(page)).toContainText(words);
  };

  await test.step('the next one is shown what is open there', async () => {
    await again();
    await expect(known(page)).toContainText('等交办');
    await expect(known(page).locator('img')).toBeVisible();
    await expect(report(page)).toHaveCount(0);
    await actions(page).getByRole('link', { name: '是这条，点开看' }).tap();
    await page.waitForURL(/\/field\/hazards\/[0-9a-f-]+$/);
    await expect(page.getByRole('heading', { level: 1 })).toContainText(words);
  });

  await test.step('another one is reported all the same, and not without words', async () => {
    await again();
    await actions(page).getByRole('button', { name: '不是，另报' }).tap();
    await expect(known(page)).toHaveCount(0);
    await report(page).tap();
    await expect(page.getByRole('alert').filter({ hasText: '请写明看到了什么' })).toBeVisible();
    await expect(page.getByLabel('看到什么')).toBeFocused();
    await page.getByLabel('看到什么').fill(SECOND);
    await page.getByRole('button', { name: '重大隐患' }).tap();
    await report(page).tap();
    await page.waitForURL(/\/field\/outbox/);
    await expect(page.getByText('2 件未传完')).toBeVisible();
  });

  await test.step('signal is back: the ledger has both', async () => {
    await context.setOffline(false);
    await everythingReceived(page, server.url);
    const office = await (await browser.newContext(desk)).newPage();
    await signInAtDesk(office, server.url, 'anwei1');
    for (const what of [words, SECOND]) {
      await office.goto(`${server.url}/office/hazards?q=${encodeURIComponent(`${here.name} ${what}`)}`);
      const row = office.locator('table tbody tr').filter({ hasText: what }).filter({ hasText: here.name });
      await expect(row.first()).toBeVisible();
    }
    await office.locator('table tbody a').first().click();
    await expect(office.getByRole('heading', { name: SECOND }).first()).toBeVisible();
    await expect(office.getByText('随手报', { exact: true }).first()).toBeVisible();
  });
  await context.close();
});

test('whose account reports nothing is told so', async ({ browser, server }) => {
  const context = await browser.newContext(phone);
  const page = await context.newPage();
  await signInOnPhone(page, server.url, 'qiye1');
  await expect(page.getByRole('link', { name: '随手报' })).toHaveCount(0);
  await page.goto(`${server.url}/field/report`);
  await expect(page.getByText('您的账号不能随手报')).toBeVisible();
  await expect(page.getByRole('link', { name: '去看隐患' })).toBeVisible();
  // Nor does it go from door to door.
  await page.goto(`${server.url}/field/`);
  await expect(page.getByRole('heading', { name: '今天', level: 1 })).toBeVisible();
  await expect(page.getByRole('link', { name: /按街走/ })).toHaveCount(0);
  await context.close();
});

test('phrases of the office are found by the initials of their sounds, without signal', async ({ browser, server }) => {
  test.setTimeout(180_000);
  // The server learns them soon after it has started.
  await expect.poll(async () => (await pulled(server)).phrases.length, { timeout: 60_000 }).toBeGreaterThan(0);
  const most = (await pulled(server)).phrases[0]!;
  const initials = most.sounds.split(' ').slice(0, 4).map((readings) => readings.split('/')[0]).join('');
  const context = await browser.newContext({ ...phone, permissions: [] });
  const page = await context.newPage();
  await signInOnPhone(page, server.url);
  await waitUntilOfflineReady(page);
  await context.setOffline(true);
  await page.getByRole('link', { name: '随手报', exact: true }).click();
  const words = page.getByLabel('看到什么');
  await words.fill(initials);
  const found = page.getByRole('group', { name: '常用说法' }).getByRole('button').filter({ hasText: most.words }).first();
  await expect(found).toContainText(`${most.times} 次`);
  await found.click();
  await expect(words).toHaveValue(most.words);
  await context.close();
});
