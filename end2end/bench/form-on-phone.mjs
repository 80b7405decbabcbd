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

export function report(what, runs) {
  const sorted = runs.map(({ ms }) => ms).sort((a, b) => a - b);
  if (sorted.length === 0) return console.log(`${what}: none`);
  const at = (share) => Math.round(sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))]);
  console.log(`${what}: median ${at(0.5)} ms, 98th percentile ${at(0.98)} ms, ${sorted.length} runs, ${SLOWDOWN}x slower processor`);
}
