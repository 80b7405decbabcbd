// The codes for the walls of every site at once, as whoever hangs them up gets them: one print, two to a sheet of A4. That each of
// hundreds is read back by the phone's decoder is `posters_are_made_for_all_sites_at_once_and_lead_to_the_site` of the server's tests.
import { desk, signInAtDesk } from './phone.mjs';
import { expect, test } from './server';

test('the codes of all sites are one print, those of a filter another', async ({ browser, server }) => {
  test.setTimeout(180_000);
  const page = await (await browser.newContext(desk)).newPage();
  await signInAtDesk(page, server.url, 'anwei1');
  await page.goto(`${server.url}/office/sites`);
  await page.getByRole('link', { name: '墙上的码' }).click();
  await page.waitForURL(/\/office\/sites\/posters$/);
  await page.getByRole('button', { name: /处都做上码$/ }).click();
  await expect(page.getByRole('button', { name: /处都做上码$/ }), 'each has one').toHaveCount(0, { timeout: 60_000 });
  const posters = page.getByRole('article');
  await page.waitForLoadState('load');
  await expect.poll(() => posters.count(), { timeout: 30_000 }).toBeGreaterThanOrEqual(300);
  const count = await posters.count();
  await expect(page.getByText(`${count} 张，每页 2 张`)).toBeVisible();
  const codes = await posters.locator('.code').allInnerTexts();
  expect(new Set(codes).size, 'no two are the same').toBe(count);

  const pdf = (await page.pdf({ preferCSSPageSize: true })).toString('latin1');
  expect(pdf.match(/\/Type\s*\/Page\b/g)).toHaveLength(Math.ceil(count / 2));

  await page.goto(`${server.url}/office/sites?risk=major`);
  await page.getByRole('link', { name: '墙上的码' }).click();
  await page.waitForURL(/\/office\/sites\/posters\?risk=major$/);
  await expect(posters.first()).toBeVisible();
  await page.waitForLoadState('load');
  const some = await posters.count();
  expect(some).toBeLessThan(count);
});
