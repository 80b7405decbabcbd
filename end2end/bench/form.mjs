// A form as large as offices write them: three hundred questions, a hundred of them asked only after an answer, and five repeats of
// twenty, on a phone four times slower than this machine: how long it takes until the first question and until all of them stand,
// what a tap costs that changes nothing else and one that shows or hides, and what the hundredth instance costs beside the first.
// Each median stands beside its target, and the program fails where one is missed. `make bench` runs it on the release build.
import { questions } from '../tests/phone.mjs';
import { withDemo } from './demo.mjs';
import { formOnPhone, report, untilAllStand } from './form-on-phone.mjs';
import { withForm } from './peers/given-form.mjs';
import { FORMS, entries } from './questions.mjs';
import { heap, settled, touches } from './touches.mjs';

const RUNS = 5;
const REPEATS = 5;
const INSTANCES = 20;
/** Milliseconds that a median may be at the most. */
const TARGETS = { open: 900, tap: 40, shows: 60 };
/** Times the first instances that the last ones may take. */
const TIMES_THE_FIRST = 2;

const both = (zh) => ({ zh, en: zh });
const repeats = Array.from({ length: REPEATS }, (_, at) => ({
  repeat: {
    id: `r${at + 1}`,
    title: both(`灭火器组 ${at + 1}`),
    most: INSTANCES,
    entries: [
      { question: { id: `r${at + 1}-pressure`, text: both('压力正常'), kind: 'pass_fail', photo: 'never' } },
      { question: { id: `r${at + 1}-place`, text: both('位置'), kind: { text: { lines: 1 } }, photo: 'never' } },
    ],
  },
}));

await withDemo((server) => withForm(server, [...entries(FORMS[300]), ...repeats], async (url) => {
  const { browser, page, devtools, reopened } = await formOnPhone(url);
  const opened = await reopened(RUNS, untilAllStand);
  report('300 questions, from a tap on Today to the first of them', opened.map(({ first }) => ({ ms: first })), TARGETS.open);
  report('300 questions, until all that are asked stand', opened.map(({ all }) => ({ ms: all })), TARGETS.open);
  await settled(page);
  console.log(`questions asked: ${await questions(page).count()}`);
  const { script, wasm } = await heap(page, devtools);
  console.log(`heap with the form open: ${((script + wasm) / 1024 / 1024).toFixed(1)} MB`);

  const tap = touches(page, devtools);
  const options = await questions(page).locator('label:has(input[type=radio])').elementHandles();
  const chosen = [];
  // Every fourth is enough, from the beginning of the form to its end.
  for (const option of options.filter((_, at) => at % 4 === 0).slice(0, 120)) chosen.push(...(await tap(option)));
  report('a choice that changes nothing else', chosen.filter(({ changed }) => !changed), TARGETS.tap);
  report('a choice that shows or hides questions', chosen.filter(({ changed }) => changed), TARGETS.shows);

  const added = [];
  const buttons = await page.getByRole('button', { name: /^加一处“灭火器组 \d”/ }).elementHandles();
  for (let n = 0; n < INSTANCES; n += 1) {
    for (const button of buttons) added.push(...(await tap(button)));
  }
  const first = report('the first five instances', added.slice(0, 5));
  report('the last five of a hundred', added.slice(-5), TIMES_THE_FIRST * first);
  if (added.length !== REPEATS * INSTANCES) {
    console.log(`${added.length} instances were added and measured, not ${REPEATS * INSTANCES}`);
    process.exitCode = 1;
  }
  await browser.close();
}));
