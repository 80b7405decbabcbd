// The phone's first steps, shared by tests, pictures and benches. (JavaScript, so that plain node can use it too.)

/** The demonstration's passwords follow its accounts. */
export const passwordOf = (username) => `xunan-${username}`;

/** What unlocks the phones of tests and pictures. */
export const PIN = '190305';

export async function signInOnPhone(page, url, username = 'wangge1', beforePin = () => undefined) {
  await page.goto(`${url}/field/`);
  await page.getByLabel('账号').fill(username);
  await page.getByLabel('密码', { exact: true }).fill(passwordOf(username));
  await page.getByRole('button', { name: '登录', exact: true }).click();
  await page.getByRole('heading', { name: '设定解锁码' }).waitFor({ timeout: 30_000 });
  await beforePin();
  await page.getByLabel('解锁码').fill(PIN);
  await page.getByLabel('再输一次').fill(PIN);
  await page.getByRole('button', { name: '设定并开始' }).click();
  await page.getByRole('heading', { name: '今天', level: 1 }).waitFor({ timeout: 30_000 });
}

/** Asks again until the answer, promised or not, is yes. */
async function until(page, ask) {
  const deadline = Date.now() + 60_000;
  while (!(await page.evaluate(ask))) {
    if (Date.now() > deadline) throw new Error('not within 60 s');
    await new Promise((done) => setTimeout(done, 50));
  }
}

/** Everything of the phone's part is in the service worker's cache, and the worker answers for the page. */
export async function waitUntilOfflineReady(page) {
  await until(page, async () => {
    if (!navigator.serviceWorker.controller) return false;
    for (const name of await caches.keys()) {
      if (name.startsWith('field-') && (await (await caches.open(name)).match('/field/.whole'))) return true;
    }
    return false;
  });
  // And the person's records are here.
  await until(
    page,
    () =>
      new Promise((resolve) => {
        const open = indexedDB.open('xunan');
        open.onerror = () => resolve(false);
        open.onsuccess = () => {
          const db = open.result;
          const done = (answer) => (db.close(), resolve(answer));
          const tx = db.transaction(['meta', 'records']);
          const of = (kind) => tx.objectStore('records').count(IDBKeyRange.bound(`${kind}/`, `${kind}0`));
          const [sites, forms] = [of('site'), of('form')];
          const reset = tx.objectStore('meta').getKey('reset');
          tx.oncomplete = () => done(sites.result > 0 && forms.result > 0 && reset.result === undefined);
          tx.onerror = () => done(false);
        };
      }),
  );
}

export async function signInAtDesk(page, url, username) {
  await page.goto(`${url}/signin`);
  await page.getByLabel('账号').fill(username);
  await page.getByLabel('密码').fill(passwordOf(username));
  await page.getByRole('button', { name: '登录', exact: true }).click();
  await page.waitForURL(/\/office/);
}

/** The cards of a form's questions: groups that are named by their number and what is asked. */
export const questions = (page) => page.getByRole('group', { name: /^\d/ });

/** The card in which the focus is. */
export const questionInHand = (page) => questions(page).filter({ has: page.locator(':focus') });

/** The dialog that is open; of several, one in another, the outer one. */
export const dialog = (page) => page.getByRole('dialog').first();

/**
 * Hands all work over to the first grid member who may take all of it: whoever goes to one of the checks already does not, and of which
 * that is true the desk does not say.
 */
export const handOver = async (page) => {
  const people = page.getByRole('combobox', { name: '接手人' });
  const offered = people.getByRole('option', { name: /网格员$/ });
  const values = await offered.evaluateAll((options) => options.map((option) => option.value));
  for (const value of values) {
    await people.selectOption(value);
    const answer = page.waitForResponse(/\/api\/pages\/hand_over$/);
    await page.getByRole('button', { name: '全部交接' }).click();
    if ((await answer).ok()) return;
  }
  throw new Error('nobody may take the work over');
};

/** Photos in a strip or dialog, as soon as their pictures are there. */
export const pictures = (within) => within.getByRole('button', { name: /^看第 \d+ 张照片$/ }).locator('img');

/** What is to be done on a screen, above the thumb. */
export const actions = (page) => page.getByRole('contentinfo');

/** Rows that lead to a site or a hazard. */
export const rows = (page) =>
  page.getByRole('main').getByRole('link').and(page.locator('[href^="/field/sites/"], [href^="/field/hazards/"]'));

/** A phone: 390 × 844, touch, a place. */
export const phone = {
  viewport: { width: 390, height: 844 },
  deviceScaleFactor: 2,
  hasTouch: true,
  isMobile: true,
  locale: 'zh-CN',
  // No whole numbers: Rust would write 12.0 where JavaScript writes 12, and what is compared is text.
  geolocation: { latitude: 34.8561, longitude: 113.599, accuracy: 12.5 },
  permissions: ['geolocation', 'camera'],
};

export const desk = { viewport: { width: 1440, height: 900 }, locale: 'zh-CN' };

/** The longest form. No site of an inspector's is of its kinds. */
export const LONGEST_FORM = '危险化学品工厂、仓库检查';

/** Taps the form of this name; what is not offered at the site is folded away, and found by its name. */
export async function chooseForm(page, form) {
  const main = page.getByRole('main');
  const row = main.getByRole('button', { name: form }).first();
  const others = main.getByText('其他检查表').first();
  await row.or(others).first().waitFor();
  if (!(await row.isVisible())) {
    await others.click();
    await main.getByRole('searchbox').or(main.getByRole('textbox')).first().fill(form);
  }
  await row.click();
}

/** Begins a visit of the first site whose name fits, with the form of this name. */
export async function beginVisit(page, url, site, form) {
  await page.goto(`${url}/field/sites`);
  await page.getByRole('searchbox').fill(site);
  await rows(page).filter({ hasText: site }).first().click();
  await page.getByRole('link', { name: '开始检查' }).click();
  await chooseForm(page, form);
  await page.waitForURL(/\/field\/visit\//);
  await questions(page).first().waitFor();
}

/** Answers whatever is open, the thumb led by the button below: pass where that can be, else not applicable. */
export async function answerTheRest(page) {
  const lead = actions(page).getByRole('button');
  for (let n = 0; n < 400; n += 1) {
    if ((await lead.innerText()).includes('全部答完')) return;
    const more = page.getByRole('button', { name: '本节其余全部合格' }).first();
    if (await more.isVisible().catch(() => false)) {
      await more.click();
      continue;
    }
    await lead.click();
    const card = questionInHand(page);
    await card.waitFor();
    const pass = card.getByRole('button', { name: '合格', exact: true });
    if (await pass.count()) await pass.click();
    else await card.getByRole('button', { name: '不适用' }).click();
  }
  throw new Error('the visit never came to its end');
}
