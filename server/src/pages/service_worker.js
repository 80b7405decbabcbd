// The phone's service worker: it keeps one build of the field app whole, so that every screen opens without a network.
// The server writes three lines in front of this text, so that the worker's bytes change with every build:
//   const VERSION = "…";                          names the build: a hash over FILES
//   const FILES = [["/pkg/app.….js", "sha256"]];  every file of the field app, DOCUMENT among them, with its bytes' hash in hex
//   const DOCUMENT = "/field/";                   the one empty document that every field screen starts from
//
// It touches nothing but GET (a re-issued POST loses its body on iOS), never /api, no page outside /field, and nothing of
// another origin: what a service of tiles sends for below the map goes past it and is kept nowhere.

const PREFIX = 'field-';
const CACHE = PREFIX + VERSION;
const WHOLE = '/field/.whole'; // the last entry put in a cache: whoever finds it there finds all the others
const INBOX = '/field/notices';
const TRIES = 3;
const URLS = new Set(FILES.map(([url]) => url));

// No skipWaiting here: an open page must not get the next build's files under its feet. The page saves what is being
// filled in, then sends SKIP_WAITING and reloads once.
self.addEventListener('install', (event) => event.waitUntil(install()));

self.addEventListener('activate', (event) => event.waitUntil(activate()));

self.addEventListener('message', (event) => {
  if (event.data?.type === 'SKIP_WAITING') self.skipWaiting();
  if (event.data?.type === 'VERSION') event.ports[0]?.postMessage(VERSION);
});

// Background Sync, where the browser has it: signal is back. The engine lives in the pages, so they are woken; while none is
// open nothing could be sent, and the browser is told to ask again.
self.addEventListener('sync', (event) => event.waitUntil(wakePages()));

// A reminder from the office: how many messages there are. The inbox says which.
self.addEventListener('push', (event) => event.waitUntil(remind(event.data)));

self.addEventListener('notificationclick', (event) => {
  event.notification.close();
  event.waitUntil(openInbox(event.notification.data?.path));
});

self.addEventListener('fetch', (event) => {
  const { request } = event;
  const { origin, pathname, search } = new URL(request.url);
  const url = pathname + search;
  if (request.method !== 'GET' || origin !== self.location.origin || request.headers.has('range')) return;
  if (pathname === '/api' || pathname.startsWith('/api/')) return;
  if (request.mode === 'navigate') {
    if (pathname === '/field' || pathname.startsWith('/field/')) event.respondWith(kept(DOCUMENT, request));
  } else if (URLS.has(url)) {
    event.respondWith(kept(url, request));
  } else if (pathname.startsWith('/pkg/')) {
    event.respondWith(keptBefore(url, request));
  }
});

async function wakePages() {
  const pages = await self.clients.matchAll({ type: 'window' });
  for (const page of pages) page.postMessage({ type: 'WAKE' });
  if (pages.length === 0) throw new Error('no page is open');
}

// Browsers take the subscription from a worker that shows nothing: what cannot be read is shown in words of our own.
async function remind(data) {
  let told = {};
  try {
    told = data?.json() ?? {};
  } catch {
    // Another version of the server, or none of ours.
  }
  const text = (value, other) => (typeof value === 'string' && value !== '' ? value : other);
  await self.registration.showNotification(text(told.title, '巡安'), {
    body: text(told.body, '有新消息 · New messages'),
    lang: text(told.lang, 'zh-CN'),
    // The next one takes its place and rings again.
    tag: 'notices',
    renotify: true,
    icon: '/icons/icon-192.png',
    data: { path: text(told.path, INBOX) },
  });
}

// A page that is open shows the inbox; every tap in it was saved when it was made.
async function openInbox(path) {
  const target = typeof path === 'string' && /^\/field\/[a-z0-9/-]*$/.test(path) ? path : INBOX;
  const pages = await self.clients.matchAll({ type: 'window' });
  const page = pages.find(({ url }) => new URL(url).pathname.startsWith('/field'));
  if (page === undefined) return self.clients.openWindow(target);
  try {
    await page.focus();
    return await page.navigate(target);
  } catch {
    return self.clients.openWindow(target);
  }
}

async function kept(url, request) {
  return (await caches.match(url, { cacheName: CACHE, ignoreVary: true })) ?? fetch(request);
}

// A page of the build before asks for the rest of its program, which no server may have any more.
async function keptBefore(url, request) {
  return (await caches.match(url, { ignoreVary: true })) ?? fetch(request);
}

// File by file, so that an install cut off by a lost signal goes on where it stopped.
async function install() {
  if (!URLS.has(DOCUMENT)) throw new Error(`${DOCUMENT} is not among the files`);
  const cache = await caches.open(CACHE);
  const older = await Promise.all((await otherCaches()).map((name) => caches.open(name)));
  for (const [url, hash] of FILES) {
    if (await holds(cache, url, hash)) continue;
    await cache.put(url, (await fromOlder(older, url, hash)) ?? (await download(url, hash)));
  }
  await cache.put(WHOLE, new Response(VERSION));
}

async function holds(cache, url, hash) {
  const found = await cache.match(url, { ignoreVary: true });
  return found !== undefined && (await sha256(found)) === hash;
}

// The document is always fetched: the same bytes may come with other headers, and its policy is in them.
async function fromOlder(older, url, hash) {
  if (url === DOCUMENT) return undefined;
  for (const cache of older) {
    if (await holds(cache, url, hash)) return cache.match(url, { ignoreVary: true });
  }
  return undefined;
}

// The first try may take what the page has just loaded (over 2G that halves a first visit); the hash says whether it is
// the right one, and if not, `reload` goes past every cache. A redirected answer may never be kept: Safari and Chrome
// refuse it for a navigation.
async function download(url, hash) {
  for (let tried = 1; ; tried += 1) {
    try {
      const response = await fetch(url, { cache: tried === 1 && url !== DOCUMENT ? 'default' : 'reload' });
      if (!response.ok || response.redirected || response.type !== 'basic') {
        throw new Error(`${url} answered ${response.status}${response.redirected ? ', redirected' : ''}`);
      }
      if ((await sha256(response.clone())) !== hash) throw new Error(`${url} is not of build ${VERSION}`);
      return response;
    } catch (error) {
      if (tried === TRIES) throw error;
      await new Promise((resume) => setTimeout(resume, 1000 * 3 ** (tried - 1)));
    }
  }
}

async function sha256(response) {
  const digest = await crypto.subtle.digest('SHA-256', await response.arrayBuffer());
  return Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, '0')).join('');
}

// The page that let this build take over loads anew. Another that is open goes on with the build before, whose parts come when they
// are needed: then that build stays until the next one. What the next build is gathering meanwhile is not touched.
async function activate() {
  const others = await otherCaches();
  await self.clients.claim();
  if (self.registration.installing || self.registration.waiting) return;
  const pages = await self.clients.matchAll({ type: 'window', includeUncontrolled: true });
  if (pages.filter(({ url }) => new URL(url).pathname.startsWith('/field')).length > 1) return;
  await Promise.all(others.map((name) => caches.delete(name)));
}

async function otherCaches() {
  return (await caches.keys()).filter((name) => name.startsWith(PREFIX) && name !== CACHE);
}
