// The service worker's body against a small server that can do what the real one must never do in front of a test:
// redirect the document, deploy in the middle of an install, lose the signal half-way.
import { expect, test, type BrowserContext, type Page } from '@playwright/test';
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

const body = await readFile(new URL('../../server/src/pages/service_worker.js', import.meta.url), 'utf8');
const document = (build: string) => `<!doctype html><title>${build}</title><script src="/pkg/app.${build}.js"></script>`;

class Site {
  files: Record<string, string> = {};
  /** What the worker is told, where that is not what is served. */
  promised: Record<string, string> = {};
  redirected = new Set<string>();
  broken = new Set<string>();
  asked: string[] = [];
  url = '';
  private version = '';
  private server!: Server;

  deploy(build: string) {
    this.version = build;
    this.files = { '/field/': document(build), [`/pkg/app.${build}.js`]: `window.build = '${build}'`, '/style.css': 'body{}' };
    this.promised = {};
  }

  async open() {
    this.server = createServer((request, response) => {
      const path = request.url!;
      if (path === '/sw.js') {
        const hash = (text: string) => createHash('sha256').update(text).digest('hex');
        const files = Object.entries({ ...this.files, ...this.promised }).map(([url, text]) => [url, hash(text)]);
        const head = `const VERSION="${this.version}"; const FILES=${JSON.stringify(files)}; const DOCUMENT="/field/";\n`;
        return response.setHeader('content-type', 'text/javascript').setHeader('cache-control', 'no-cache').end(head + body);
      }
      this.asked.push(`${request.method} ${path}`);
      if (this.broken.has(path)) return request.socket.destroy();
      if (this.redirected.has(path)) return response.writeHead(302, { location: '/login' }).end();
      const found = { ...this.files, '/login': this.files['/field/'], '/start': '<!doctype html><title>start</title>' }[path];
      response.statusCode = found === undefined ? 404 : 200;
      response.setHeader('content-type', path.endsWith('.js') ? 'text/javascript' : path.endsWith('.css') ? 'text/css' : 'text/html');
      response.setHeader('cache-control', 'no-cache').end(found ?? 'from the network');
    });
    await new Promise<void>((listening) => this.server.listen(0, '127.0.0.1', listening));
    this.url = `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  close() {
    this.server.closeAllConnections();
    this.server.close();
  }
}

let site: Site;
let context: BrowserContext;
let page: Page;

test.beforeEach(async ({ browser }) => {
  site = new Site();
  site.deploy('one');
  await site.open();
  context = await browser.newContext();
  page = await context.newPage();
  await page.goto(`${site.url}/start`);
});

test.afterEach(async () => {
  await context.close();
  site.close();
});

/** Registers the worker and says where its newest version ends: 'activated', 'installed' (waiting) or 'redundant'. */
const install = () =>
  page.evaluate(async () => {
    const registration = await navigator.serviceWorker.register('/sw.js', { updateViaCache: 'none' });
    await registration.update().catch(() => undefined);
    const worker = registration.installing ?? registration.waiting ?? registration.active;
    if (!worker) return 'redundant';
    return new Promise<string>((resolve) => {
      const look = () => {
        const waits = worker.state === 'installed' && registration.active !== null && registration.active !== worker;
        if (worker.state === 'activated' || worker.state === 'redundant' || waits) resolve(worker.state);
      };
      worker.addEventListener('statechange', look);
      look();
    });
  });

const cached = () =>
  page.evaluate(async () => {
    const all: Record<string, string[]> = {};
    for (const name of await caches.keys()) {
      all[name] = (await (await caches.open(name)).keys()).map((request) => new URL(request.url).pathname);
    }
    return all;
  });

const version = () =>
  page.evaluate(
    () =>
      new Promise((resolve) => {
        const channel = new MessageChannel();
        channel.port1.onmessage = (event) => resolve(event.data);
        navigator.serviceWorker.controller!.postMessage({ type: 'VERSION' }, [channel.port2]);
      }),
  );

test('every deep link opens with no server at all, and nothing else is answered from the phone', async () => {
  expect(await install()).toBe('activated');
  expect((await cached())['field-one'].at(-1)).toBe('/field/.whole');
  expect(await version()).toBe('one');

  site.asked = [];
  await page.goto(`${site.url}/field/sites/42?tab=hazards`);
  await expect(page).toHaveTitle('one');
  expect(site.asked).toEqual([]);

  const fetched = (path: string, options?: RequestInit) =>
    page.evaluate(([path, options]) => fetch(path, options).then((response) => response.text()), [path, options] as const);
  await fetched('/api/v1/sync');
  await fetched('/api/v1/sync', { method: 'POST', body: 'x' });
  await fetched('/pkg/app.one.js', { headers: { range: 'bytes=0-1' } });
  await fetched('/style.css');
  expect(site.asked).toEqual(['GET /api/v1/sync', 'POST /api/v1/sync', 'GET /pkg/app.one.js']);

  site.close();
  await page.goto(`${site.url}/field`);
  expect(await page.evaluate('window.build')).toBe('one');
  await expect(page.goto(`${site.url}/start`)).rejects.toThrow();
});

test('the next build waits, takes over what has not changed, and clears up behind itself', async () => {
  await install();
  await page.goto(`${site.url}/field/`);
  site.deploy('two');
  site.asked = [];
  expect(await install()).toBe('installed');
  expect(site.asked.sort()).toEqual(['GET /field/', 'GET /pkg/app.two.js']);
  expect(await version()).toBe('one');
  await page.reload();
  await expect(page).toHaveTitle('one');

  await page.evaluate(async () => {
    const changed = new Promise((resolve) => navigator.serviceWorker.addEventListener('controllerchange', resolve));
    (await navigator.serviceWorker.getRegistration())!.waiting!.postMessage({ type: 'SKIP_WAITING' });
    await changed;
  });
  expect(await version()).toBe('two');
  await expect.poll(async () => Object.keys(await cached())).toEqual(['field-two']);
  await page.reload();
  await expect(page).toHaveTitle('two');
});

test('a build is not taken when a file is of another build, and the old one goes on', async () => {
  await install();
  site.deploy('two');
  site.promised['/pkg/app.two.js'] = 'other bytes';
  expect(await install()).toBe('redundant');
  await page.goto(`${site.url}/field/`);
  await expect(page).toHaveTitle('one');
  expect((await cached())['field-two']).not.toContain('/field/.whole');
});

test('when the browser says that signal is back, the open page is woken', async () => {
  await install();
  await page.goto(`${site.url}/field/`);
  const devtools = await context.newCDPSession(page);
  const registered = new Promise<string>((resolve) => {
    devtools.on('ServiceWorker.workerRegistrationUpdated', ({ registrations }) => {
      if (registrations[0]) resolve(registrations[0].registrationId);
    });
  });
  await devtools.send('ServiceWorker.enable');
  const woken = page.evaluate(
    () =>
      new Promise((resolve) => {
        navigator.serviceWorker.addEventListener('message', (event) => resolve(event.data));
        navigator.serviceWorker.startMessages();
        document.title = 'listening';
      }),
  );
  await expect(page).toHaveTitle('listening');
  await devtools.send('ServiceWorker.dispatchSyncEvent', {
    origin: site.url,
    registrationId: await registered,
    tag: 'unsent',
    lastChance: false,
  });
  expect(await woken).toEqual({ type: 'WAKE' });
});

test('a reminder is shown in its words, in words of our own where it has none, and leads to the app only', async () => {
  await install();
  await page.goto(`${site.url}/field/`);
  const worker = context.serviceWorkers()[0] ?? (await context.waitForEvent('serviceworker'));
  const devtools = await context.newCDPSession(page);
  const registered = new Promise<string>((resolve) => {
    devtools.on('ServiceWorker.workerRegistrationUpdated', ({ registrations }) => {
      if (registrations[0]) resolve(registrations[0].registrationId);
    });
  });
  await devtools.send('ServiceWorker.enable');
  await worker.evaluate(() => {
    const here = self as any;
    here.shown = [];
    here.registration.showNotification = async (title: string, options: object) => here.shown.push({ title, ...options });
  });
  const shownAfter = async (data: string) => {
    const before: number = await worker.evaluate(() => (self as any).shown.length);
    await devtools.send('ServiceWorker.deliverPushMessage', { origin: site.url, registrationId: await registered, data });
    await expect.poll(() => worker.evaluate(() => (self as any).shown.length)).toBe(before + 1);
    return worker.evaluate(() => (self as any).shown.at(-1));
  };
  const told = { title: '巡安', body: '有 3 条新消息', lang: 'zh-CN', path: '/field/notices' };
  expect(await shownAfter(JSON.stringify(told))).toMatchObject({ title: '巡安', body: '有 3 条新消息', tag: 'notices', data: { path: told.path } });
  for (const other of ['', 'no JSON', '{"title":1,"body":[]}', 'null']) {
    expect(await shownAfter(other), other).toMatchObject({ title: '巡安', body: expect.stringContaining('新消息'), data: { path: '/field/notices' } });
  }

  const opened = (path: unknown) =>
    worker.evaluate(async (path) => {
      const here = self as any;
      const went: string[] = [];
      here.clients.matchAll = async () => [];
      here.clients.openWindow = async (target: string) => went.push(target);
      await here.openInbox(path);
      return went;
    }, path);
  expect(await opened('/field/notices')).toEqual(['/field/notices']);
  for (const elsewhere of ['https://evil.cn/', '//evil.cn', '/office', '/field/../office', '/field/?x', 7, null]) {
    expect(await opened(elsewhere), String(elsewhere)).toEqual(['/field/notices']);
  }
});

test('a document that redirects to the login is not kept', async () => {
  site.redirected.add('/field/');
  expect(await install()).toBe('redundant');
  expect((await cached())['field-one']).toEqual([]);
});

test('an install cut off goes on where it stopped', async () => {
  site.broken.add('/style.css');
  expect(await install()).toBe('redundant');
  site.broken.clear();
  site.asked = [];
  expect(await install()).toBe('activated');
  expect(site.asked).toEqual(['GET /style.css']);
});
