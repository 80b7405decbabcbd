// One visit with two forms, filled in one after the other and sent as one; and a closed door. The desk's record shows
// both forms, who was there, and what was met with. And a question that found several hazards.
import { photos } from './photos';
import { LONGEST_FORM, actions, answerTheRest, beginVisit, chooseForm, desk, dialog, phone, pictures, questions, rows, signInAtDesk, signInOnPhone, waitUntilOfflineReady } from './phone.mjs';
import { expect, test } from './server';

const FIRST = '电动自行车停放充电检查';
const SECOND = '电动自行车巡查';
const GUEST = '派出所马警官';
const MET = '卷帘门锁着，敲门没有人应';
const WIRES = ['三号楼二层窗口垂下飞线', '五号楼一层从插排接线到车上'] as const;
const MORE = '再记一条隐患';

test('a visit goes on with a second form, and a closed door is told', async ({ browser, server }) => {
  test.setTimeout(240_000);
  const page = await (await browser.newContext(phone)).newPage();
  await signInOnPhone(page, server.url);
  await waitUntilOfflineReady(page);

  await test.step('two forms are filled in within one visit', async () => {
    await beginVisit(page, server.url, '充电棚', FIRST);
    const draft = new URL(page.url()).pathname;
    await answerTheRest(page);
    await page.getByRole('button', { name: '全部答完' }).click();
    await expect(page.getByRole('button', { name: '提交检查' })).toBeEnabled();
    await page.getByRole('link', { name: '再加一张检查表' }).click();
    // What is filled in already is not offered again.
    const lists = page.getByRole('main').getByRole('button');
    await lists.first().waitFor();
    await expect(lists.filter({ hasText: FIRST })).toHaveCount(0);
    await chooseForm(page, SECOND);
    await page.waitForURL((url) => url.pathname === draft);
    await questions(page).first().waitFor();
    // It survives that the tab goes.
    await page.reload();
    await questions(page).first().waitFor();
    await answerTheRest(page);
    await page.getByRole('button', { name: '全部答完' }).click();
    const forms = page.getByRole('main').getByRole('link').and(page.locator(`[href="${draft}"]`));
    await expect(forms).toHaveCount(2);
    await page.getByLabel('参加人员').fill(`${GUEST}、王专家`);
    await page.getByRole('button', { name: '提交检查' }).click();
    await page.waitForURL(/\/field\/outbox/);
    await expect(page.getByText(/HZ-\d{4}-\d{6}/).first()).toBeVisible({ timeout: 30_000 });
  });

  await test.step('a site that is closed is told with a photo and a word', async () => {
    await page.goto(`${server.url}/field/sites`);
    await rows(page).nth(3).click();
    await page.waitForURL(/\/field\/sites\/[0-9a-f-]{36}/);
    const site = new URL(page.url()).pathname;
    // A thumb that trembles.
    await actions(page).getByRole('button', { name: '没查成' }).evaluate((button: HTMLButtonElement) => {
      button.click();
      button.click();
    });
    await page.waitForURL(/\/field\/visit\//);
    const begun = new URL(page.url()).pathname;
    await page.goto(`${server.url}${site}`);
    await expect(page.getByRole('main').locator('a[href^="/field/visit/"]')).toHaveCount(1);
    await page.goto(`${server.url}${begun}`);
    await page.getByRole('radio', { name: '拒绝检查' }).check();
    await expect(actions(page).getByRole('link', { name: '还有 1 处，去补' })).toBeVisible();
    await page.getByRole('radio', { name: '关门、停业中' }).check();
    await page.getByLabel(/情况说明/).fill(MET);
    await page.getByRole('main').locator('input[capture]').first().setInputFiles(await photos(browser, ['portrait_6.jpg']));
    await expect(pictures(page.getByRole('main'))).toHaveCount(1, { timeout: 30_000 });
    await actions(page).getByRole('button', { name: '提交检查' }).click();
    await page.waitForURL(/\/field\/outbox/);
    await expect(page.getByText(/HZ-\d{4}-\d{6}/)).toHaveCount(2, { timeout: 60_000 });
  });

  const atDesk = await (await browser.newContext(desk)).newPage();
  await signInAtDesk(atDesk, server.url, 'anwei1');
  const newest = async (outcome: string) => {
    await atDesk.goto(`${server.url}/office/visits?outcome=${outcome}`);
    await atDesk.locator('table tbody tr').first().getByRole('link').first().click();
    await atDesk.waitForURL(/\/office\/visits\/[0-9a-f-]+/);
    return atDesk.getByRole('article');
  };

  await test.step('the desk reads both forms in one record', async () => {
    const record = await newest('done');
    for (const title of [FIRST, SECOND]) await expect(record.getByRole('heading', { name: title })).toBeVisible();
    await expect(record.getByRole('table')).toHaveCount(2);
    await expect(record.getByText(`${GUEST}、王专家`)).toBeVisible();
  });

  await test.step('the desk finds the closed door by its outcome', async () => {
    const record = await newest('closed');
    await expect(record.getByText(MET)).toBeVisible();
    await expect(record.getByText('关门、停业中')).toBeVisible();
    await expect(record.getByRole('img')).toHaveCount(1);
    await expect(record.getByRole('table')).toHaveCount(0);
  });
});

test('one question holds several hazards, and the record names each', async ({ browser, server }) => {
  test.setTimeout(180_000);
  const page = await (await browser.newContext(phone)).newPage();
  await signInOnPhone(page, server.url);
  await waitUntilOfflineReady(page);
  await beginVisit(page, server.url, '充电棚', FIRST);
  const [first, sheet] = [questions(page).first(), dialog(page)];
  const words = sheet.getByLabel('看到什么');
  const writeUp = async (seen: string, photo: string) => {
    await words.fill(seen);
    await sheet.locator('input[capture]').first().setInputFiles(await photos(browser, [photo]));
    await expect(pictures(sheet)).toHaveCount(1, { timeout: 30_000 });
  };
  const bothStand = async () => {
    for (const seen of WIRES) await expect(first.getByText(seen)).toBeVisible();
  };

  await test.step('each is written up with words, a photo and a day of its own', async () => {
    await first.getByRole('button', { name: '加一' }).click();
    await first.getByRole('button', { name: '记为不合格' }).click();
    await writeUp(WIRES[0], 'portrait_6.jpg');
    await sheet.getByRole('button', { name: MORE }).click();
    await expect(sheet.getByText('第 2 条，共 2 条')).toBeVisible();
    await expect(words).toHaveValue('');
    await expect(words).toBeFocused();
    await expect(sheet.getByText('请写明看到什么')).toBeVisible();
    await expect(pictures(sheet)).toHaveCount(0);
    await writeUp(WIRES[1], 'DSCN0010.jpg');
    await sheet.getByRole('button', { name: /^15 天/ }).click();
    await sheet.getByRole('button', { name: '记下，继续检查' }).click();
    await bothStand();
    await expect(first.getByText('15 天内整改')).toHaveCount(1);
  });

  await test.step('one too many is taken away again, and a page that went comes back with the others', async () => {
    await first.getByRole('button', { name: MORE }).click();
    await words.fill('看错了');
    await expect(page).toHaveURL(/sheet=.+&number=2$/);
    // Kept before the tab goes.
    await page.locator('[data-saved=true]').first().waitFor();
    await page.reload();
    await expect(words).toHaveValue('看错了');
    await sheet.getByText('去掉这一条').click();
    await sheet.getByRole('button', { name: '确认去掉' }).click();
    await expect(sheet).toBeHidden();
    await bothStand();
    await expect(first.getByText('看错了')).toHaveCount(0);
  });

  await test.step('both are sent with the visit', async () => {
    await answerTheRest(page);
    await page.getByRole('button', { name: '全部答完' }).click();
    await expect(page.getByText('发现 2 条隐患')).toBeVisible();
    await page.getByRole('button', { name: '提交检查' }).click();
    await page.waitForURL(/\/field\/outbox/);
    await expect(page.getByText(/HZ-\d{4}-\d{6}/)).toHaveCount(1, { timeout: 60_000 });
  });

  await test.step('the desk reads both at the question and below the record', async () => {
    const atDesk = await (await browser.newContext(desk)).newPage();
    await signInAtDesk(atDesk, server.url, 'anwei1');
    await atDesk.goto(`${server.url}/office/visits?outcome=done`);
    await atDesk.locator('table tbody tr').first().getByRole('link').first().click();
    await atDesk.waitForURL(/\/office\/visits\/[0-9a-f-]+/);
    const record = atDesk.getByRole('article');
    await expect(record.getByRole('link', { name: /^隐患 \S+/ })).toHaveCount(2);
    for (const seen of WIRES) await expect(record.getByText(seen).first()).toBeVisible();
  });
});

test('a long form stands whole and in its order, and an answer is that of its question alone', async ({ browser, server }) => {
  test.setTimeout(180_000);
  const page = await (await browser.newContext(phone)).newPage();
  await signInOnPhone(page, server.url);
  await waitUntilOfflineReady(page);
  await beginVisit(page, server.url, '充电棚', LONGEST_FORM);
  const [answered, asked] = [0, 1].map((at) => async () => {
    const words = await page.getByRole('banner').locator('[data-saved=true]').innerText();
    return Number(words.match(/(\d+) \/ (\d+)/)?.[at + 1]);
  });
  const standsWhole = async () => {
    await expect.poll(async () => (await questions(page).count()) - (await asked())).toBe(0);
    // Numbers follow between frames.
    const numbers = () => questions(page).evaluateAll((cards) => cards.map((card) => Number(card.querySelector('p > span')?.textContent)));
    await expect.poll(async () => (await numbers()).findIndex((number, at) => number !== at + 1)).toBe(-1);
    return questions(page).count();
  };
  const whole = await standsWhole();
  const last = await questions(page).last().getAttribute('id');

  await test.step('one is answered, and the answer is taken back', async () => {
    const pressed = questions(page).locator('[aria-pressed=true]');
    const pass = questions(page).getByRole('button', { name: '合格', exact: true }).nth(1);
    await pass.click();
    await expect(pressed).toHaveCount(1);
    await expect(pass).toHaveAttribute('aria-pressed', 'true');
    await expect.poll(answered).toBe(1);
    await pass.click();
    await expect(pressed).toHaveCount(0);
    await expect.poll(answered).toBe(0);
  });

  await test.step('a choice brings its questions into view where they belong, and takes them away again', async () => {
    const hot = questions(page).filter({ hasText: '现场正在进行的作业' }).getByRole('checkbox', { name: '动火' });
    const permit = page.getByRole('group', { name: /动火有审批、气体分析、专人监护/ });
    await expect(permit).toHaveCount(0);
    await hot.check();
    await expect(permit).toBeVisible();
    expect(await standsWhole()).toBeGreaterThan(whole);
    await hot.uncheck();
    await expect(permit).toHaveCount(0);
    expect(await standsWhole()).toBe(whole);
    await hot.check();
  });

  await test.step('it opens again where the thumb was, however far', async () => {
    // Kept before the tab goes.
    await asked();
    await page.reload();
    await expect(questions(page).filter({ hasText: '现场正在进行的作业' })).toBeInViewport();
    await standsWhole();
    await page.locator(`[id="${last}"]`).getByRole('button').first().click();
    // Kept before the tab goes.
    await asked();
    await page.reload();
    await expect(page.locator(`[id="${last}"]`)).toBeInViewport();
    await standsWhole();
  });
});
