// What ended long ago is not on the phone: it comes when somebody opens it, and without signal the phone says so.
import { passwordOf, phone, rows, signInOnPhone, waitUntilOfflineReady } from './phone.mjs';
import { expect, Server, test } from './server';

interface Envelope {
  kind: string;
  id: string;
  body: { number?: string; found?: { what: string } };
}

/** What the office says of this address, to the same person. */
async function asked(url: string): Promise<(path: string) => Promise<{ records: Envelope[] }>> {
  const headers = { 'content-type': 'application/json' };
  const body = JSON.stringify({ username: 'wangge1', password: passwordOf('wangge1'), device_name: 'check' });
  const signedIn = await fetch(`${url}/api/v1/session`, { method: 'POST', headers, body });
  const cookie = (signedIn.headers.get('set-cookie') ?? '').split(';')[0] ?? '';
  return async (path) => (await fetch(`${url}${path}`, { headers: { cookie } })).json() as Promise<{ records: Envelope[] }>;
}

test('a past that is not on the phone comes when it is asked for', async ({ browser }) => {
  test.setTimeout(120_000);
  const server = await Server.open({ args: ['--phone-closed-days', '1', '--phone-visit-days', '1'] });
  try {
    const context = await browser.newContext(phone);
    const page = await context.newPage();
    await signInOnPhone(page, server.url);
    await waitUntilOfflineReady(page);
    await page.goto(`${server.url}/field/sites`);
    const sites = rows(page);
    await sites.first().waitFor();
    const addresses = await sites.evaluateAll((links) => links.map((link) => link.getAttribute('href') ?? ''));
    const ask = await asked(server.url);
    const past: { site: string; visit: string; hazard?: Envelope }[] = [];
    for (const address of addresses) {
      const site = address.split('/').at(-1) ?? '';
      const { records } = await ask(`/api/v1/sites/${site}/earlier`);
      const visit = records.find(({ kind }) => kind === 'visit')?.body.number;
      const hazard = records.find(({ kind }) => kind === 'hazard');
      if (visit) past.push({ site, visit, ...(hazard && { hazard }) });
    }
    const shown = past.find(({ hazard }) => hazard) ?? past[0];
    if (!shown) throw new Error('the demonstration has no past');

    await test.step('without signal the phone says that it cannot be had', async () => {
      await context.setOffline(true);
      await page.goto(`${server.url}/field/sites/${shown.site}`);
      await page.getByRole('button', { name: '更早的记录' }).click();
      await expect(page.getByText('没有信号，更早的记录取不到')).toBeVisible();
      if (shown.hazard) {
        await page.goto(`${server.url}/field/hazards/${shown.hazard.id}`);
        await expect(page.getByText('没有信号，这条记录取不到')).toBeVisible();
      }
    });
    await test.step('with signal it comes, and stays', async () => {
      await context.setOffline(false);
      if (shown.hazard) {
        await page.goto(`${server.url}/field/hazards/${shown.hazard.id}`);
        await expect(page.getByText(shown.hazard.body.found?.what ?? '', { exact: true }).first()).toBeVisible({ timeout: 30_000 });
        await expect(page.getByRole('list', { name: '经过' })).toContainText('发现');
      }
      await page.goto(`${server.url}/field/sites/${shown.site}`);
      await page.getByRole('button', { name: '更早的记录' }).waitFor();
      await expect(page.getByText(shown.visit)).toHaveCount(0);
      await page.getByRole('button', { name: '更早的记录' }).click();
      await expect(page.getByText(shown.visit)).toBeVisible({ timeout: 30_000 });
      await context.setOffline(true);
      await page.goto(`${server.url}/field/sites`);
      await page.goto(`${server.url}/field/sites/${shown.site}`);
      await expect(page.getByText('检查记录')).toBeVisible();
      await expect(page.getByText(shown.visit)).toBeVisible();
    });
  } finally {
    await server.discard();
  }
});
