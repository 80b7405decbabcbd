// How a thumb finds the longest form, with the processor slowed four times: how long it takes to open, how long after a tap
// its effect is on the screen (real touches; durations as the browser tells them of interactions, INP), and what the page's
// programs keep in memory. `make bench` runs it on the release build.
import { questions } from '../tests/phone.mjs';
import { withDemo } from './demo.mjs';
import { formOnPhone, report, untilAllStand } from './form-on-phone.mjs';
import { heap, touches } from './touches.mjs';

const RUNS = 7;

await withDemo(async (url) => {
  const { browser, page, devtools, reopened } = await formOnPhone(url);
  const opened = await reopened(RUNS, untilAllStand);
  const of = (figure) => opened.map((run) => ({ ms: run[figure] }));
  report('longest form, from a tap on Today to its first questions', of('first'));
  report('longest form, from a tap on Today until all its questions stand', of('all'));
  console.log(`questions asked: ${await questions(page).count()}`);

  const tap = touches(page, devtools);
  const named = (name) => questions(page).getByRole('button', { name, exact: true });
  const answers = [];
  for (const name of ['合格', '不适用', '合格']) {
    for (const button of await named(name).elementHandles()) answers.push(...(await tap(button)));
  }
  report('a tap on an answer', answers);

  const failed = [];
  const passes = await named('合格').elementHandles();
  for (const [n, button] of (await named('不合格').elementHandles()).slice(0, 12).entries()) {
    failed.push(...(await tap(button)));
    await page.keyboard.press('Escape');
    await tap(passes[n]);
  }
  report('a tap that opens the sheet of a hazard', failed);

  const chosen = [];
  for (let round = 0; round < 2; round += 1) {
    const options = questions(page).locator('label:has(input[type=radio], input[type=checkbox])');
    for (const option of await options.elementHandles()) chosen.push(...(await tap(option)));
  }
  report('a choice that hides or shows questions', chosen.filter(({ changed }) => changed));
  report('a choice that does not', chosen.filter(({ changed }) => !changed));

  const { script, wasm } = await heap(page, devtools);
  console.log(`heap with the form open: ${mb(script + wasm)} (JavaScript ${mb(script)}, WASM ${mb(wasm)})`);
  await browser.close();
});

function mb(bytes) {
  return `${(bytes / 1024 / 1024).toFixed(1)} MB`;
}
