// An inspector's way through the phone's part, in whichever engine.
import { passwordOf, PIN } from '../tests/phone.mjs';

export async function signIn(hand, url, username = 'wangge1') {
  await hand.driver.get(`${url}/field/`);
  await hand.fill('账号', username);
  await hand.fill('密码', passwordOf(username));
  await hand.press('button', '登录');
  await hand.find('heading', '设定解锁码');
  await hand.fill('解锁码', PIN);
  await hand.fill('再输一次', PIN);
  await hand.press('button', '设定并开始');
  await hand.find('heading', '今天');
}

export async function unlock(hand, url) {
  await hand.driver.get(`${url}/field/`);
  await hand.fill('解锁码', PIN);
  if (await hand.has('button', '打开', true)) await hand.press('button', '打开');
  await hand.find('heading', '今天');
}

/** The program and the person's records are on the phone. */
export async function offlineReady(hand) {
  await hand.until(`
    if (!navigator.serviceWorker.controller) return false;
    for (const name of await caches.keys()) {
      if (name.startsWith('field-') && (await (await caches.open(name)).match('/field/.whole'))) return true;
    }
    return false;`);
  await hand.until(`
    const db = await new Promise((ok, no) => { const open = indexedDB.open('xunan'); open.onsuccess = () => ok(open.result); open.onerror = no; });
    try {
      const tx = db.transaction(['meta', 'records']);
      const of = (kind) => tx.objectStore('records').count(IDBKeyRange.bound(kind + '/', kind + '0'));
      const asked = [of('site'), of('form'), tx.objectStore('meta').getKey('reset')];
      await new Promise((ok, no) => { tx.oncomplete = ok; tx.onerror = no; });
      const [sites, forms, reset] = asked.map((one) => one.result);
      return sites > 0 && forms > 0 && reset === undefined;
    } finally { db.close(); }`);
}

/** A visit with one finding and its photo, from a file. */
export async function inspect(hand, url, words, photo) {
  await hand.driver.get(`${url}/field/sites`);
  await hand.until(`return document.querySelector('input[type=search]') !== null`);
  await hand.driver.findElement({ css: 'input[type=search]' }).sendKeys('充电棚');
  await hand.until(`const row = [...document.querySelectorAll('main a')].find((a) => a.innerText.includes('充电棚')); row?.click(); return Boolean(row);`);
  await hand.press('link', '开始检查');
  await hand.press('button', '电动自行车停放充电检查', { whole: false });
  await hand.until(`return document.querySelector('main [role=group]') !== null`);
  await hand.press('button', '加一');
  await hand.press('button', '记为不合格');
  await hand.fill('看到什么', words);
  // The camera comes with a part of the program of its own.
  await hand.until(`return document.querySelector('dialog[open] input[type=file]') !== null`);
  await hand.driver.findElement({ css: 'dialog[open] input[type=file]' }).sendKeys(photo);
  await hand.until(`return document.querySelectorAll('dialog[open] button > img').length === 1`);
  await hand.press('button', '记下，继续检查');
  await answerTheRest(hand);
  await hand.press('button', '全部答完', { whole: false });
  await hand.press('button', '提交检查');
  await hand.until(`return location.pathname.startsWith('/field/outbox')`);
}

/** Pass where that can be, else not applicable. */
async function answerTheRest(hand) {
  for (let n = 0; n < 400; n += 1) {
    const lead = await hand.driver.findElement({ css: 'footer button' });
    if ((await lead.getText()).includes('全部答完')) return;
    const answered = await hand.driver.executeScript(`
      const seen = (e) => e.getClientRects().length > 0;
      const rest = [...document.querySelectorAll('button')].find((b) => seen(b) && b.innerText.includes('本节其余全部合格'));
      if (rest) { rest.click(); return true; }
      return false;`);
    if (answered) continue;
    await hand.click(lead);
    await hand.until(`
      const card = document.querySelector('main [role=group]:focus-within');
      const of = (words) => [...card.querySelectorAll('button')].find((b) => b.innerText.trim() === words);
      const answer = card && (of('合格') ?? of('不适用'));
      answer?.click();
      return Boolean(answer);`);
  }
  throw new Error('the visit never came to its end');
}
