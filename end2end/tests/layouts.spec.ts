// Names as long as they may be, at three widths, three sizes of text, in both languages: nothing is wider than the phone, the one
// thing to do is in sight, what is asked keeps most of the screen, and no target is smaller than a thumb.
import type { Page } from '@playwright/test';
import { beginVisit, desk, phone, rows, signInAtDesk, signInOnPhone, waitUntilOfflineReady } from './phone.mjs';
import { expect, test, type Server } from './server';

/** 100 characters, the most that a site's name has; nothing in it that a browser could break at but its letters. */
const NAME = '城关街道金河社区第三网格锦绣家园二期地下车库东侧电动自行车集中停放充电棚及附属配电间值班室'.repeat(3).slice(0, 100);
const SIZES = [
  { width: 320, height: 640 },
  { width: 360, height: 640 },
  { width: 390, height: 844 },
];
const TEXTS = ['normal', 'large', 'larger'];

/** A site of the inspector's, by its id. */
async function shed(page: Page, server: Server): Promise<string> {
  await page.goto(`${server.url}/field/sites`);
  await page.getByRole('searchbox').fill('充电棚');
  const row = rows(page).filter({ hasText: '充电棚' }).first();
  await row.waitFor();
  return (await row.getAttribute('href'))!.split('/').pop()!;
}

async function rename(page: Page, server: Server, site: string): Promise<void> {
  await page.goto(`${server.url}/office/sites/${site}/edit`);
  await page.locator('input[name$="[name]"], input[name="name"]').first().fill(NAME);
  await page.getByRole('button', { name: '保存' }).click();
  await page.waitForURL((url) => !url.pathname.endsWith('/edit'));
}

interface Measured {
  wide: number;
  asked: number;
  small: string[];
  action: boolean;
}

function measure(): Measured {
  const main = document.querySelector('main')!.getBoundingClientRect();
  // In the foot, or in a bar of its own that stays in sight while the screen moves below it.
  const stays = (action: HTMLElement) => action.closest('footer, dialog') ?? getComputedStyle(action.parentElement!).position === 'sticky';
  const all = document.querySelectorAll<HTMLElement>('footer :is(a, button), main > div > a, dialog[open] > button:last-child');
  const action = [...all].filter(stays).at(-1);
  const box = action?.getBoundingClientRect();
  const targets = [...document.querySelectorAll<HTMLElement>('button, a[href], input:not([type=file]), select, summary')];
  const small = targets
    .filter((target) => target.checkVisibility({ visibilityProperty: true }) && !target.closest('dialog:not([open])'))
    .map((target) => ({ target, box: (target.closest('label') ?? target).getBoundingClientRect() }))
    .filter(({ box }) => box.width > 1 && (box.height < 43.5 || box.width < 43.5))
    // A link in a sentence, and what a thumb reaches beside it by a larger field around it.
    .filter(({ target }) => !reached(target))
    .map(({ target, box }) => `${target.tagName} ${Math.round(box.width)}x${Math.round(box.height)} ${target.innerText?.slice(0, 12)}`);
  return {
    wide: document.documentElement.scrollWidth - innerWidth,
    asked: main.height / innerHeight,
    small,
    action: !action || (box!.top >= 0 && box!.bottom <= innerHeight + 1 && box!.left >= -1 && box!.right <= innerWidth + 1),
  };

  // Where a finger 44 px wide on its middle still hits it.
  function reached(target: HTMLElement): boolean {
    const box = target.getBoundingClientRect();
    const [x, y] = [box.left + box.width / 2, box.top + box.height / 2];
    if (y < 0 || y > innerHeight) return true;
    const hits = (dx: number, dy: number) => {
      const hit = document.elementFromPoint(x + dx, y + dy);
      return hit === target || target.contains(hit) || Boolean(hit && hit.contains(target) && hit.matches('label, a, button'));
    };
    const [across, down] = [box.width >= 43.5 ? 0 : 21, box.height >= 43.5 ? 0 : 21];
    return hits(-across, -down) && hits(across, down);
  }
}

for (const lang of ['zh', 'en'] as const) {
  test(`long names at every width and size of text (${lang})`, async ({ browser, server }) => {
    test.setTimeout(600_000);
    const office = await (await browser.newContext(desk)).newPage();
    await signInAtDesk(office, server.url, 'admin');
    const context = await browser.newContext(phone);
    const page = await context.newPage();
    await signInOnPhone(page, server.url);
    await waitUntilOfflineReady(page);
    await rename(office, server, await shed(page, server));
    await expect(async () => {
      await page.goto(`${server.url}/field/sites`);
      await page.getByRole('searchbox').fill(NAME.slice(0, 8));
      await expect(rows(page).filter({ hasText: NAME.slice(0, 8) }).first()).toBeVisible({ timeout: 10_000 });
    }).toPass({ timeout: 60_000 });
    await beginVisit(page, server.url, NAME.slice(0, 8), '电动自行车停放充电检查');
    await expect(page.getByRole('heading', { level: 1 })).toContainText(NAME.slice(0, 40));
    const draft = page.url();
    const screens: [string, string, boolean][] = [
      ['inspect', draft, true],
      ['review', `${draft}/review`, true],
      ['today', `${server.url}/field/`, false],
      ['sites', `${server.url}/field/sites`, false],
      ['report', `${server.url}/field/report`, false],
      ['outbox', `${server.url}/field/outbox`, false],
      ['settings', `${server.url}/field/settings`, false],
    ];
    const faults: string[] = [];
    for (const text of TEXTS) {
      await page.evaluate(([lang, text]) => {
        const prefs = JSON.parse(localStorage.getItem('xunan.prefs') ?? '{}') as object;
        localStorage.setItem('xunan.prefs', JSON.stringify({ ...prefs, lang, text }));
      }, [lang, text] as const);
      for (const size of SIZES) {
        await page.setViewportSize(size);
        for (const [name, address, asks] of screens) {
          await page.goto(address);
          await page.locator('h1').first().waitFor();
          await page.waitForLoadState('networkidle');
          const where = `${name} ${size.width}x${size.height} ${text}`;
          const { wide, asked, small, action } = await page.evaluate(measure);
          if (wide > 0) faults.push(`${where}: ${wide} px too wide`);
          if (asks && asked < 0.5) faults.push(`${where}: what is asked has ${Math.round(asked * 100)} % of the height`);
          if (!action) faults.push(`${where}: the action is out of sight`);
          faults.push(...small.map((target) => `${where}: too small: ${target}`));
        }
      }
    }
    expect(faults).toEqual([]);

    // The whole name is one tap away.
    await page.goto(draft);
    const heading = page.getByRole('heading', { level: 1 });
    const before = (await heading.boundingBox())!.height;
    await heading.getByRole('button').click();
    await expect(heading.getByRole('button')).toHaveAttribute('aria-expanded', 'true');
    expect((await heading.boundingBox())!.height).toBeGreaterThan(before);
  });
}
