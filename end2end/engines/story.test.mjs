// The main story and the faults of storage, in Firefox and in WebKit. What an engine cannot do is named here, once.
import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { passwordOf } from '../tests/phone.mjs';
import { engines, openFirefox, openWebKit } from './engine.mjs';
import { inspect, offlineReady, signIn, unlock } from './field.mjs';
import { Hand } from './hand.mjs';
import { Server } from './server.mjs';

const PHOTO = fileURLToPath(new URL('../../server/tests/pictures/progressive.jpg', import.meta.url));
const profiles = [];

async function profile() {
  const folder = await mkdtemp(join(tmpdir(), 'xunan-profile-'));
  profiles.push(folder);
  return folder;
}

let server;
before(async () => (server = await Server.open()));
after(async () => {
  await server.discard();
  for (const folder of profiles) await rm(folder, { recursive: true, force: true });
});

/** With a browser, which is closed whatever happens; what was on the page is told where it fails. */
async function using(open, work) {
  const driver = await open();
  try {
    await driver.manage().setTimeouts({ script: 30_000, pageLoad: 60_000 });
    await driver.manage().window().setRect({ width: 500, height: 900 }).catch(() => undefined);
    return await work(new Hand(driver));
  } finally {
    await driver.quit().catch(() => undefined);
  }
}

const opened = { firefox: async () => openFirefox(await profile()), webkit: openWebKit };

for (const [engine, open] of Object.entries(opened)) {
  describe(engine, { timeout: 600_000 }, () => {
    before(() => {
      for (const [part, place] of Object.entries(engines[engine])) assert.ok(place, `${engine} has no ${part}: .ci/tools ${engine}`);
    });

    test('a browser that cleared everything opens the phone anew, and says what to do', () =>
      using(open, async (hand) => {
        await signIn(hand, server.url);
        await offlineReady(hand);
        await hand.driver.executeAsyncScript(`
          const done = arguments[arguments.length - 1];
          (async () => {
            localStorage.clear();
            for (const name of await caches.keys()) await caches.delete(name);
            // Open pages hold it; whoever deletes it waits for them, as a browser does not.
            for (const { name } of await indexedDB.databases()) indexedDB.deleteDatabase(name);
          })().then(done, done);`);
        await hand.driver.get(`${server.url}/field/`);
        await hand.until(`return /登录|解锁码|今天/.test(document.body.innerText)`);
      }));

    // WebKitGTK's IndexedDB stops answering in a page that is opened anew: there the phone is no phone, and has to say so.
    if (engine === 'webkit') {
      test('storage that does not answer a page that is opened anew is told', () =>
        using(open, async (hand) => {
          await signIn(hand, server.url);
          await hand.driver.get(`${server.url}/field/settings`);
          await hand.until(`return /本机存储(很久)?没有应答/.test(document.body.innerText)`, 60_000);
        }));
      return;
    }

    test('a visit without a line, sent when there is one, and the office has it', () =>
      using(open, async (hand) => {
        const words = `窗口接出插线板 2 处（${engine}）`;
        await signIn(hand, server.url);
        await offlineReady(hand);
        await server.stop();
        try {
          await hand.driver.switchTo().newWindow('tab');
          await unlockedOrUnlock(hand);
          await inspect(hand, server.url, words, PHOTO);
          await hand.find('text', '件未传完', { whole: false });
        } finally {
          await server.start();
        }
        await hand.press('button', '现在试传');
        await hand.until(`return /HZ-\\d{4}-\\d{6}/.test(document.body.innerText) && !/件未传完/.test(document.body.innerText)`, 60_000);
        await officeSees(words);
      }));

    test('the phone says whether it can be relied on without signal, and is right', () =>
      using(open, async (hand) => {
        await signIn(hand, server.url);
        await offlineReady(hand);
        await hand.driver.get(`${server.url}/field/settings`);
        await hand.find('text', '离线可用', { whole: false });
        const promised = await hand.driver.executeAsyncScript(`
          const done = arguments[arguments.length - 1];
          Promise.resolve(navigator.storage?.persisted?.()).then((kept) => done(Boolean(kept)), () => done(false));`);
        assert.equal(await hand.has('text', '未承诺长期保存'), !promised);
      }));
  });
}

async function unlockedOrUnlock(hand) {
  await hand.driver.get(`${server.url}/field/`);
  await hand.until(`return /今天|解锁码/.test(document.body.innerText)`);
  if (await hand.has('heading', '今天')) return;
  await unlock(hand, server.url);
}

/** By the words that the inspector wrote, and with the photo's bytes. */
async function officeSees(words) {
  const body = new URLSearchParams({ username: 'anwei1', password: passwordOf('anwei1'), next: '/office' });
  const session = await fetch(`${server.url}/api/pages/sign_in`, { method: 'POST', body, redirect: 'manual' });
  const cookie = session.headers.getSetCookie().map((one) => one.split(';')[0]).join('; ');
  const page = await fetch(`${server.url}/office/hazards?q=${encodeURIComponent(words)}`, { headers: { cookie } });
  const html = await page.text();
  const link = /\/office\/hazards\/[0-9a-f-]{36}/.exec(html)?.[0];
  assert.ok(link, `the desk lists no hazard “${words}”`);
  const hazard = await (await fetch(`${server.url}${link}`, { headers: { cookie } })).text();
  assert.ok(hazard.includes(words), 'the hazard is another one');
  const photo = /\/api\/v1\/attachments\/([0-9a-f]{64})/.exec(hazard)?.[0];
  assert.ok(photo, 'the hazard shows no photo');
  const bytes = await fetch(`${server.url}${photo}`, { headers: { cookie } });
  assert.equal(bytes.status, 200);
  assert.deepEqual([...new Uint8Array(await bytes.arrayBuffer()).slice(0, 3)], [0xff, 0xd8, 0xff]);
}

describe('firefox, closed and opened again', { timeout: 600_000 }, () => {
  test('without a line', async () => {
    const kept = await profile();
    await using(() => openFirefox(kept), async (hand) => {
      await signIn(hand, server.url);
      await offlineReady(hand);
    });
    await server.stop();
    try {
      // Whether it asks depends on what the browser wrote down of the last touch before it was closed.
      await using(() => openFirefox(kept), unlockedOrUnlock);
    } finally {
      await server.start();
    }
  });
});

describe('a browser that keeps nothing', { timeout: 300_000 }, () => {
  test('firefox that refuses all site data says so, and what to do', async () => {
    const folder = await profile();
    await using(() => openFirefox(folder, { 'network.cookie.cookieBehavior': 2 }), async (hand) => {
      await hand.driver.get(`${server.url}/field/`);
      await hand.until(`return /Cookie|网站数据|存储/.test(document.body.innerText)`);
    });
  });

  test('a private window of firefox opens and does not promise to open without a line', async () => {
    const folder = await profile();
    await using(() => openFirefox(folder, { 'browser.privatebrowsing.autostart': true }), async (hand) => {
      await hand.driver.get(`${server.url}/field/`);
      await hand.until(`return document.body.innerText.trim().length > 20`);
      const worker = await hand.driver.executeScript('return "serviceWorker" in navigator');
      if (!worker) await hand.until(`return /不能离线打开|无痕/.test(document.body.innerText)`);
    });
  });
});
