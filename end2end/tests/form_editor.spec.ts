// A form on its way to the phones: a workbook is sent in, what is wrong with it shows as it is typed, it is mended and
// published, and a phone that had no signal meanwhile asks the new version, up to the record at the desk. And the same without the
// program.
import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { FORM, NEW_TEXT, TITLE, begin, has, openQuestion, publish, questionRows, sendPicture, sendWorkbook, unsaved } from './forms';
import { answerTheRest, beginVisit, desk, phone, questions, signInAtDesk, signInOnPhone, waitUntilOfflineReady } from './phone.mjs';
import { settled } from './screens.mjs';
import { expect, test } from './server';
import { everythingReceived } from './work';

test('a workbook becomes a version that a phone without signal gets later', async ({ browser, server }) => {
  test.setTimeout(180_000);
  const pocket = await browser.newContext(phone);
  const field = await pocket.newPage();
  await signInOnPhone(field, server.url);
  await waitUntilOfflineReady(field);
  await pocket.setOffline(true);

  const page = await (await browser.newContext(desk)).newPage();
  await signInAtDesk(page, server.url, 'admin');
  await sendWorkbook(page, server.url);

  await test.step('what is wrong shows as it is typed, and keeps the draft from being published', async () => {
    await openQuestion(page);
    const when = page.getByLabel('显示条件', { exact: true });
    const before = await when.inputValue();
    await when.fill('${nothing_of_this_name} > 0');
    await expect(when).toHaveAttribute('aria-invalid', 'true');
    await page.getByRole('button', { name: '保存', exact: true }).click();
    await expect(page.getByRole('button', { name: '发布 · 还有 1 处要改' })).toBeDisabled();
    const { violations } = await new AxeBuilder({ page }).withTags(['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa']).analyze();
    expect(violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.target.join(' ')}`)).toEqual([]);
    await page.getByLabel('显示条件', { exact: true }).fill(before);
    await page.getByRole('button', { name: '保存', exact: true }).click();
    await expect(page.getByText('发布', { exact: true })).toBeVisible();
  });

  await test.step('what is written shows on the phone beside it', async () => {
    await page.getByLabel('内容（中文）').fill(NEW_TEXT);
    await page.getByRole('button', { name: '保存', exact: true }).click();
    const beside = page.getByRole('complementary', { name: '手机上的样子' });
    await expect(beside).toContainText(NEW_TEXT);
    await expect(unsaved(page)).toBeHidden();
    const fail = beside.getByRole('button', { name: '不合格', exact: true }).first();
    await fail.click();
    await expect(fail).toHaveAttribute('aria-pressed', 'true');
    await page.getByRole('link', { name: '比较两版' }).click();
    await expect(page.getByRole('cell', { name: NEW_TEXT }).first()).toBeVisible();
    await page.getByRole('link', { name: '编辑' }).click();
    await page.waitForURL(/\/edit/);
  });
  const version = await publish(page);

  await test.step('the phone gets it with its signal', async () => {
    expect(await has(field, NEW_TEXT)).toBe(false);
    await pocket.setOffline(false);
    await field.goto(`${server.url}/field/`);
    await expect.poll(() => has(field, NEW_TEXT), { timeout: 30_000 }).toBe(true);
    await pocket.setOffline(true);
    await beginVisit(field, server.url, '充电棚', TITLE);
    await expect(questions(field).filter({ hasText: NEW_TEXT })).toBeVisible();
  });

  await test.step('its visit is answered and submitted without signal', async () => {
    await answerTheRest(field);
    await field.getByRole('button', { name: '全部答完' }).click();
    await field.getByRole('button', { name: '提交检查' }).click();
    await field.waitForURL(/\/field\/outbox/);
    await expect(field.getByText('1 件未传完')).toBeVisible();
    await pocket.setOffline(false);
    await everythingReceived(field, server.url);
  });

  await test.step('the desk reads the new words and the version that was asked', async () => {
    const reader = await (await browser.newContext(desk)).newPage();
    await signInAtDesk(reader, server.url, 'anwei1');
    await reader.goto(`${server.url}/office/visits?outcome=done`);
    await reader.locator('table tbody tr').first().getByRole('link').first().click();
    await reader.waitForURL(/\/office\/visits\/[0-9a-f-]+/);
    const record = reader.getByRole('article');
    await expect(record.getByRole('heading', { name: `${TITLE}（第 ${version} 版）` }).first()).toBeVisible();
    await expect(record.getByRole('row').filter({ hasText: NEW_TEXT })).toBeVisible();
  });
});

test('all of it works without the program', async ({ browser, server }) => {
  const page = await (await browser.newContext({ ...desk, javaScriptEnabled: false })).newPage();
  await signInAtDesk(page, server.url, 'admin');
  await page.goto(server.url + FORM);
  await page.getByRole('button', { name: '编辑' }).click();
  await page.waitForURL(/\/edit/);
  await openQuestion(page);
  await page.getByLabel('显示条件', { exact: true }).fill('${nothing_of_this_name} > 0');
  await page.getByRole('button', { name: '保存', exact: true }).click();
  await expect(page.getByLabel('显示条件', { exact: true })).toHaveAttribute('aria-invalid', 'true');
  await page.getByLabel('显示条件', { exact: true }).fill('');
  await page.getByLabel('内容（中文）').fill(NEW_TEXT);
  await page.getByRole('button', { name: '保存', exact: true }).click();
  // The page that was sent has been answered by another one.
  await expect(page.getByLabel('显示条件', { exact: true })).not.toHaveAttribute('aria-invalid', 'true');
  await page.getByRole('button', { name: '下移' }).click();
  await expect(page.locator('tr[aria-current=true]')).toContainText(NEW_TEXT);
  await publish(page);
});

const row = (page: Page) => new URL(page.url()).searchParams.get('row');

test('what is typed into a row is saved before another one opens, and asked about before it is left', async ({ browser, server }) => {
  test.setTimeout(120_000);
  const page = await (await browser.newContext(desk)).newPage();
  let asked = 0;
  page.on('dialog', (dialog) => ((asked += 1), dialog.dismiss()));
  await signInAtDesk(page, server.url, 'admin');
  await begin(page, server.url);
  await openQuestion(page);
  const text = page.getByLabel('内容（中文）');
  const [first, before] = [row(page), await text.inputValue()];

  await test.step('a click on another row saves the open one', async () => {
    await text.fill(NEW_TEXT);
    await expect(unsaved(page)).toBeVisible();
    await questionRows(page).nth(1).click();
    await page.waitForURL((url) => url.searchParams.get('row') !== first);
    await expect(page.getByRole('link', { name: NEW_TEXT })).toBeVisible();
    await expect(unsaved(page)).toBeHidden();
    await expect(text).not.toHaveValue(NEW_TEXT);
  });

  await test.step('the browser’s way back leaves it in sight', async () => {
    await page.getByLabel('内容（英文）').fill('As typed before going back');
    await page.evaluate(() => history.back());
    await page.waitForURL((url) => url.searchParams.get('row') === first);
    await expect(text).toHaveValue(NEW_TEXT);
    await expect(page.getByRole('alert')).toContainText('As typed before going back');
    await page.getByRole('button', { name: '不再需要' }).click();
    await expect(page.getByRole('alert')).toBeHidden();
  });

  await test.step('adding a row keeps it, too', async () => {
    await text.fill(before);
    await page.getByRole('button', { name: '在下面添加：说明' }).last().click();
    await page.waitForURL((url) => url.searchParams.get('row') !== first);
    await expect(page.getByRole('link', { name: NEW_TEXT })).toBeHidden();
    await questionRows(page).first().click();
    await expect(text).toHaveValue(before);
  });

  await test.step('what is refused stays, and nothing else opens', async () => {
    await page.route('**/api/pages/edit_draft', (route) => route.abort());
    await text.fill(NEW_TEXT);
    await questionRows(page).nth(1).click();
    await expect(page.getByRole('alert')).toBeVisible();
    expect(row(page)).toBe(first);
    await expect(text).toHaveValue(NEW_TEXT);
    await expect(text).toBeFocused();
    await page.unroute('**/api/pages/edit_draft');
  });

  await test.step('another page is opened only by whoever lets the words go', async () => {
    await page.getByRole('link', { name: '返回检查表' }).click();
    await expect.poll(() => asked).toBe(1);
    expect(row(page)).toBe(first);
    await expect(text).toHaveValue(NEW_TEXT);
    const asks = () => dispatchEvent(new Event('beforeunload', { cancelable: true }));
    expect(await page.evaluate(asks), 'the browser asks, too').toBe(false);
    await page.getByRole('button', { name: '保存', exact: true }).click();
    await expect(page.getByRole('link', { name: NEW_TEXT })).toBeVisible();
    await expect.poll(() => page.evaluate(asks)).toBe(true);
    await page.getByRole('link', { name: '返回检查表' }).click();
    await page.waitForURL((url) => url.pathname === FORM);
    expect(asked).toBe(1);
  });
});

test('what is typed stands over what another person saved meanwhile', async ({ browser, server }) => {
  test.setTimeout(120_000);
  const [one, other] = [await (await browser.newContext(desk)).newPage(), await (await browser.newContext(desk)).newPage()];
  for (const page of [one, other]) {
    await signInAtDesk(page, server.url, 'admin');
    await begin(page, server.url);
    await openQuestion(page);
  }
  await other.getByLabel('内容（英文）').fill('Theirs');
  await other.getByRole('button', { name: '保存', exact: true }).click();
  await expect(unsaved(other)).toBeHidden();

  await one.getByLabel('内容（中文）').fill(NEW_TEXT);
  await one.getByRole('button', { name: '保存', exact: true }).click();
  await expect(one.getByRole('alert').filter({ hasText: '这份草稿刚被别人改过' })).toBeVisible();
  await expect(one.getByLabel('内容（英文）')).toHaveValue('Theirs');
  await expect(one.getByLabel('内容（中文）')).toHaveValue(NEW_TEXT);
  await one.getByRole('button', { name: '保存', exact: true }).click();
  await expect(one.getByRole('link', { name: NEW_TEXT })).toBeVisible();
  await expect(one.getByLabel('内容（英文）')).toHaveValue('Theirs');
});

test('what was typed stays in sight, whatever becomes of its row and its draft', async ({ browser, server }) => {
  test.setTimeout(120_000);
  const [one, other] = [await (await browser.newContext(desk)).newPage(), await (await browser.newContext(desk)).newPage()];
  for (const page of [one, other]) {
    await signInAtDesk(page, server.url, 'admin');
    await begin(page, server.url);
  }
  const text = one.getByLabel('内容（中文）');
  const save = one.getByRole('button', { name: '保存', exact: true });
  const changed = one.getByRole('alert').filter({ hasText: '这份草稿刚被别人改过' });
  /** Somebody else changes the draft. */
  const change = async () => {
    const rows = await other.getByRole('row').count();
    await other.getByRole('button', { name: '在下面添加：说明' }).last().click();
    await expect(other.getByRole('row')).toHaveCount(rows + 1);
  };

  await test.step('two rows are deleted by somebody else, one after the other', async () => {
    for (const words of ['第一行的话', '第二行的话']) {
      await openQuestion(one);
      await text.fill(words);
      await openQuestion(other);
      await other.getByText('删除', { exact: true }).click();
      await other.getByRole('button', { name: '确认删除' }).click();
      await other.waitForURL((url) => !url.searchParams.has('row'));
      await save.click();
      await expect(one.getByRole('alert').filter({ hasText: '已被别人删除' })).toContainText(words);
    }
    await expect(one.getByRole('alert').filter({ hasText: '已被别人删除' })).toContainText('第一行的话');
    await one.getByRole('button', { name: '不再需要' }).click();
  });

  await test.step('its author goes back while the draft is loaded anew', async () => {
    await openQuestion(one);
    const first = row(one);
    await questionRows(one).nth(1).click();
    await one.waitForURL((url) => url.searchParams.get('row') !== first);
    await text.fill('第三句');
    await change();
    let load = () => {};
    const held = new Promise<void>((resolve) => (load = resolve));
    await one.route('**/api/pages/form_draft', async (route) => {
      await held;
      await route.continue();
    });
    const asked = one.waitForRequest('**/api/pages/form_draft');
    await save.click();
    await asked;
    await one.evaluate(() => history.back());
    await one.waitForURL((url) => url.searchParams.get('row') === first);
    load();
    await expect(changed).toBeVisible();
    await expect(one.getByRole('alert').filter({ hasText: '没有保存就换了行' })).toContainText('第三句');
    await one.unroute('**/api/pages/form_draft');
    await one.getByRole('button', { name: '不再需要' }).click();
  });

  await test.step('the draft cannot be loaded', async () => {
    await text.fill('第四句');
    await other.reload();
    await settled(other);
    await change();
    await one.route('**/api/pages/form_draft', (route) => route.abort());
    await save.click();
    await expect(one.getByRole('status').filter({ hasText: '没有读到最新的草稿' })).toContainText('第四句');
    await one.unroute('**/api/pages/form_draft');
    await one.getByRole('button', { name: '重新读取' }).click();
    await expect(text).toHaveValue('第四句');
    await save.click();
    await expect(one.getByRole('link', { name: '第四句' })).toBeVisible();
  });

  await test.step('the draft is discarded', async () => {
    await text.fill('第五句');
    await other.getByText('放弃草稿', { exact: true }).click();
    await other.getByRole('button', { name: '确认放弃' }).click();
    await other.waitForURL(/\/office\/forms$/);
    const beside = one.getByRole('complementary', { name: '手机上的样子' });
    const kinds = beside.getByRole('combobox');
    const chosen = await kinds.inputValue();
    const values = await kinds.getByRole('option').evaluateAll((options) => options.map((option) => (option as HTMLOptionElement).value));
    await kinds.selectOption(values.find((value) => value !== chosen)!);
    await beside.getByRole('button', { name: '查看' }).click();
    await expect(one.getByRole('alert').filter({ hasText: '已经发布或被放弃' })).toContainText('第五句');
  });
});

/** Pictures that are sent from now on wait until this is called. */
async function holdPictures(page: Page): Promise<() => void> {
  let send = () => {};
  const held = new Promise<void>((resolve) => (send = resolve));
  await page.route('**/api/pages/send_picture', async (route) => {
    await held;
    await route.continue();
  });
  return send;
}

test('a picture that is long on its way loses no words, and what became of it is told', async ({ browser, server }) => {
  test.setTimeout(120_000);
  const page = await (await browser.newContext(desk)).newPage();
  await signInAtDesk(page, server.url, 'admin');
  await begin(page, server.url);
  await openQuestion(page);
  const text = page.getByLabel('内容（中文）');

  await test.step('its row was saved meanwhile', async () => {
    const send = await holdPictures(page);
    await sendPicture(page);
    await text.fill(NEW_TEXT);
    await page.getByRole('button', { name: '保存', exact: true }).click();
    await expect(page.getByRole('link', { name: NEW_TEXT })).toBeVisible();
    send();
    await expect(page.getByRole('alert').filter({ hasText: '刚才的改动没有保存' })).toBeVisible();
    await expect(text).toHaveValue(NEW_TEXT);
    await page.unroute('**/api/pages/send_picture');
  });

  await test.step('another row was opened meanwhile', async () => {
    const send = await holdPictures(page);
    await sendPicture(page);
    const first = row(page);
    await questionRows(page).nth(1).click();
    await page.waitForURL((url) => url.searchParams.get('row') !== first);
    const second = row(page);
    await page.getByLabel('内容（英文）').fill('Typed while the picture was on its way');
    const loaded = page.waitForResponse('**/api/pages/form_draft');
    send();
    await loaded;
    await expect(unsaved(page)).toBeVisible();
    expect(row(page)).toBe(second);
    await expect(page.getByLabel('内容（英文）')).toHaveValue('Typed while the picture was on its way');
    await questionRows(page).first().click();
    await expect(page.getByRole('button', { name: '去掉示例图' })).toBeVisible();
  });
});

test('what opens at 1280 px is in sight, and so is its row', async ({ browser, server }) => {
  const page = await (await browser.newContext({ ...desk, viewport: { width: 1280, height: 800 } })).newPage();
  await signInAtDesk(page, server.url, 'admin');
  await begin(page, server.url);
  const last = questionRows(page).last();
  await last.click();
  await page.waitForURL(/row=\d+/);
  await expect(page.getByLabel('类型', { exact: true })).toBeInViewport();
  await expect(last).toBeInViewport();
});

test('a standard that has ended is told as it is typed, at its row, and of the form', async ({ browser, server }) => {
  const page = await (await browser.newContext(desk)).newPage();
  await signInAtDesk(page, server.url, 'admin');
  await begin(page, server.url);
  await openQuestion(page);
  const told = page.getByText(/“GB35181—2017 7\.1\.1”已失效，由“GB 35181-2025”代替/);
  const marked = page.getByRole('row').filter({ hasText: '依据不在有效期' });
  await expect(marked).toHaveCount(0);
  await page.getByLabel('标准', { exact: true }).fill('GB35181—2017 | 7.1.1');
  await expect(told).toBeVisible();
  const { violations } = await new AxeBuilder({ page }).withTags(['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa']).analyze();
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.target.join(' ')}`)).toEqual([]);

  await page.getByRole('button', { name: '保存', exact: true }).click();
  await expect(unsaved(page)).toBeHidden();
  await expect(told).toBeVisible();
  await expect(marked).toHaveCount(1);

  // It keeps nothing from being published; the form says so by itself.
  await publish(page);
  await expect(page.getByRole('alert').filter({ hasText: '1 处依据不在有效期' })).toBeVisible();
  await expect(page.getByRole('main')).toContainText('GB35181—2017 7.1.1');
});
