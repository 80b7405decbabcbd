// A person's first minute on a cheap phone and a poor line: slow 4G (1.6 Mbit/s, 150 ms), processor slowed four times. A
// browser that has never been here, from the address to a form that can be typed into, from signing in to the PIN, from the
// PIN to the first list.
//
// Typing is left out of the figures and not out of the run: four keys a second, as on glass, during which the phone goes on
// loading as it does in a hand. Times are taken in the page, from the event that was answered to the second picture behind it. The
// service worker is left out, because the emulated line does not hold for it; what it fetches comes after the start.
import { chromium } from '@playwright/test';
import { chromiumOptions } from '../chromium.mjs';
import { PIN, passwordOf, phone } from '../tests/phone.mjs';
import { withDemo } from './demo.mjs';
import { SLOWDOWN, onPoorLine, report } from './figures.mjs';

const RUNS = 5;
const KEY_MS = 250;
const WHO = 'wangge1';

await withDemo(async (url) => {
  const browser = await chromium.launch(chromiumOptions);
  const runs = [];
  for (let n = 0; n < RUNS; n += 1) runs.push(await firstMinute(browser, url));
  await browser.close();
  const conditions = `slow 4G, ${SLOWDOWN}x slower processor`;
  const all = (of) => runs.map(of);
  report('cold to a sign-in that can be typed into', all(({ form }) => form), conditions);
  report('cold to the program behind it', all(({ program }) => program), conditions);
  report('from signing in to the PIN', all(({ pin }) => pin), conditions);
  report('from the PIN to the first list', all(({ list }) => list), conditions);
  report('from signing in to the first list, typing aside', all(({ pin, list }) => pin + list), conditions);
});

async function firstMinute(browser, url) {
  const context = await browser.newContext({ ...phone, serviceWorkers: 'block' });
  await context.addInitScript(watch);
  const page = await context.newPage();
  await onPoorLine(context, page);
  await page.goto(`${url}/field/`, { waitUntil: 'commit' });
  const seen = (selector) => page.evaluate((selector) => window.painted(selector), selector);

  const form = await seen('#password');
  const program = seen('#sign-in-form[data-alive]');
  await page.getByLabel('账号').pressSequentially(WHO, { delay: KEY_MS });
  await page.getByLabel('密码', { exact: true }).pressSequentially(passwordOf(WHO), { delay: KEY_MS });
  const pin = await afterSubmit(page, '登录', seen('#pin'));

  await page.getByLabel('解锁码').pressSequentially(PIN, { delay: KEY_MS });
  await page.getByLabel('再输一次').pressSequentially(PIN, { delay: KEY_MS });
  const list = await afterSubmit(page, '设定并开始', seen('main a[href^="/field/sites/"], main a[href^="/field/hazards/"]'));
  await context.close();
  return { form, program: await program, pin, list };
}

/** Milliseconds from the tap on this button until what is waited for has been painted. */
async function afterSubmit(page, button, painted) {
  await page.getByRole('button', { name: button, exact: true }).click();
  const [shown, submitted] = [await painted, await page.evaluate(() => window.submitted)];
  return shown - submitted;
}

/** In the page: when somebody submitted last, and when something had been painted, since the page's own beginning. */
function watch() {
  addEventListener('submit', () => (window.submitted = performance.now()), true);
  window.painted = (selector) =>
    new Promise((done) => {
      const look = () => {
        if (!document.querySelector(selector)) return false;
        requestAnimationFrame(() => requestAnimationFrame(() => done(performance.now())));
        return true;
      };
      if (look()) return;
      const observer = new MutationObserver(() => look() && observer.disconnect());
      observer.observe(document, { subtree: true, childList: true, attributes: true, attributeFilter: ['data-alive'] });
    });
}
