// 专项: how far a campaign is, on the phone among one's own sites and at the desk by grid; each figure opens what it counts.
import { desk, phone, signInAtDesk, signInOnPhone, waitUntilOfflineReady } from './phone.mjs';
import { expect, test } from './server';

const TITLE = '打通生命通道专项检查';

test('a campaign is counted on the phone and at the desk, and its figures open their sites', async ({ browser, server }) => {
  test.setTimeout(120_000);
  await test.step('the phone tells how far it is, without signal, and what is left', async () => {
    const context = await browser.newContext(phone);
    const page = await context.newPage();
    await signInOnPhone(page, server.url);
    await waitUntilOfflineReady(page);
    await page.goto(`${server.url}/field/streets`);
    await page.getByRole('region', { name: '专项' }).waitFor();
    await context.setOffline(true);
    await page.reload();
    const campaign = page.getByRole('region', { name: '专项' }).getByRole('group').filter({ hasText: TITLE });
    await expect(campaign).toContainText(/已查 \d+ \/ \d+ 处/);
    await campaign.getByText(TITLE).click();
    await campaign.getByRole('link').first().click();
    await page.waitForURL(/\/field\/sites\//);
  });

  await test.step('the desk tells it by grid', async () => {
    const page = await (await browser.newContext(desk)).newPage();
    await signInAtDesk(page, server.url, 'anwei1');
    await page.goto(`${server.url}/office/forms/fire-lane-campaign`);
    const progress = page.getByRole('region', { name: /专项进度/ });
    const left = progress.getByRole('row', { name: '合计' }).getByRole('link').last();
    const figure = await left.innerText();
    expect(Number(figure)).toBeGreaterThan(0);
    await left.click();
    await page.waitForURL(/campaign_state=to_visit/);
    await expect(page.getByRole('status').filter({ hasText: new RegExp(`\\b${figure}\\b`) })).toBeVisible();
  });
});
