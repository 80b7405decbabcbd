// Every screen of the product and how to come to it: for pictures and for the accessibility run.
import { PIN, actions, beginVisit, dialog, pictures, questions, rows } from './phone.mjs';

const finder = (page) => page.getByRole('dialog', { name: '连拍' });
const entries = (page) => page.getByRole('table').locator('tbody').getByRole('link');

/** On the phone, signed in as an inspector; each leaves the page on its screen. */
export const phoneScreens = [
  { name: 'today', open: (page, url) => page.goto(`${url}/field/`) },
  {
    name: 'order',
    async open(page, url) {
      await page.goto(`${url}/field/`);
      await page.getByRole('main').locator('a[href^="/field/orders/"]').first().click();
      await page.waitForURL(/\/field\/orders\/[0-9a-f-]+$/);
    },
  },
  { name: 'sites', open: (page, url) => page.goto(`${url}/field/sites`) },
  { name: 'site', open: (page, url) => first(page, `${url}/field/sites`, /\/field\/sites\/[0-9a-f-]+$/) },
  {
    name: 'forms',
    async open(page, url) {
      await first(page, `${url}/field/sites`, /\/field\/sites\/[0-9a-f-]+$/);
      await actions(page).getByRole('link').last().click();
      await page.waitForURL(/\/field\/sites\/[0-9a-f-]+\/[a-z]+$/);
    },
  },
  { name: 'inspect', open: (page, url) => beginVisit(page, url, '充电棚', '电动自行车停放充电检查') },
  {
    name: 'finding',
    async open(page) {
      const question = questions(page).first();
      await question.getByRole('button', { name: '加一' }).click();
      await question.getByRole('button', { name: '记为不合格' }).click();
      await dialog(page).waitFor();
    },
  },
  {
    name: 'camera',
    async open(page) {
      await dialog(page).getByRole('button', { name: '连拍' }).first().click();
      await finder(page).getByRole('button', { name: '拍照', disabled: false }).waitFor();
    },
    async close(page) {
      const films = () => document.querySelector('dialog video')?.videoWidth > 0;
      await page.waitForFunction(films);
      await finder(page).getByRole('button', { name: '拍照' }).click();
      await finder(page).getByText('1 / 9').waitFor();
      await finder(page).getByRole('button', { name: '完成' }).click();
    },
  },
  {
    name: 'photo',
    async open(page) {
      await pictures(dialog(page)).first().waitFor({ timeout: 30_000 });
      await page.getByRole('button', { name: '看第 1 张照片' }).click();
      await page.getByRole('dialog', { name: '照片' }).locator('img').waitFor();
    },
  },
  {
    name: 'markup',
    async open(page) {
      await page.getByRole('button', { name: '标注' }).first().click();
      await page.getByRole('dialog', { name: '标注' }).locator('img').waitFor();
    },
    async close(page) {
      await page.getByRole('button', { name: '不标了' }).click();
      await page.getByRole('button', { name: '记下，继续检查' }).click();
    },
  },
  {
    name: 'review',
    async open(page) {
      await page.getByRole('link', { name: '小结' }).click();
      await page.waitForURL(/\/review$/);
    },
  },
  {
    name: 'sign-off',
    async open(page) {
      const refused = page.getByRole('group', { name: '场所的人签收' }).getByRole('button', { name: '拒签', exact: true });
      await refused.click();
      await page.getByRole('img', { name: '见证人签名' }).evaluate((pad) => pad.scrollIntoView({ block: 'center' }));
    },
    async close(page) {
      await page.getByRole('group', { name: '场所的人签收' }).getByRole('button', { name: '拒签', exact: true }).click();
    },
  },
  { name: 'map', open: (page, url) => page.goto(`${url}/field/map`) },
  { name: 'streets', open: (page, url) => page.goto(`${url}/field/streets`) },
  {
    name: 'street',
    async open(page, url) {
      await page.goto(`${url}/field/streets`);
      await page.getByRole('link', { name: /^新街/ }).click();
      await page.getByRole('button', { name: '关门', exact: true }).waitFor();
    },
  },
  {
    name: 'door',
    async open(page) {
      await page.getByRole('region', { name: '1 号', exact: true }).getByRole('link').click();
      await page.getByRole('button', { name: /^有问题/ }).first().waitFor();
    },
  },
  {
    name: 'new-site',
    async open(page, url) {
      await page.goto(`${url}/field/new-site`);
      await page.getByLabel('店名').waitFor();
    },
  },
  { name: 'hazards', open: (page, url) => page.goto(`${url}/field/hazards?show=open`) },
  { name: 'hazard', open: (page, url) => first(page, `${url}/field/hazards?show=open`, /\/field\/hazards\/[0-9a-f-]+$/) },
  {
    name: 'quick-report',
    async open(page, url) {
      await page.goto(`${url}/field/report`);
      await page.getByRole('group', { name: '常用说法' }).waitFor();
    },
  },
  {
    name: 'outbox',
    async open(page, url) {
      await page.goto(`${url}/field/outbox`);
      await page.getByText('传不上去怎么办').click();
    },
  },
  { name: 'notices', open: (page, url) => page.goto(`${url}/field/notices`) },
  { name: 'settings', open: (page, url) => page.goto(`${url}/field/settings`) },
  {
    name: 'unlock',
    async open(page, url) {
      await page.goto(`${url}/field/settings`);
      await page.getByRole('button', { name: '锁定本机' }).click();
      await page.getByRole('heading', { name: '解锁' }).waitFor();
    },
    async close(page) {
      await page.getByRole('textbox', { name: '解锁码' }).fill(PIN);
      await page.getByRole('button', { name: '解锁', exact: true }).click();
      await page.getByRole('heading', { name: '设置' }).waitFor();
    },
  },
  {
    name: 'not-done',
    async open(page, url) {
      await first(page, `${url}/field/sites`, /\/field\/sites\/[0-9a-f-]+$/, rows(page).filter({ hasNotText: '充电棚' }).nth(3));
      await actions(page).getByRole('button', { name: '没查成' }).click();
      await page.getByRole('radio').first().waitFor();
    },
    async close(page) {
      await page.getByRole('button', { name: '作废这份检查' }).click();
      await dialog(page).getByRole('button', { name: '作废', exact: true }).click();
      await page.waitForURL(/\/field\/sites\//);
    },
  },
  { name: 'not-here', open: (page, url) => page.goto(`${url}/field/nowhere`) },
];

/** For people without an account. */
export const publicScreens = [
  { name: 'report', open: (page, url) => page.goto(`${url}/report`) },
  { name: 'follow', open: (page, url) => page.goto(`${url}/report/find`) },
  { name: 'results', open: (page, url) => page.goto(`${url}/results`) },
  { name: 'code', open: (page, url) => page.goto(`${url}/c/7K2M94QD8X`) },
  { name: 'code-enter', open: (page, url) => page.goto(`${url}/c`) },
];

/** One row that is wrong, one that asks, one that is new. */
const LIST = '编码,名称,类别,风险等级,社区,网格\nXC0001,改了名字的场所,住宅小区,一般,东苑社区,第 1 网格\nNEW1,新超市,商场市场,高,东苑社区,第 1 网格\nNEW2,新小区,住宅小区,一般,东苑社区,第 1 网格\n';

/** At the desk, signed in as the safety committee office or the administrator. */
export const deskScreens = [
  { name: 'overview', open: (page, url) => page.goto(`${url}/office`) },
  { name: 'ledger', open: (page, url) => page.goto(`${url}/office/hazards`) },
  {
    name: 'ledger-open',
    async open(page, url) {
      await page.goto(`${url}/office/hazards?status=to_accept`);
      // The number leads to the hazard's own page, the words of the row open it beside the list.
      await page.getByRole('table').getByRole('row').nth(1).getByRole('link').nth(1).click();
      await page.getByRole('complementary').getByRole('heading').first().waitFor();
    },
  },
  {
    name: 'hazard',
    async open(page, url) {
      await page.goto(`${url}/office/hazards?status=to_assign`);
      await page.locator('table tbody a').first().click();
      await page.waitForURL(/open=|\/hazards\/[0-9a-f-]+/);
      const id = new URL(page.url()).searchParams.get('open');
      if (id) await page.goto(`${url}/office/hazards/${id}`);
    },
  },
  { name: 'visits', open: (page, url) => page.goto(`${url}/office/visits`) },
  { name: 'record', open: (page, url) => first(page, `${url}/office/visits`, /\/office\/visits\/[0-9a-f-]+/, entries(page)) },
  { name: 'sites', open: (page, url) => page.goto(`${url}/office/sites`) },
  { name: 'site', open: (page, url) => first(page, `${url}/office/sites`, /\/office\/sites\/[0-9a-f-]+/, entries(page)) },
  { name: 'site-new', open: (page, url) => page.goto(`${url}/office/sites/new`) },
  { name: 'parties', open: (page, url) => page.goto(`${url}/office/parties`) },
  { name: 'party-new', open: (page, url) => page.goto(`${url}/office/parties/new`) },
  { name: 'checks', open: (page, url) => page.goto(`${url}/office/checks`) },
  { name: 'check-plan', open: (page, url) => first(page, `${url}/office/checks`, /\/office\/checks\/[0-9a-f-]+$/, entries(page)) },
  { name: 'check-new', open: (page, url) => page.goto(`${url}/office/checks/new`) },
  { name: 'grids', open: (page, url) => page.goto(`${url}/office/grids`) },
  { name: 'office-map', open: (page, url) => page.goto(`${url}/office/map`) },
  { name: 'outlines', open: (page, url) => page.goto(`${url}/office/outlines`) },
  { name: 'tasks', open: (page, url) => page.goto(`${url}/office/tasks`) },
  { name: 'unsent', open: (page, url) => page.goto(`${url}/office/unsent`) },
  { name: 'reports', open: (page, url) => page.goto(`${url}/office/reports`) },
  { name: 'report', open: (page, url) => first(page, `${url}/office/reports`, /\/office\/reports\/[0-9a-f-]{36}$/, entries(page)) },
  { name: 'report-settings', open: (page, url) => page.goto(`${url}/office/reports/settings`) },
  { name: 'complaints', open: (page, url) => page.goto(`${url}/office/complaints`) },
  { name: 'complaint', open: (page, url) => first(page, `${url}/office/complaints`, /\/office\/complaints\/[0-9a-f-]{36}$/, entries(page)) },
  { name: 'office-forms', open: (page, url) => page.goto(`${url}/office/forms`) },
  { name: 'form', open: (page, url) => page.goto(`${url}/office/forms/lodging`) },
  { name: 'form-edit', open: (page, url) => row(page, `${url}/office/forms/lodging/edit`) },
  { name: 'form-edit-faults', open: (page, url) => row(page, `${url}/office/forms/spring-fireworks/edit`) },
  { name: 'form-compare', open: (page, url) => page.goto(`${url}/office/forms/lodging/compare?from=1&to=2`) },
  { name: 'people', open: (page, url) => page.goto(`${url}/office/people`) },
  { name: 'person-new', open: (page, url) => page.goto(`${url}/office/people/new`) },
  { name: 'import', open: (page, url) => page.goto(`${url}/office/import`) },
  {
    name: 'import-preview',
    async open(page, url) {
      await page.goto(`${url}/office/import`);
      await page.locator('input[type=file]').setInputFiles({ name: 'sites.csv', mimeType: 'text/csv', buffer: Buffer.from(LIST) });
      await page.locator('form', { has: page.locator('input[type=file]') }).locator('button').last().click();
      await page.locator('table tbody tr').first().waitFor();
    },
  },
  { name: 'quarantine', open: (page, url) => page.goto(`${url}/office/quarantine`) },
  { name: 'audit', open: (page, url) => page.goto(`${url}/office/audit`) },
  { name: 'jobs', open: (page, url) => page.goto(`${url}/office/jobs`) },
  { name: 'settings-office', open: (page, url) => page.goto(`${url}/office/settings?part=office`) },
  { name: 'settings-departments', open: (page, url) => page.goto(`${url}/office/settings?part=departments`) },
  { name: 'settings-places', open: (page, url) => first(page, `${url}/office/settings?part=places`, /place=/, entries(page)) },
  { name: 'standards', open: (page, url) => page.goto(`${url}/office/standards`) },
  { name: 'inspection-rules', open: (page, url) => page.goto(`${url}/office/inspections`) },
  { name: 'desk-notices', open: (page, url) => page.goto(`${url}/office/notices`) },
  { name: 'notice-rules', open: (page, url) => page.goto(`${url}/office/notices/rules`) },
  { name: 'settings-intervals', open: (page, url) => page.goto(`${url}/office/settings?part=intervals`) },
  { name: 'start', open: (page, url) => page.goto(`${url}/office/start`) },
  { name: 'password', open: (page, url) => page.goto(`${url}/account/password`) },
  { name: 'factor', open: (page, url) => page.goto(`${url}/account/second-factor`) },
  { name: 'devices', open: (page, url) => page.goto(`${url}/account/devices`) },
  { name: 'no-such-page', open: (page, url) => page.goto(`${url}/office/nowhere`) },
  // Without a program: what is printed with a short code.
  { name: 'posters', open: (page, url) => page.goto(`${url}/office/sites/posters`) },
  {
    name: 'hazard-code',
    async open(page, url) {
      await page.goto(`${url}/office/hazards?status=in_rectification`);
      await page.getByRole('table').getByRole('row').nth(1).getByRole('link').nth(1).click();
      await page.getByRole('link', { name: '责任主体的短码' }).click();
      await page.waitForURL(/\/code$/);
    },
  },
];

/** A draft in the editor, with the first row open in the panel. */
async function row(page, draft) {
  await first(page, draft, /row=\d+/, entries(page));
  await page.getByLabel('内容（中文）').waitFor();
}

/** Opens the first row of a list. */
async function first(page, list, there, row = rows(page)) {
  await page.goto(list);
  await row.first().click();
  await page.waitForURL(there);
}

/** Still: what was asked for has come and is drawn. */
export async function settled(page) {
  await page.waitForLoadState('networkidle');
  await page.evaluate(async () => {
    await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
    // Only those that end: a waiting ring turns for ever.
    const ending = document.getAnimations().filter((one) => Number.isFinite(one.effect?.getComputedTiming().endTime));
    await Promise.allSettled(ending.map((one) => one.finished));
  });
}

