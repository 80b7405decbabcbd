// What a hand does on a page, by the words that it reads there.
import { setTimeout as pause } from 'node:timers/promises';

const PATIENCE = 40_000;

/** Runs in the page: the visible elements of a kind with these words; a heading, button or link that says them, a control
 *  that is labelled so. */
const FIND = `
  const [kind, words, whole] = arguments;
  const seen = (e) => e.getClientRects().length > 0 && getComputedStyle(e).visibility !== 'hidden';
  const tidy = (text) => (text ?? '').replace(/\\s+/g, ' ').trim();
  const labels = (e) => [e.getAttribute('aria-label'), ...[...(e.labels ?? [])].map((l) => l.innerText)].map(tidy);
  const kinds = { button: 'button, [role=button], summary', link: 'a', heading: 'h1, h2, h3', text: 'body *' };
  const all = [...document.querySelectorAll(kinds[kind] ?? 'input, textarea, select')].filter(seen);
  const top = document.querySelector('dialog[open]');
  const said = (e) => (kind in kinds ? [tidy(e.getAttribute('aria-label') ?? e.innerText)] : labels(e));
  const exact = all.filter((e) => said(e).includes(words));
  const found = exact.length || (whole && kind in kinds) ? exact : all.filter((e) => said(e).some((text) => text.includes(words)));
  const within = top ? found.filter((e) => top.contains(e)) : [];
  const list = within.length ? within : found;
  return list.length ? list[kind === 'text' ? list.length - 1 : 0] : null;
`;

export class Hand {
  constructor(driver) {
    this.driver = driver;
  }

  /** The first one, as soon as there is one. */
  async find(kind, words, { whole = true, patience = PATIENCE } = {}) {
    for (const deadline = Date.now() + patience; ; await pause(100)) {
      const found = await this.driver.executeScript(FIND, kind, words, whole).catch(() => null);
      if (found) return found;
      if (Date.now() > deadline) throw new Error(`no ${kind} “${words}” in:\n${await this.everything()}`);
    }
  }

  async has(kind, words, whole = false) {
    return Boolean(await this.driver.executeScript(FIND, kind, words, whole).catch(() => null));
  }

  async press(kind, words, options) {
    await this.click(await this.find(kind, words, options));
  }

  /** As a finger does; a driver that cannot scroll to it is helped. */
  async click(element) {
    await this.driver.executeScript('arguments[0].scrollIntoView({ block: "center" })', element);
    await element.click().catch(() => this.driver.executeScript('arguments[0].click()', element));
  }

  async fill(label, text) {
    const field = await this.find('field', label);
    await field.clear();
    await field.sendKeys(text);
  }

  async everything() {
    return this.driver.executeScript('return location.pathname + "\\n" + document.body.innerText').catch(String);
  }

  /** Until the page says yes to this question, a function's body. */
  async until(question, patience = PATIENCE) {
    for (const deadline = Date.now() + patience; ; await pause(100)) {
      const answer = await this.driver.executeAsyncScript(
        `const done = arguments[arguments.length - 1]; (async () => { ${question} })().then(done, () => done(false));`,
      ).catch(() => false);
      if (answer) return answer;
      if (Date.now() > deadline) throw new Error(`not within ${patience} ms: ${question}\n${await this.everything()}`);
    }
  }
}
