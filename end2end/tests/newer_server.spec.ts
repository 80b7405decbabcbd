// The server is newer than the phone's app: what it says in words of tomorrow is kept and named, and stops nothing else.
import { phone, rows, signInOnPhone, waitUntilOfflineReady } from './phone.mjs';
import { photos } from './photos';
import { expect, test } from './server';
import { everythingReceived, exported, officeHas, submittedOffline } from './work';

interface Envelope {
  kind: string;
  id: string;
  schema: number;
  // What stands in a body is the server's matter.
  body?: any;
}

interface Told {
  sites: string[];
  hazards: string[];
}

/** Of a form, however deep it stands in groups. */
function firstQuestion(entries: any[]): any {
  const [{ question, group, repeat }] = entries;
  return question ?? firstQuestion((group ?? repeat).entries);
}

/** As a server of tomorrow answers, a page at a time: one site, two hazards and the forms with words that this app does not
 *  know, a site of a newer schema, and a kind of record that it has never heard of. */
function ofTomorrow(changes: Envelope[], told: Told): void {
  const of = (kind: string) => changes.filter((change) => change.kind === kind && change.body);
  const [sector, schema] = of('site').filter(({ body }) => !body.name.includes('充电棚'));
  if (!told.sites.length && sector && schema) {
    sector.body.sector = 'deep_sea';
    schema.schema = 2;
    told.sites = [sector.id, schema.id];
    changes.push({ kind: 'patrol', id: '7', schema: 1, body: { doors: 30 } });
  }
  const [status, event] = of('hazard');
  if (!told.hazards.length && status && event) {
    status.body.status = 'frozen';
    event.body.events.push({ ...event.body.events[0], id: crypto.randomUUID(), event: { looked_at_by_drone: { height: 30 } } });
    told.hazards = [status.id, event.id];
  }
  for (const form of of('form').filter(({ id }) => !id.startsWith('ebike'))) firstQuestion(form.body.entries).kind = 'iris_scan';
}

test('what a newer server says is kept and named, and all else goes on', async ({ browser, server }) => {
  test.setTimeout(120_000);
  const context = await browser.newContext(phone);
  const told: Told = { sites: [], hazards: [] };
  await context.route('**/api/v1/sync', async (route) => {
    // The server may be gone before the phone is.
    const response = await route.fetch().catch(() => undefined);
    if (!response) return route.abort();
    const answer = (await response.json()) as { changes: Envelope[]; outcomes: object[] };
    ofTomorrow(answer.changes, told);
    await route.fulfill({ response, json: answer });
  });
  const page = await context.newPage();
  await signInOnPhone(page, server.url);
  await waitUntilOfflineReady(page);
  await page.goto(`${server.url}/field/sites`);
  await expect(page.getByText('另有 2 条内容要更新巡安后才能看，已经收在本机')).toBeVisible();
  await expect.poll(() => rows(page).count()).toBeGreaterThan(3);
  await page.goto(`${server.url}/field/hazards?show=open`);
  await expect(page.getByText('另有 2 条内容要更新巡安后才能看，已经收在本机')).toBeVisible();
  await expect(rows(page).first()).toBeVisible();
  expect([told.sites.length, told.hazards.length]).toEqual([2, 2]);
  for (const address of [...told.sites.map((id) => `sites/${id}`), ...told.hazards.map((id) => `hazards/${id}`)]) {
    await page.goto(`${server.url}/field/${address}`);
    await expect(page.getByText('这条内容由新版本的巡安记下，更新后才能看；已经收在本机')).toBeVisible();
  }
  // What is asked and answered here goes on, and arrives.
  const work = await submittedOffline(context, page, server.url, await photos(browser, ['portrait_6.jpg']));
  await context.setOffline(false);
  await everythingReceived(page, server.url);
  await officeHas(server, work);
  await context.close();
});

test('an answer in words of tomorrow to what was sent loses nothing', async ({ browser, server }) => {
  test.setTimeout(120_000);
  const context = await browser.newContext(phone);
  const page = await context.newPage();
  await signInOnPhone(page, server.url);
  await waitUntilOfflineReady(page);
  const work = await submittedOffline(context, page, server.url, await photos(browser, ['portrait_6.jpg']));
  let refusals = 0;
  await context.route('**/api/v1/sync', async (route) => {
    const asked = JSON.parse(route.request().postData() ?? '{}') as { operations: { id: string }[] };
    if (!asked.operations.length) return route.continue();
    // Not handed on: refused for a reason that this app has no word for.
    refusals += 1;
    const refusal = { reason: 'of_tomorrow', message: '明天才有的理由' };
    const outcomes = asked.operations.map(({ id }) => ({ operation: id, outcome: { refused: { refusal } } }));
    await route.fulfill({ json: { now: new Date().toISOString(), outcomes, changes: [] } });
  });
  await context.setOffline(false);
  await expect(page.getByText('明天才有的理由').first()).toBeVisible({ timeout: 30_000 });
  expect(refusals).toBeGreaterThan(0);
  expect((await exported(page, server.url)).operations).toHaveLength(work.operations.length);
  await context.close();
});
