// Every screen passes an automatic accessibility check, at usual and at doubled text size.
import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { desk, phone, signInAtDesk, signInOnPhone, waitUntilOfflineReady } from './phone.mjs';
import { deskScreens, phoneScreens, publicScreens, settled } from './screens.mjs';
import { expect, test } from './server';

async function check(page: Page, name: string): Promise<string[]> {
  await settled(page);
  // As tall as what it shows: what a bar happens to cover before somebody scrolls is no smaller for it.
  const usual = page.viewportSize()!;
  const hidden = await page.evaluate(() => {
    const scrolled = [document.documentElement, ...document.querySelectorAll('main')];
    return Math.max(...scrolled.map((part) => part.scrollHeight - part.clientHeight));
  });
  await page.setViewportSize({ width: usual.width, height: usual.height + hidden });
  const { violations } = await new AxeBuilder({ page }).withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']).analyze();
  await page.setViewportSize(usual);
  return violations.map((violation) => `${name}: ${violation.id}: ${violation.nodes.map((node) => node.target.join(' ')).slice(0, 4).join(' | ')}`);
}

test('the phone’s screens', async ({ browser, server }) => {
  test.setTimeout(600_000);
  const page = await (await browser.newContext(phone)).newPage();
  await page.goto(`${server.url}/field/`);
  await page.getByRole('button', { name: '登录', exact: true }).waitFor();
  const found = await check(page, 'sign-in');
  await signInOnPhone(page, server.url, 'wangge1', async () => void found.push(...(await check(page, 'set-pin'))));
  await waitUntilOfflineReady(page);
  for (const screen of phoneScreens) {
    await screen.open(page, server.url);
    await page.locator('h1').first().waitFor();
    found.push(...(await check(page, screen.name)));
    await screen.close?.(page);
  }
  expect(found).toEqual([]);
});

test('the pages for people without an account', async ({ browser, server }) => {
  const page = await (await browser.newContext(phone)).newPage();
  const found: string[] = [];
  for (const screen of publicScreens) {
    await screen.open(page, server.url);
    found.push(...(await check(page, screen.name)));
  }
  expect(found).toEqual([]);
});

test('the desk’s pages', async ({ browser, server }) => {
  test.setTimeout(900_000);
  const page = await (await browser.newContext(desk)).newPage();
  await page.goto(`${server.url}/signin`);
  const found = await check(page, 'sign-in');
  await signInAtDesk(page, server.url, 'admin');
  for (const screen of deskScreens) {
    await screen.open(page, server.url);
    found.push(...(await check(page, screen.name)));
  }
  expect(found).toEqual([]);
});

test('twice as large, nothing is cut off sideways', async ({ browser, server }) => {
  test.setTimeout(480_000);
  const page = await (await browser.newContext(phone)).newPage();
  await signInOnPhone(page, server.url);
  await waitUntilOfflineReady(page);
  for (const screen of phoneScreens) {
    await screen.open(page, server.url);
    await page.locator('h1').first().waitFor();
    await page.evaluate(() => (document.documentElement.style.fontSize = '200%'));
    await settled(page);
    const [shown, wide] = await page.evaluate(() => [innerWidth, document.documentElement.scrollWidth]);
    expect(wide, `${screen.name} is wider than the phone`).toBeLessThanOrEqual(shown);
    await page.evaluate(() => (document.documentElement.style.fontSize = ''));
    await screen.close?.(page);
  }
});
