// A person's first minute on the phone: to a form that can be typed into, from signing in to the PIN, from the PIN to the first
// list.
//
// Typing is left out of the figures and not out of the run: four keys a second, as on glass, during which the phone goes on
// loading as it does in a hand. Times are taken in the page, from the event that was answered to the second picture behind it.
import { PIN, passwordOf } from '../tests/phone.mjs';

const KEY_MS = 250;
/** So that a bench of somebody else's program ends. */
const LIMIT_MS = 120_000;
const WHO = 'wangge1';

/** Milliseconds of each step. The context of the page has `watchPainted` as an initial script. */
export async function firstMinute(page, url) {
  await page.goto(`${url}/field/`, { waitUntil: 'commit' });
  const form = await painted(page, '#password');
  const program = painted(page, '#sign-in-form[data-alive]');
  await page.getByLabel('账号').pressSequentially(WHO, { delay: KEY_MS });
  await page.getByLabel('密码', { exact: true }).pressSequentially(passwordOf(WHO), { delay: KEY_MS });
  const button = (name) => page.getByRole('button', { name, exact: true });
  const pin = await afterTap(page, button('登录'), '#pin');

  await page.getByLabel('解锁码').pressSequentially(PIN, { delay: KEY_MS });
  await page.getByLabel('再输一次').pressSequentially(PIN, { delay: KEY_MS });
  const list = await afterTap(page, button('设定并开始'), 'main a[href^="/field/sites/"], main a[href^="/field/hazards/"]');
  return { form, program: await program, pin, list };
}

/** Milliseconds since the page's own beginning until something that fits the selector had been painted. */
export function painted(page, selector) {
  const never = new Promise((_, fail) => setTimeout(fail, LIMIT_MS, new Error(`not within ${LIMIT_MS} ms: ${selector}`)).unref());
  return Promise.race([page.evaluate((selector) => window.painted(selector), selector), never]);
}

/** Milliseconds from the tap on this until what is waited for has been painted. */
export async function afterTap(page, thing, selector) {
  const waiting = painted(page, selector);
  await thing.click();
  const [shown, tapped] = [await waiting, await page.evaluate(() => window.tapped)];
  return shown - tapped;
}

/** In the page: when somebody tapped or submitted last, and when something had been painted, since the page's own beginning. */
export function watchPainted() {
  for (const kind of ['click', 'submit']) addEventListener(kind, () => (window.tapped = performance.now()), true);
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
