// Screens that are only pictured: those that want a second account, words that somebody else says, or a plan that is half made. They
// leave something behind, so `tests/screens.mjs`, which other tests walk through, comes before them.
import { actions, chooseForm, dialog, questions, rows, signInAtDesk } from './tests/phone.mjs';
import { settled } from './tests/screens.mjs';

const FORM = '电动自行车停放充电检查';
const entries = (page) => page.getByRole('table').locator('tbody').getByRole('link');
const word = (page, n) => page.getByRole('textbox', { name: `第 ${n} 词` });

async function type(page, words) {
  for (const [at, text] of words.entries()) await word(page, at + 1).fill(text);
  await actions(page).getByRole('button', { name: '打开' }).click();
}

async function order(page, url) {
  await page.goto(`${url}/field/`);
  await page.getByRole('main').locator('a[href^="/field/orders/"]').first().click();
  await word(page, 1).waitFor();
}

/** The words of the plan to come, as its leader reads them aloud. */
export async function spokenWords(context, url) {
  const page = await context.newPage();
  await signInAtDesk(page, url, 'lingdao1');
  await page.goto(`${url}/office/checks`);
  await settled(page);
  await page.getByRole('link', { name: '今日突击抽查' }).first().click();
  await page.getByRole('button', { name: '看口令' }).click();
  const told = page.getByRole('status').filter({ hasText: /^\s*\p{Script=Han}{2}( \p{Script=Han}{2}){3}\s*$/u });
  const words = (await told.innerText()).trim().split(' ');
  await context.close();
  return words;
}

/** As a grid member of the team. `words`: those of the leader. */
export const patrolPictures = (words) => [
  {
    name: 'street-near',
    async open(page, url) {
      await page.goto(`${url}/field/streets`);
      await page.getByRole('link', { name: /^新街/ }).click();
      await page.getByText('按远近', { exact: true }).click();
    },
  },
  {
    name: 'order-wrong-words',
    passing: true,
    async open(page, url) {
      await order(page, url);
      await type(page, [words[1], words[0], words[2], words[3]]);
      await page.getByRole('alert').filter({ hasText: '还可以试' }).waitFor();
    },
  },
  {
    name: 'order-opened',
    async open(page, url) {
      await order(page, url);
      await type(page, words);
      await actions(page).getByRole('button', { name: '到了，开始检查' }).waitFor();
    },
  },
];

/** A visit of a charging shed, from the page on which one is chosen. */
async function begin(page, url, why) {
  await page.goto(`${url}/field/sites`);
  await page.getByRole('searchbox').fill('充电棚');
  await rows(page).filter({ hasText: '充电棚' }).first().click();
  await page.waitForURL(/\/field\/sites\/[0-9a-f-]+$/);
  await page.goto(`${page.url()}/check`);
  await page.getByRole('radio', { name: why }).click();
  await chooseForm(page, FORM);
}

/** As an officer of the department that answers for e-bikes. */
export const officerPictures = [
  {
    name: 'give',
    passing: true,
    async open(page, url) {
      await page.goto(`${url}/field/sites`);
      await rows(page).first().click();
      await page.getByRole('button', { name: '派给…' }).click();
      await dialog(page).waitFor();
    },
  },
  {
    name: 'inspection',
    async open(page, url) {
      await begin(page, url, '行政检查');
      await page.getByRole('heading', { name: '行政检查', level: 1 }).waitFor();
    },
  },
  {
    name: 'recheck',
    async open(page, url) {
      await begin(page, url, '复查');
      await questions(page).first().waitFor();
    },
  },
];

/** Opens the first row of a list. */
async function first(page, list, there) {
  await page.goto(list);
  await entries(page).first().click();
  await page.waitForURL(there);
}

const settings = ['permissions', 'numbers', 'calendar', 'papers'].map((part) => ({
  name: `settings-${part}`,
  open: (page, url) => page.goto(`${url}/office/settings?part=${part}`),
}));

/** As the administrator. */
export const deskPictures = [
  {
    name: 'draw',
    async open(page, url) {
      await page.goto(`${url}/office/checks`);
      await settled(page);
      await page.getByRole('link', { name: '多人承诺随机抽查' }).click();
      await page.goto(`${url}${await page.getByRole('link', { name: '公布页' }).getAttribute('href')}`);
    },
  },
  {
    name: 'check-sites',
    async open(page, url) {
      await page.goto(`${url}/office/checks/new`);
      await settled(page);
      const tomorrow = new Date(Date.now() + 32 * 3600_000).toISOString().slice(0, 10);
      await page.getByLabel('名称', { exact: true }).fill('冬季夜查');
      await page.getByLabel('依据', { exact: true }).fill('年度抽查计划');
      await page.getByLabel('启封日期').fill(tomorrow);
      await page.getByLabel('截止日期').fill(tomorrow);
      await page.getByRole('group', { name: '检查表' }).getByRole('checkbox').first().check();
      await page.getByRole('button', { name: '保存计划' }).click();
      await page.waitForURL(/\/office\/checks\/[0-9a-f-]{36}$/);
      await page.goto(`${page.url()}/sites`);
      await page.getByRole('checkbox', { name: /^选 / }).first().waitFor();
    },
  },
  { name: 'task', open: (page, url) => first(page, `${url}/office/tasks`, /\/office\/tasks\/[0-9a-f-]+$/) },
  {
    name: 'task-new',
    async open(page, url) {
      await first(page, `${url}/office/sites`, /\/office\/sites\/[0-9a-f-]+/);
      await page.getByRole('link', { name: '派给…' }).click();
      await page.waitForURL(/\/office\/tasks\/new/);
    },
  },
  {
    name: 'hand-over',
    async open(page, url) {
      await page.goto(`${url}/office/people?q=wangge1`);
      await entries(page).first().click();
      await page.getByRole('link', { name: '交接' }).click();
      await page.waitForURL(/\/hand-over$/);
    },
  },
  { name: 'site-to-confirm', open: (page, url) => first(page, `${url}/office/sites?lacking=confirmation`, /\/office\/sites\/[0-9a-f-]+/) },
  ...settings,
];
