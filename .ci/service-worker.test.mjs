// What the phone's service worker does for pages of the build before; what it does in a browser is tried in
// end2end/tests/service_worker.spec.ts.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { runInNewContext } from 'node:vm';

const body = readFileSync(new URL('../server/src/pages/service_worker.js', import.meta.url), 'utf8');
const ORIGIN = 'https://phone.example';

/** The worker of build "two", with builds "one" and "two" kept whole and these pages open. */
function worker(...open) {
  const kept = new Map([
    ['field-one', new Map([['/pkg/split_camera.one.wasm', 'of one']])],
    ['field-two', new Map([['/pkg/split_camera.two.wasm', 'of two']])],
    ['other', new Map()],
  ]);
  const heard = {};
  const asked = [];
  const caches = {
    keys: async () => [...kept.keys()],
    delete: async (name) => kept.delete(name),
    match: async (url, { cacheName } = {}) => {
      const looked = cacheName === undefined ? [...kept.values()] : [kept.get(cacheName)].filter(Boolean);
      return looked.find((cache) => cache.has(url))?.get(url);
    },
  };
  const self = {
    addEventListener: (kind, hear) => (heard[kind] = hear),
    location: { origin: ORIGIN },
    registration: {},
    clients: { claim: async () => {}, matchAll: async () => open.map((path) => ({ url: ORIGIN + path })) },
  };
  const fetch = async ({ url }) => {
    asked.push(url.slice(ORIGIN.length));
    return 'from the network';
  };
  const head = `const VERSION = 'two';\nconst FILES = [['/pkg/split_camera.two.wasm', '']];\nconst DOCUMENT = '/field/';\n`;
  runInNewContext(head + body, { self, caches, fetch, URL });
  const waited = async (kind, event) => {
    let work;
    const take = (given) => (work = given);
    heard[kind]({ ...event, waitUntil: take, respondWith: take });
    return work;
  };
  const get = (path) => waited('fetch', { request: { url: ORIGIN + path, method: 'GET', mode: 'cors', headers: new Headers() } });
  return { activate: () => waited('activate', {}), asked, get, names: () => [...kept.keys()] };
}

test('a page of the build before is given the rest of its program', async () => {
  const { asked, get } = worker();
  assert.equal(await get('/pkg/split_camera.one.wasm'), 'of one');
  assert.equal(await get('/pkg/split_camera.two.wasm'), 'of two');
  assert.deepEqual(asked, []);
  assert.equal(await get('/pkg/xunan.js'), 'from the network');
  assert.equal(await get('/style.css'), undefined, 'nobody else’s files are answered');
  assert.deepEqual(asked, ['/pkg/xunan.js']);
});

test('the build before stays for another page that is open, and goes where there is none', async () => {
  const alone = worker('/field/', '/office/sites', '/');
  await alone.activate();
  assert.deepEqual(alone.names(), ['field-two', 'other']);
  const several = worker('/field/', '/field/visit/1');
  await several.activate();
  assert.deepEqual(several.names(), ['field-one', 'field-two', 'other']);
});
