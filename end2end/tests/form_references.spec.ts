// What a row of a form names, such as a law: found as it is typed, picked by keyboard or by thumb.
import AxeBuilder from '@axe-core/playwright';
import { begin, openQuestion, publish, unsaved } from './forms';
import { desk, signInAtDesk } from './phone.mjs';
import { expect, test } from './server';

test('a law is picked by keyboard and stands in the page of the form', async ({ browser, server }) => {
  const page = await (await browser.newContext(desk)).newPage();
  await signInAtDesk(page, server.url, 'admin');
  await begin(page, server.url);
  await openQuestion(page);
  const find = page.getByRole('combobox', { name: '查找法律条文' });
  const cell = page.getByLabel('法律条文（印在告知单上）');
  const before = await cell.inputValue();
  await find.fill('安全生产法 第四条 双重预防');
  const option = page.getByRole('option', { name: /work-safety-law-001/ });
  await expect(option).toHaveAttribute('aria-selected', 'false');
  await expect(find).toHaveAttribute('aria-activedescendant', (await option.getAttribute('id'))!);
  const { violations } = await new AxeBuilder({ page }).withTags(['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa']).analyze();
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.target.join(' ')}`)).toEqual([]);
  await find.press('Enter');
  await expect(option).toHaveAttribute('aria-selected', 'true');
  await expect(cell).toHaveValue(`${before} work-safety-law-001`.trim());
  const chosen = page.getByRole('list', { name: '已选' }).filter({ hasText: 'work-safety-law-001' });
  await expect(chosen).toContainText('双重预防机制');
  await find.press('Escape');
  await expect(option).toBeHidden();

  await page.getByRole('button', { name: '取消选择：《中华人民共和国安全生产法》第四条第一款' }).click();
  await expect(cell).toHaveValue(before);
  await expect(find).toBeFocused();
  await find.press('ArrowDown');
  await expect(option).toBeVisible();
  await find.press('Enter');
  await page.getByRole('button', { name: '保存', exact: true }).click();
  await expect(unsaved(page)).toBeHidden();
  await expect(chosen).toContainText('双重预防机制');
  await publish(page);
  await expect(page.getByRole('main')).toContainText('《中华人民共和国安全生产法》第四条第一款');
});

test('what is typed into a picker picks nothing before it was found', async ({ browser, server }) => {
  const page = await (await browser.newContext(desk)).newPage();
  await signInAtDesk(page, server.url, 'admin');
  await begin(page, server.url);
  await openQuestion(page);
  const find = page.getByRole('combobox', { name: '查找法律条文' });
  const cell = page.getByLabel('法律条文（印在告知单上）');
  const before = await cell.inputValue();
  await find.fill('安全生产法');
  const options = page.getByRole('listbox').getByRole('option');
  await expect(options.first()).toBeVisible();

  await test.step('an input method has keys of its own', async () => {
    await find.evaluate((field) => {
      for (const key of ['ArrowDown', 'Enter']) {
        field.dispatchEvent(new KeyboardEvent('keydown', { key, isComposing: true, bubbles: true, cancelable: true }));
      }
    });
    await expect(find).toHaveAttribute('aria-activedescendant', (await options.first().getAttribute('id'))!);
    await expect(cell).toHaveValue(before);
  });

  await test.step('Enter takes nothing that was found by other words', async () => {
    await find.evaluate((field: HTMLInputElement) => {
      field.value = '消防法';
      field.dispatchEvent(new Event('input', { bubbles: true }));
      field.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', bubbles: true, cancelable: true }));
    });
    await expect(options.first()).toContainText('消防法');
    await expect(cell).toHaveValue(before);
    await find.press('Enter');
    await expect(cell).not.toHaveValue(before);
  });

  await test.step('nobody is asked for whoever has left the field', async () => {
    let asked = 0;
    page.on('request', (request) => (asked += Number(request.url().endsWith('/find_references'))));
    await find.evaluate((field: HTMLInputElement) => {
      field.focus();
      field.value = '特种设备';
      field.dispatchEvent(new Event('input', { bubbles: true }));
      field.blur();
    });
    await page.getByRole('combobox', { name: '查找方案条款' }).fill('消防');
    await expect(options.first()).toBeVisible();
    expect(asked).toBe(1);
  });
});

test('on a narrow screen the rows are read one below the other', async ({ browser, server }) => {
  const page = await (await browser.newContext({ ...desk, viewport: { width: 390, height: 844 } })).newPage();
  await signInAtDesk(page, server.url, 'admin');
  await begin(page, server.url);
  await openQuestion(page);
  await page.getByRole('combobox', { name: '查找法律条文' }).fill('消防');
  const option = page.getByRole('listbox').getByRole('option').first();
  await expect(option).toBeVisible();
  expect((await option.boundingBox())!.height).toBeGreaterThanOrEqual(44);
  const [shown, wide] = await page.evaluate(() => [innerWidth, document.documentElement.scrollWidth]);
  expect(wide).toBeLessThanOrEqual(shown!);
});
