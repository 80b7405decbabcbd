// A picture of every screen, phone and desk, into end2end/shots (which git ignores). `node shots.mjs name…` takes only those.
import { chromium } from '@playwright/test';
import { spawn } from 'node:child_process';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { chromiumOptions } from './chromium.mjs';
import { desk, phone, signInAtDesk, signInOnPhone, waitUntilOfflineReady } from './tests/phone.mjs';
import { deskScreens, phoneScreens, publicScreens, settled } from './tests/screens.mjs';

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

try {
  await mkdir(folder, { recursive: true });
  while (!(await fetch(`${url}/readyz`).then((r) => r.ok, () => false))) await new Promise((r) => setTimeout(r, 50));
  const browser = await chromium.launch(chromiumOptions);
  await onPhone(browser);
  await withoutAccount(browser);
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
  for (const screen of phoneScreens) {
    if (await comes(screen, page, 'phone')) await screen.close?.(page);
  }
}

async function withoutAccount(browser) {
  const page = await (await browser.newContext(phone)).newPage();
  for (const screen of publicScreens) await comes(screen, page, 'public');
}

async function atDesk(browser) {
  const page = await (await browser.newContext(desk)).newPage();
  await page.goto(`${url}/signin`);
  await shot(page, 'desk-sign-in');
  await signInAtDesk(page, url, 'admin');
  for (const screen of deskScreens) await comes(screen, page, 'desk');
}

/** A screen that cannot be reached is told, and the others still come. */
async function comes(screen, page, where) {
  try {
    await screen.open(page, url);
    await page.locator('h1').first().waitFor();
    await shot(page, `${where}-${screen.name}`);
    return true;
  } catch (error) {
    console.error(`${where}-${screen.name}: ${String(error).split('\n')[0]}`);
    process.exitCode = 1;
    return false;
  }
}

async function shot(page, name) {
  if (wanted.length > 0 && !wanted.includes(name)) return;
  await settled(page);
  await page.screenshot({ path: join(folder, `${name}.png`) });
}
