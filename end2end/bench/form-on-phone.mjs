// A form on a phone without signal, with the processor slowed: how both benches of forms come to it, open it and report.
import { chromium } from '@playwright/test';
import { chromiumOptions } from '../chromium.mjs';
import { LONGEST_FORM, beginVisit, phone, signInOnPhone, waitUntilOfflineReady } from '../tests/phone.mjs';
import { SLOWDOWN, slowed } from './figures.mjs';
import { SHORTEST_MS, settled, watchTouches } from './touches.mjs';

/** The phone on a draft of the longest form: its page, what measures it, and a way to open the draft again. */
export async function formOnPhone(url) {
  const browser = await chromium.launch(chromiumOptions);
  const context = await browser.newContext(phone);
  await context.addInitScript(watchTouches, SHORTEST_MS);
  const page = await context.newPage();
  await signInOnPhone(page, url);
  await waitUntilOfflineReady(page);
  const devtools = await slowed(context, page);
  await context.setOffline(true);
  await beginVisit(page, url, '充电棚', LONGEST_FORM);
  const draft = new URL(page.url()).pathname;

  /** From Today, so many times, as `open` measures it in the page. One run before them is not counted: caches are cold. */
  const reopened = async (runs, open) => {
    const opened = [];
    for (let n = 0; n <= runs; n += 1) {
      await page.goto(`${url}/field/`);
      await page.locator(`a[href="${draft}"]`).first().waitFor();
      await settled(page);
      opened.push(await page.evaluate(open, draft));
    }
    return opened.slice(1);
  };
  return { browser, page, devtools, reopened };
}

/** Prints the median, beside it what it may be at the most where there is a target, and answers it. A target that is missed, or that
 * nothing was measured for, makes the program fail when it ends. */
export function report(what, runs, most) {
  const sorted = runs.map(({ ms }) => ms).sort((a, b) => a - b);
  const at = (share) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))];
  const median = at(0.5);
  const isMissed = most !== undefined && !(median <= most);
  if (isMissed) process.exitCode = 1;
  const target = most === undefined ? '' : ` (target: at most ${Math.round(most)} ms${isMissed ? ', MISSED' : ''})`;
  if (sorted.length === 0) console.log(`${what}: none${target}`);
  else console.log(`${what}: median ${Math.round(median)} ms${target}, 98th percentile ${Math.round(at(0.98))} ms, ${sorted.length} runs, ${SLOWDOWN}x slower processor`);
  return median;
}

/** In the page: milliseconds until the first question has been painted, and until no more have come for a while. */
export function untilAllStand(draft) {
  const count = () => document.querySelectorAll('[role=group][id^=question-]').length;
  const start = performance.now();
  document.querySelector(`a[href="${draft}"]`).click();
  return new Promise((done) => {
    let first, all, there;
    const look = () => {
      const now = performance.now();
      if (count() > 0) first ??= now - start;
      if (count() !== there) [there, all] = [count(), now - start];
      else if (there > 0 && now - start - all > 500) return done({ first, all });
      // After the frame, so that what was found has been painted.
      requestAnimationFrame(() => setTimeout(look));
    };
    look();
  });
}
