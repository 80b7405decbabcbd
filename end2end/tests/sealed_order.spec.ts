// A sealed check: before its hour neither the phone's database nor its caches nor anything that it is answered show where it leads, on
// the phone of the team and on one that has no part in it; it opens without signal by the words that the leader says, and with signal
// at its hour by itself; then it leads straight into the visit, at a site that is somebody else's.
import type { Browser, BrowserContext, Page } from '@playwright/test';
import { actions, desk, handOver, passwordOf, phone, signInAtDesk, signInOnPhone, waitUntilOfflineReady } from './phone.mjs';
import { settled } from './screens.mjs';
import { expect, test, type Server } from './server';

const INSPECTOR = 'wangge1';
const PLANNER = 'anwei1';
/** Walks other grids, and has no part in the check. */
const OUTSIDER = 'wangge3';

interface Sealed {
  /** As people call the check. */
  number: string;
  site: { id: string; name: string };
  words: string[];
  /** A site of the inspector's, and one of the outsider's: their phones hold these, each its own. */
  own: string;
  outsiders: string;
}

/** A grid member's name, and the sites that are theirs. */
async function gridMember(server: Server, username: string): Promise<{ name: string; sites: Set<string> }> {
  const json = { 'content-type': 'application/json' };
  const credentials = { username, password: passwordOf(username), device_name: 'check' };
  const signedIn = await fetch(`${server.url}/api/v1/session`, { method: 'POST', headers: json, body: JSON.stringify(credentials) });
  const { actor } = (await signedIn.json()) as { actor: { name: string } };
  const headers = { ...json, cookie: signedIn.headers.getSetCookie().map((one) => one.split(';')[0]).join('; ') };
  const sites = new Set<string>();
  let cursor: string | undefined;
  for (let more = true; more; ) {
    const body = JSON.stringify({ device: crypto.randomUUID(), now: new Date().toISOString(), operations: [], pull: true, ...(cursor && { cursor }) });
    const reply = await fetch(`${server.url}/api/v1/sync`, { method: 'POST', headers, body });
    const page = (await reply.json()) as { changes: { kind: string; body: { id: string } }[]; cursor?: string; more?: boolean };
    for (const { kind, body } of page.changes) if (kind === 'site') sites.add(body.id);
    cursor = page.cursor;
    more = page.more ?? false;
  }
  return { name: actor.name, sites };
}

/** Day and hour of the office's clock. */
function officeTime(at: Date): { day: string; hour: string } {
  const parts = new Intl.DateTimeFormat('en-CA', {
    timeZone: 'Asia/Shanghai', year: 'numeric', month: '2-digit', day: '2-digit', hour: '2-digit', minute: '2-digit', hourCycle: 'h23',
  }).formatToParts(at);
  const part = (type: string) => parts.find((one) => one.type === type)!.value;
  return { day: `${part('year')}-${part('month')}-${part('day')}`, hour: `${part('hour')}:${part('minute')}` };
}

/** A plan of one site of somebody else's, for the inspector alone, made and sent at the desk. */
async function seal(browser: Browser, server: Server, opens: Date): Promise<Sealed> {
  const { name, sites } = await gridMember(server, INSPECTOR);
  const outsider = await gridMember(server, OUTSIDER);
  const context = await browser.newContext(desk);
  const page = await context.newPage();
  await signInAtDesk(page, server.url, PLANNER);
  await page.goto(`${server.url}/office/checks/new`);
  await settled(page);
  const { day, hour } = officeTime(opens);
  await page.getByLabel('名称', { exact: true }).fill('夜间抽查');
  await page.getByLabel('依据', { exact: true }).fill('年度抽查计划');
  await page.getByLabel('启封日期').fill(day);
  await page.getByLabel('启封时刻').fill(hour);
  await page.getByLabel('截止日期').fill(day);
  await page.getByLabel('每处几人').fill('1');
  await page.getByRole('group', { name: '检查表' }).getByRole('checkbox').first().check();
  await page.getByLabel('随身携带').fill('执法证、执法记录仪');
  await page.getByRole('button', { name: '保存计划' }).click();
  await page.waitForURL(/\/office\/checks\/[0-9a-f-]{36}$/);
  const plan = page.url();
  await page.goto(`${plan}/sites`);
  await settled(page);
  const offered = page.getByRole('checkbox', { name: /^选 / });
  await offered.first().waitFor();
  const all = await offered.evaluateAll((boxes) =>
    boxes.map((box) => ({ id: (box as HTMLInputElement).value, name: box.getAttribute('aria-label')!.replace(/^选 /, '') })),
  );
  // Of which nothing else has the name in its own.
  const isAlone = (name: string) => all.filter((other) => other.name.includes(name)).length === 1;
  const site = all.find(({ id, name: called }) => !sites.has(id) && !outsider.sites.has(id) && isAlone(called));
  if (!site) throw new Error('every site that is offered is somebody’s own');
  await page.getByRole('checkbox', { name: `选 ${site.name}`, exact: true }).check();
  await page.getByRole('group', { name: '可以派的人' }).getByRole('checkbox', { name: new RegExp(`^${name} `) }).check();
  await page.getByRole('button', { name: '按这些场所和人员编组' }).click();
  await page.getByRole('button', { name: /^密封下发到 1 人/ }).click();
  const check = await page.getByLabel('哪一处').getByRole('option').first().innerText();
  await page.getByRole('button', { name: '看口令' }).click();
  const told = page.getByRole('status').filter({ hasText: /^\s*\p{Script=Han}{2}( \p{Script=Han}{2}){3}\s*$/u });
  const words = (await told.innerText()).trim().split(' ');
  await context.close();
  return { number: check.split(' ')[0]!, site, words, own: [...sites][0]!, outsiders: [...outsider.sites][0]! };
}

/** Everything that the phone's database and its caches hold, as text; what is binary byte by byte. */
async function dump(page: Page): Promise<string> {
  const base64 = await page.evaluate(async () => {
    const chunks: Uint8Array[] = [];
    const encoder = new TextEncoder();
    const take = (value: unknown): void => {
      if (value instanceof ArrayBuffer) chunks.push(new Uint8Array(value));
      else if (ArrayBuffer.isView(value)) chunks.push(new Uint8Array(value.buffer, value.byteOffset, value.byteLength));
      else if (typeof value === 'string') chunks.push(encoder.encode(value));
      else if (value && typeof value === 'object') Object.values(value).forEach(take);
    };
    const db = await new Promise<IDBDatabase>((resolve, reject) => {
      const open = indexedDB.open('xunan');
      open.onsuccess = () => resolve(open.result);
      open.onerror = () => reject(open.error);
    });
    for (const name of db.objectStoreNames) {
      const store = db.transaction(name).objectStore(name);
      for (const request of [store.getAllKeys(), store.getAll()]) {
        take(await new Promise((resolve, reject) => {
          request.onsuccess = () => resolve(request.result);
          request.onerror = () => reject(request.error);
        }));
      }
    }
    db.close();
    for (const name of await caches.keys()) {
      const cache = await caches.open(name);
      for (const request of await cache.keys()) {
        take(request.url);
        take(await (await cache.match(request))!.arrayBuffer());
      }
    }
    for (let at = 0; at < localStorage.length; at += 1) take(localStorage.getItem(localStorage.key(at)!));
    let text = '';
    for (const chunk of chunks) for (let at = 0; at < chunk.length; at += 8192) text += String.fromCharCode(...chunk.subarray(at, at + 8192));
    return btoa(text);
  });
  return Buffer.from(base64, 'base64').toString('latin1');
}

async function hash(text: string): Promise<string> {
  return Buffer.from(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text))).toString('hex');
}

const bytes = (text: string) => Buffer.from(text, 'utf8').toString('latin1');

async function tellsNothing(what: string, text: string, { site }: Sealed): Promise<void> {
  const id = Buffer.from(site.id.replaceAll('-', ''), 'hex').toString('latin1');
  expect(text.includes(id), `${what}: the site’s id in binary`).toBe(false);
  for (const mark of [site.id, site.id.replaceAll('-', ''), site.name, await hash(site.id), await hash(site.name)]) {
    expect(text.includes(bytes(mark)), `${what}: ${mark}`).toBe(false);
  }
}

/** `own`: a site of whoever has the phone. What must be there is found in the same way, so that nothing is overlooked. */
async function showsNothing(page: Page, sealed: Sealed, own = sealed.own): Promise<void> {
  const held = await dump(page);
  expect(held.includes(bytes(`site/${own}`)), 'the database was read').toBe(true);
  expect(held.includes(bytes('/field/')), 'the caches were read').toBe(true);
  await tellsNothing('what the phone holds', held, sealed);
}

/** Everything that a phone is answered from now on, in the order in which it came. */
function listen(context: BrowserContext): () => Promise<string> {
  const bodies: Promise<string>[] = [];
  // What leads elsewhere and what was given up has no body.
  context.on('response', (response) => bodies.push(response.body().then((body) => body.toString('latin1'), () => '')));
  return async () => (await Promise.all(bodies)).join('\n');
}

/** The demonstration may have sealed checks of its own. */
const row = (page: Page, { number }: Sealed) => page.getByRole('main').getByRole('link', { name: /突击抽查/ }).filter({ hasText: number });
const word = (page: Page, n: number) => page.getByRole('textbox', { name: `第 ${n} 词` });

async function type(page: Page, words: string[]): Promise<void> {
  for (const [at, text] of words.entries()) await word(page, at + 1).fill(text);
}

test('without signal the leader’s words open it, and nothing shows before where it leads', async ({ browser, server }) => {
  test.setTimeout(300_000);
  const sealed = await seal(browser, server, new Date(Date.now() + 3 * 3600_000));
  const context = await browser.newContext(phone);
  const heard = listen(context);
  const page = await context.newPage();
  await signInOnPhone(page, server.url, INSPECTOR);
  await waitUntilOfflineReady(page);
  await row(page, sealed).click();
  await expect(page.getByRole('heading', { name: /打开$/ })).toBeVisible();
  await expect(page.getByText('执法证、执法记录仪')).toBeVisible();
  await expect(actions(page).getByRole('button', { name: '再填 4 个词就打开' })).toBeDisabled();
  await showsNothing(page, sealed);
  const answers = await heard();
  expect(answers.includes(bytes(sealed.number)), 'the phone was told of the check').toBe(true);
  await tellsNothing('what the phone is answered', answers, sealed);
  await context.setOffline(true);

  await test.step('a word is found by its initials', async () => {
    await word(page, 1).fill('bl');
    await page.getByRole('group', { name: '可能是这些词' }).getByRole('button', { name: '白鹭', exact: true }).click();
    await expect(word(page, 1)).toHaveValue('白鹭');
    await expect(word(page, 2)).toBeFocused();
    await expect(actions(page).getByRole('button', { name: '再填 3 个词就打开' })).toBeDisabled();
  });
  await test.step('wrong words are counted, over a reload, too', async () => {
    await type(page, [sealed.words[1]!, sealed.words[0]!, sealed.words[2]!, sealed.words[3]!]);
    await actions(page).getByRole('button', { name: '打开' }).click();
    await expect(page.getByRole('alert').filter({ hasText: '还可以试 4 次' })).toBeVisible();
    await page.reload();
    await expect(page.getByRole('alert').filter({ hasText: '还可以试 4 次' })).toBeVisible();
  });
  await showsNothing(page, sealed);

  const second = await context.newPage();
  await second.goto(page.url());
  await expect(word(second, 1)).toBeVisible();
  await type(page, sealed.words);
  await actions(page).getByRole('button', { name: '打开' }).click();
  await expect(page.getByRole('heading', { name: sealed.site.name })).toBeVisible();
  await test.step('a second page that showed it closed says so, and how it stands now', async () => {
    await expect(second.getByText('已在另一个页面打开')).toBeVisible();
    await expect(second.getByRole('heading', { name: sealed.site.name })).toBeVisible();
    await expect(page.getByText('已在另一个页面打开')).toHaveCount(0);
    await second.close();
  });
  await expect(page.getByText('凭口令打开')).toBeVisible();
  // What was opened lies encrypted like everything that is private.
  await showsNothing(page, sealed);
  await actions(page).getByRole('button', { name: '到了，开始检查' }).click();
  await page.waitForURL(/\/field\/visit\//);
  await expect(page.getByText(sealed.site.name).first()).toBeVisible();
  await context.close();
});

test('with signal it opens at its hour by itself', async ({ browser, server }) => {
  test.setTimeout(600_000);
  const context = await browser.newContext(phone);
  const heard = listen(context);
  const page = await context.newPage();
  const begun = Date.now();
  await signInOnPhone(page, server.url, INSPECTOR);
  await waitUntilOfflineReady(page);
  // The hour is chosen by the minute; the plan is made and looked at before it, on a slow machine as well.
  const opens = new Date(Math.ceil((Date.now() + 60_000 + 8 * (Date.now() - begun)) / 60_000) * 60_000);
  const sealed = await seal(browser, server, opens);
  await page.goto(`${server.url}/field/`);
  await row(page, sealed).click({ timeout: 30_000 });
  await expect(page.getByRole('heading', { name: /打开$/ })).toBeVisible();
  await showsNothing(page, sealed);
  await tellsNothing('what the phone is answered', await heard(), sealed);
  await expect(page.getByRole('heading', { name: sealed.site.name })).toBeHidden();
  expect(Date.now(), 'all of it was looked at before the hour').toBeLessThan(opens.getTime());
  await expect(page.getByRole('heading', { name: sealed.site.name })).toBeVisible({ timeout: opens.getTime() - Date.now() + 120_000 });
  expect(Date.now()).toBeGreaterThanOrEqual(opens.getTime() - 1_000);
  await expect(page.getByText('到时打开')).toBeVisible();
  await context.close();
});

test('a phone that has no part in it is told nothing, and shows nothing', async ({ browser, server }) => {
  test.setTimeout(180_000);
  const sealed = await seal(browser, server, new Date(Date.now() + 3 * 3600_000));
  const context = await browser.newContext(phone);
  const heard = listen(context);
  const page = await context.newPage();
  await signInOnPhone(page, server.url, OUTSIDER);
  await waitUntilOfflineReady(page);
  await expect(row(page, sealed)).toHaveCount(0);
  await showsNothing(page, sealed, sealed.outsiders);
  const answers = await heard();
  expect(answers.includes(bytes(sealed.outsiders)), 'the phone was told of its own sites').toBe(true);
  await tellsNothing('what the phone is answered', answers, sealed);
  expect(answers.includes(bytes(sealed.number)), 'nor that there is a check').toBe(false);
  await context.close();
});

test('a sealed check goes to a colleague with all other work, and whoever hands it over learns no site', async ({ browser, server }) => {
  test.setTimeout(180_000);
  const sealed = await seal(browser, server, new Date(Date.now() + 3 * 3600_000));
  const context = await browser.newContext(phone);
  const page = await context.newPage();
  await signInOnPhone(page, server.url, INSPECTOR);
  await expect(row(page, sealed)).toBeVisible({ timeout: 30_000 });

  const office = await (await browser.newContext(desk)).newPage();
  await signInAtDesk(office, server.url, 'admin');
  await office.goto(`${server.url}/office/people?q=${INSPECTOR}`);
  await office.locator('table tbody a').first().click();
  await test.step('the account is not switched off before', async () => {
    await settled(office);
    await office.getByRole('checkbox', { name: /停用/ }).check();
    await office.getByRole('button', { name: '保存', exact: true }).click();
    await expect(office.getByRole('alert').filter({ hasText: '交接' }).first()).toBeVisible();
  });
  await office.getByRole('link', { name: '交接' }).click();
  await expect(office.getByText(/还有 \d+ 项已下发的抽查任务/)).toBeVisible();
  expect(await office.content()).not.toContain(sealed.site.name);
  await office.getByRole('checkbox', { name: /同时负责网格/ }).check();
  await handOver(office);
  await expect(office.getByText(/并重新封存 \d+ 项抽查任务/)).toBeVisible();
  expect(await office.content()).not.toContain(sealed.site.name);

  await page.reload();
  await expect(page.getByText('突击抽查已撤回').first()).toBeVisible({ timeout: 30_000 });
  await context.close();
});
