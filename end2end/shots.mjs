// A picture of every screen, phone and desk, in Chinese and in English, into end2end/shots (which git ignores). `node shots.mjs name…`
// takes only those; the English one of a name ends in `-en`.
import { chromium } from '@playwright/test';
import { spawn } from 'node:child_process';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { chromiumOptions } from './chromium.mjs';
import { deskPictures, officerPictures, patrolPictures, spokenWords } from './pictures.mjs';
import { desk, phone, signInAtDesk, signInOnPhone, waitUntilOfflineReady } from './tests/phone.mjs';
import { deskScreens, phoneScreens, settled } from './tests/screens.mjs';

const root = fileURLToPath(new URL('../', import.meta.url));
const folder = join(root, 'end2end/shots');
const wanted = process.argv.slice(2);
const data = await mkdtemp(join(tmpdir(), 'xunan-shots-'));
const port = 3800 + (process.pid % 90);
const url = `http://127.0.0.1:${port}`;
const server = spawn(process.env.XUNAN ?? join(root, 'target/release/xunan'), ['demo', '--data', data, '--addr', `127.0.0.1:${port}`], {
  cwd: root,
  env: { ...process.env, XUNAN_SITE: process.env.XUNAN_SITE ?? join(root, 'target/site') },
  stdio: 'ignore',
});

/** Of these screens something is open that does not come back when the page is read again: pictured in Chinese alone. */
const PASSING = new Set(['finding', 'camera', 'photo', 'markup', 'sign-off', 'unlock', 'not-done']);

try {
  await mkdir(folder, { recursive: true });
  while (!(await fetch(`${url}/readyz`).then((r) => r.ok, () => false))) await new Promise((r) => setTimeout(r, 50));
  const browser = await chromium.launch(chromiumOptions);
  await onPhone(browser);
  await atDesk(browser);
  await browser.close();
  console.log(`pictures in ${folder}`);
} finally {
  server.kill('SIGTERM');
  await rm(data, { recursive: true, force: true });
}

async function onPhone(browser) {
  const page = await (await browser.newContext(phone)).newPage();
  await page.goto(`${url}/field/`);
  await page.getByRole('button', { name: '登录', exact: true }).waitFor();
  await shot(page, 'phone-sign-in');
  await signInOnPhone(page, url);
  await waitUntilOfflineReady(page);
  await each(phoneScreens, page, 'phone', speakOnPhone);
  const words = await spokenWords(await browser.newContext(desk), url).catch(failed('phone-order-opened'));
  if (words) await each(patrolPictures(words), page, 'phone', speakOnPhone);
  await page.context().close();

  const officer = await (await browser.newContext(phone)).newPage();
  await signInOnPhone(officer, url, 'shijian1');
  await waitUntilOfflineReady(officer);
  await each(officerPictures, officer, 'phone', speakOnPhone);
  await officer.context().close();
}

async function atDesk(browser) {
  const page = await (await browser.newContext(desk)).newPage();
  await page.goto(`${url}/signin`);
  await shot(page, 'desk-sign-in');
  await signInAtDesk(page, url, 'admin');
  await each([...deskScreens, ...deskPictures], page, 'desk', speakAtDesk);
}

async function each(screens, page, where, speak) {
  for (const screen of screens) {
    if (!(await comes(screen, page, where))) continue;
    if (!screen.passing && !PASSING.has(screen.name)) await inEnglish(page, `${where}-${screen.name}-en`, speak);
    await screen.close?.(page);
  }
}

/** The same screen once more; then everything is Chinese again, as the ways to the screens want it. */
async function inEnglish(page, name, speak) {
  if (wanted.length > 0 && !wanted.includes(name)) return;
  try {
    await speak(page, 'en');
    await page.locator('h1').first().waitFor();
    await shot(page, name);
  } catch (error) {
    failed(name)(error);
  } finally {
    await speak(page, 'zh-CN');
  }
}

async function speakOnPhone(page, lang) {
  await page.evaluate((tag) => {
    const prefs = JSON.parse(localStorage.getItem('xunan.prefs') ?? '{}');
    localStorage.setItem('xunan.prefs', JSON.stringify({ ...prefs, lang: tag.slice(0, 2) }));
  }, lang);
  await page.reload();
}

async function speakAtDesk(page, lang) {
  await page.context().addCookies([{ name: 'lang', value: lang, url }]);
  await page.reload();
}

/** It is told, and makes the whole fail in the end. */
function failed(name) {
  return (error) => {
    console.error(`${name}: ${String(error).split('\n')[0]}`);
    process.exitCode = 1;
  };
}

/** A screen that cannot be reached is told, and the others still come. */
async function comes(screen, page, where) {
  try {
    await screen.open(page, url);
    await page.locator('h1').first().waitFor();
    await shot(page, `${where}-${screen.name}`);
    return true;
  } catch (error) {
    failed(`${where}-${screen.name}`)(error);
    return false;
  }
}

async function shot(page, name) {
  if (wanted.length > 0 && !wanted.includes(name)) return;
  await settled(page);
  await page.screenshot({ path: join(folder, `${name}.png`) });
}
