// The phone's first steps, shared by tests, pictures and benches. (JavaScript, so that plain node can use it too.)

/** An account of the demonstration by its role, as `xunan demo` made it. */
export const accounts = {
  inspector: { username: 'wangge1', password: '' },
};

/** Reads the printed accounts out of the server's log: `role  username  password` lines. */
export function printedAccounts(log) {
  const found = {};
  for (const line of log.split('\n')) {
    const match = line.match(/\b(wangge1|yingji1|anwei1|qiye1|xuexiao1|admin)\b\s+(\S+)/);
    if (match) found[match[1]] = match[2];
  }
  return found;
}

export async function signInOnPhone(page, url, username, password) {
  await page.goto(`${url}/field/`);
  await page.getByLabel('账号').fill(username);
  await page.getByLabel('密码').fill(password);
  await page.getByRole('button', { name: '登录' }).click();
  await page.getByRole('heading', { name: '今天' }).waitFor();
}

/** Everything of the phone's part is in the service worker's cache, and the worker answers for the page. */
export async function waitUntilOfflineReady(page) {
  await page.waitForFunction(async () => {
    if (!navigator.serviceWorker.controller) return false;
    for (const name of await caches.keys()) {
      if (name.startsWith('field-') && (await (await caches.open(name)).match('/field/.whole'))) return true;
    }
    return false;
  });
  // And the person's records are here.
  await page.waitForFunction(
    () =>
      new Promise((resolve) => {
        const open = indexedDB.open('xunan');
        open.onerror = () => resolve(false);
        open.onsuccess = () => {
          const db = open.result;
          const done = (answer) => (db.close(), resolve(answer));
          const tx = db.transaction(['meta', 'sites', 'checklists']);
          const sites = tx.objectStore('sites').count();
          const lists = tx.objectStore('checklists').count();
          const reset = tx.objectStore('meta').getKey('reset');
          tx.oncomplete = () => done(sites.result > 0 && lists.result > 0 && reset.result === undefined);
          tx.onerror = () => done(false);
        };
      }),
  );
}
