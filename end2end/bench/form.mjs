// A form as large as offices write them: three hundred questions, a hundred of them asked only after an answer, and five repeats of
// twenty, on a phone four times slower than this machine: how long it takes to open, what a tap costs that changes nothing else
// and one that shows or hides, and what the hundredth instance costs beside the first. `make bench` runs it on the release build.
import { questions } from '../tests/phone.mjs';
import { withDemo } from './demo.mjs';
import { formOnPhone, report } from './form-on-phone.mjs';
import { withForm } from './peers/given-form.mjs';
import { FORMS, entries } from './questions.mjs';
import { heap, settled, touches } from './touches.mjs';

const RUNS = 5;
const REPEATS = 5;
const INSTANCES = 20;

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
  const opened = await reopened(RUNS, open);
  report('300 questions, from a tap on Today to the first of them', opened.map((ms) => ({ ms })));
  await settled(page);
  console.log(`questions asked: ${await questions(page).count()}`);
  const { script, wasm } = await heap(page, devtools);
  console.log(`heap with the form open: ${((script + wasm) / 1024 / 1024).toFixed(1)} MB`);

  const tap = touches(page, devtools);
  const options = await questions(page).locator('label:has(input[type=radio])').elementHandles();
  const chosen = [];
  // Every fourth is enough, from the beginning of the form to its end.
  for (const option of options.filter((_, at) => at % 4 === 0).slice(0, 120)) chosen.push(...(await tap(option)));
  report('a choice that changes nothing else', chosen.filter(({ changed }) => !changed));
  report('a choice that shows or hides questions', chosen.filter(({ changed }) => changed));

  const added = [];
  const buttons = await page.getByRole('button', { name: /^加一处“灭火器组 \d”/ }).elementHandles();
  for (let n = 0; n < INSTANCES; n += 1) {
    for (const button of buttons) added.push(...(await tap(button)));
  }
  report('the first five instances', added.slice(0, 5));
  report('the last five of a hundred', added.slice(-5));
  await browser.close();
}));

/** In the page: milliseconds until the first question has been painted. */
function open(draft) {
  const start = performance.now();
  document.querySelector(`a[href="${draft}"]`).click();
  return new Promise((done) => {
    const look = () => {
      if (document.querySelector('[role=group][id^=question-]')) return done(performance.now() - start);
      requestAnimationFrame(() => setTimeout(look));
    };
    look();
  });
}
