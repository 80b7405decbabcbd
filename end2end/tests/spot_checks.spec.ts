// Spot checks at the desk: a draw that anybody computes again, what was missed, a plan that is made, sealed and sent, and a colleague who
// is not told which sites it is about.
import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import type { Page } from '@playwright/test';
import { desk, signInAtDesk } from './phone.mjs';
import { settled } from './screens.mjs';
import { expect, test } from './server';

const run = promisify(execFile);
const checker = fileURLToPath(new URL('../draw-check.mjs', import.meta.url));

async function opened(page: Page, url: string, title: string): Promise<void> {
  await page.goto(`${url}/office/checks`);
  await settled(page);
  await page.getByRole('link', { name: title }).click();
  await expect(page.getByRole('heading', { name: title, level: 1 })).toBeVisible();
}

test('a published draw is computed again by the page and by a script that shares nothing with it', async ({ browser, server }) => {
  const page = await (await browser.newContext(desk)).newPage();
  await signInAtDesk(page, server.url, 'anwei1');
  await opened(page, server.url, '本月双随机抽查');
  await expect(page.getByText('这次抽取可以重算')).toBeVisible();
  await expect(page.getByText('作废过 1 次')).toBeVisible();
  const address = await page.getByRole('link', { name: '公布页' }).getAttribute('href');

  // Whoever is not signed in reads the same.
  const anybody = await (await browser.newContext(desk)).newPage();
  await anybody.goto(`${server.url}${address}`);
  await expect(anybody.getByText('在这个页面上重新计算：与公布的指纹、种子和结果一致')).toBeVisible();
  await expect(anybody.getByRole('table').locator('tbody tr')).toHaveCount(12);
  const download = anybody.waitForEvent('download');
  await anybody.getByRole('link', { name: /下载抽取文件/ }).click();
  const file = await (await download).path();
  const { stdout } = await run(process.execPath, [checker, file]);
  expect(stdout).toContain('holds');
});

test('what was missed stands first, and on the overview', async ({ browser, server }) => {
  const page = await (await browser.newContext(desk)).newPage();
  await signInAtDesk(page, server.url, 'anwei1');
  await page.getByRole('link', { name: /有抽查没有开展的计划/ }).click();
  await page.waitForURL(/checks=missed/);
  await page.getByRole('link', { name: '重大风险场所突击抽查' }).click();
  await expect(page.getByText(/处没有开展/).first()).toBeVisible();
});

test('a rule finds the sites that people report', async ({ browser, server }) => {
  const page = await (await browser.newContext(desk)).newPage();
  await signInAtDesk(page, server.url, 'anwei1');
  await page.goto(`${server.url}/office/checks/new`);
  await settled(page);
  const tomorrow = new Date(Date.now() + 32 * 3600_000).toISOString().slice(0, 10);
  await page.getByLabel('名称', { exact: true }).fill('举报线索核查');
  await page.getByLabel('依据', { exact: true }).fill('群众举报');
  await page.getByLabel('启封日期').fill(tomorrow);
  await page.getByLabel('截止日期').fill(tomorrow);
  await page.getByRole('group', { name: '检查表' }).getByRole('checkbox').first().check();
  await page.getByRole('button', { name: '保存计划' }).click();
  await expect(page.getByRole('heading', { name: '举报线索核查', level: 1 })).toBeVisible();
  await page.getByRole('link', { name: '选定场所' }).click();
  await settled(page);
  await page.getByLabel('近期群众举报不少于').fill('1');
  await page.getByRole('button', { name: '列出场所' }).click();
  await page.waitForURL(/reports=1(&|$)/);
  await expect(page.getByText(/90 天内群众举报 \d+ 件/).first()).toBeVisible();
  await page.getByLabel('近期群众举报不少于').fill('500');
  await page.getByRole('button', { name: '列出场所' }).click();
  await expect(page.getByText('没有符合条件的场所，请放宽条件')).toBeVisible();
});

test('who leads a plan is told to hand it over before the account is switched off', async ({ browser, server }) => {
  const page = await (await browser.newContext(desk)).newPage();
  await signInAtDesk(page, server.url, 'admin');
  await page.goto(`${server.url}/office/people?role=leader`);
  await page.locator('table tbody a').first().click();
  await settled(page);
  await page.getByRole('checkbox', { name: /停用/ }).check();
  await page.getByRole('button', { name: '保存', exact: true }).click();
  await expect(page.getByRole('alert').filter({ hasText: '抽查计划' }).first()).toBeVisible();
  await page.getByRole('link', { name: '交接' }).click();
  await expect(page.getByText('名下还有这些抽查计划')).toBeVisible();
  await expect(page.getByRole('listitem').filter({ hasText: '带队' }).getByRole('link', { name: '今日突击抽查' })).toBeVisible();
});

test('a plan is made, sealed and sent, and a colleague is not told its sites', async ({ browser, server }) => {
  test.setTimeout(120_000);
  const page = await (await browser.newContext(desk)).newPage();
  await signInAtDesk(page, server.url, 'anwei1');
  await page.goto(`${server.url}/office/checks/new`);
  await settled(page);
  await page.getByLabel('名称', { exact: true }).fill('冬季夜查');
  await page.getByLabel('依据', { exact: true }).fill('年度抽查计划');
  await page.getByLabel('集合时间地点').fill('街道办门口 9:00');
  await page.getByLabel('启封日期').fill('2020-01-01');
  await page.getByRole('group', { name: '检查表' }).getByRole('checkbox').first().check();
  await page.getByRole('button', { name: '保存计划' }).click();
  await expect(page.getByText('启封时间已经过去', { exact: false }).first()).toBeVisible();

  const tomorrow = new Date(Date.now() + 32 * 3600_000).toISOString().slice(0, 10);
  await page.getByLabel('启封日期').fill(tomorrow);
  await page.getByLabel('截止日期').fill(tomorrow);
  await page.getByRole('button', { name: '保存计划' }).click();
  await expect(page.getByRole('heading', { name: '冬季夜查', level: 1 })).toBeVisible();
  const plan = page.url();

  await page.getByRole('link', { name: '选定场所' }).click();
  await settled(page);
  const sites = page.getByRole('group', { name: '选定场所' });
  const chosen = sites.getByRole('checkbox').first();
  const name = (await chosen.getAttribute('aria-label'))?.replace(/^选 /, '') ?? '';
  await chosen.check();
  const people = page.getByRole('group', { name: '可以派的人' }).getByRole('checkbox');
  await people.nth(0).check();
  await people.nth(1).check();
  await page.getByRole('button', { name: '按这些场所和人员编组' }).click();
  await page.waitForURL(plan);
  await expect(page.getByRole('link', { name })).toBeVisible();
  await page.getByRole('button', { name: '密封下发到 2 人' }).click();
  await expect(page.getByText('已下发').first()).toBeVisible();

  await page.getByRole('button', { name: '看口令' }).click();
  await expect(page.getByRole('status').filter({ hasText: /^\S+ \S+ \S+ \S+$/ })).toBeVisible();

  const colleague = await (await browser.newContext(desk)).newPage();
  await signInAtDesk(colleague, server.url, 'anwei2');
  await colleague.goto(plan);
  await expect(colleague.getByText('启封之前，场所和人员只有制定人和带队领导看得到')).toBeVisible();
  const said = await colleague.content();
  expect(said).not.toContain(name);
  expect(said).not.toContain('街道办门口 9:00');
});
