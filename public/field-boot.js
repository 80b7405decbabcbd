// Starts the field app. The field document is kept by the service worker, headers and all, so it carries no inline script
// (a nonce would be frozen in it) and names the build on its root element: <html data-js="…" data-wasm="…">.
// Plain syntax throughout: a browser too old for the app must still be able to say so.
//
// No wait is without a word: for as long as no screen is there, a line says what is waited for, and after a while why.
// What a browser refuses is found out by trying, and told by what refused.
//
// Whoever is not signed in finds the form (`app/src/sign_in_form.rs`) before there is a program, and can type: the program takes
// the same fields over. For whoever is, what the program will ask for first is begun here, while it is compiled.

const reasons = {
  offline: ['手机现在没有网络，本机上的程序又还不齐全。', 'The phone has no network, and the app is not complete on it yet.'],
  old: ['这个浏览器太旧，运行不了。请更新微信，或换用新版 Chrome。', 'This browser is too old. Update WeChat, or use a recent Chrome.'],
  unreached: ['没有取到程序：信号不好，或者服务器没有应答。', 'The app could not be fetched: the signal is weak, or the server did not answer.'],
  updating: ['程序没有取全，正好在更新。', 'The app did not arrive whole; it is being updated just now.'],
  foreign: [
    '取到的不是本程序，或者没有取全。如果连的是要先登录的公共无线网络，请换个网络再打开。',
    'What came is not the app, or not all of it. If this is a public network that wants a sign-in first, use another one.',
  ],
  broke: ['程序出了错，不是信号的问题。请把最下面一行告诉管理员。', 'The app has failed; this is not about the signal. Tell the administrator the last line below.'],
};

const stages = {
  program: [
    '正在取程序',
    'Fetching the app',
    '信号很慢，程序还在取。可以接着等，也可以到信号好的地方再打开。',
    'The line is slow and the app is still on its way. Wait, or open it again where the signal is better.',
  ],
  start: [
    '正在打开',
    'Opening',
    '本机存储没有应答。请关掉本应用的其他窗口和不用的应用，再重新打开。',
    'The storage of this phone does not answer. Close the app’s other windows and apps that you do not use, then reload.',
  ],
};

const SAID_AFTER = 1500;
const SAID_AFTER_TO_WHO_TYPES = 5000;
const PATIENCE = 10000;
const EXPLAINED_AFTER = 15000;

let stage = 'program';
let failed = false;
let foreign = false;
let waiting;
let blankSince = Date.now();

const isSignedIn = prepare();
setInterval(look, 500);
addEventListener('error', ({ error }) => broke(error));
addEventListener('unhandledrejection', ({ reason }) => broke(reason));
start().catch(explain).then(keep);

async function start() {
  if (typeof WebAssembly === 'undefined') throw new Error('WebAssembly');
  const { js, wasm } = document.documentElement.dataset;
  if (isSignedIn) warm();
  const [app, code] = await Promise.all([import(js), fetch(wasm)]);
  if (!code.ok) throw new Error(`${wasm}: ${code.status}`);
  try {
    await app.default({ module_or_path: code });
  } catch (error) {
    foreign = !(await isProgram(wasm));
    throw error;
  }
  stage = 'start';
  const next = isSignedIn ? undefined : fetchNext();
  app.hydrate();
  await next;
}

// How this phone is set holds from the first picture on. Says whether somebody is signed in.
function prepare() {
  const { dataset } = document.documentElement;
  let owner;
  let prefs = {};
  try {
    owner = localStorage.getItem('xunan.owner');
    prefs = JSON.parse(localStorage.getItem('xunan.prefs')) || {};
  } catch (refused) {
    console.warn('no local storage:', refused);
  }
  if (prefs.theme) dataset.theme = prefs.theme;
  if (prefs.text) dataset.text = prefs.text;
  const lang = prefs.lang === 'en' ? 'en' : 'zh';
  document.documentElement.lang = lang === 'en' ? 'en' : 'zh-CN';
  addEventListener('submit', sent);
  addEventListener('click', ({ target }) => target.id === 'show-password' && showPassword(target));
  if (owner && !location.pathname.startsWith('/field/signin')) return true;
  const form = document.getElementById(`sign-in-${lang}`);
  if (form) document.body.append(form.content.cloneNode(true));
  return false;
}

// Before the program is here, somebody wants in: it will see to that first thing.
function sent(event) {
  const form = event.target;
  if (form.id !== 'sign-in-form') return;
  // In any case: what was typed must not travel as an address.
  event.preventDefault();
  if (form.dataset.alive !== undefined || form.dataset.sent !== undefined) return;
  form.dataset.sent = '';
  const button = form.querySelector('[type=submit]');
  button.setAttribute('aria-busy', 'true');
  otherWord(button);
}

function showPassword(button) {
  const field = document.getElementById('password');
  const shown = field.type === 'password';
  field.type = shown ? 'text' : 'password';
  button.setAttribute('aria-pressed', String(shown));
  otherWord(button);
}

function otherWord(button) {
  const { other } = button.dataset;
  button.dataset.other = button.textContent;
  button.textContent = other;
}

// The program's next part, so that it is here when the program asks for it. Done when it has come, or will not.
function fetchNext() {
  const { next } = document.documentElement.dataset;
  if (!next) return undefined;
  const link = element('link', { rel: 'preload', as: 'fetch', type: 'application/wasm', crossOrigin: 'anonymous', href: next });
  return new Promise((done) => {
    link.addEventListener('load', done);
    link.addEventListener('error', done);
    // Some browsers load nothing ahead and do not say so.
    setTimeout(done, PATIENCE);
    document.head.append(link);
  });
}

// A database that was open a moment ago opens at once. It is there: somebody works with it.
function warm() {
  fetchNext();
  try {
    const opening = indexedDB.open('xunan');
    opening.onupgradeneeded = () => opening.transaction.abort();
    opening.onsuccess = () => opening.result.close();
    opening.onerror = (event) => event.preventDefault();
  } catch (refused) {
    console.warn('no database:', refused);
  }
}

// Somebody else on the line may answer in the server's place, with a success.
async function isProgram(wasm) {
  const bytes = new Uint8Array(await (await fetch(wasm, { cache: 'force-cache' })).arrayBuffer());
  return [0, 0x61, 0x73, 0x6d].every((byte, at) => bytes[at] === byte);
}

// After the start and what comes next, so that it takes no bandwidth from them; after a failure too, since a newer build may be what mends it. The
// app's line about readiness reads here why it was refused.
function keep() {
  if (!navigator.serviceWorker) return;
  navigator.serviceWorker.register('/sw.js', { updateViaCache: 'none' }).catch((error) => {
    document.documentElement.dataset.worker = String((error && error.name) || 'refused');
    console.warn('no service worker, so nothing opens offline:', error);
    dispatchEvent(new Event('worker-refused'));
  });
}

// A program that has stopped in the middle answers no tap any more.
function broke(error) {
  if (typeof WebAssembly !== 'undefined' && error instanceof WebAssembly.RuntimeError) explain(error);
}

function look() {
  if (failed) return;
  const form = document.getElementById('sign-in-form');
  if (form ? form.dataset.alive !== undefined : document.querySelector('.screen')) {
    blankSince = undefined;
    if (waiting) waiting.remove();
    waiting = undefined;
    return;
  }
  blankSince = blankSince || Date.now();
  const blank = Date.now() - blankSince;
  const now = document.documentElement.dataset.waits || stage;
  const long = blank > EXPLAINED_AFTER;
  const typing = form && form.dataset.sent === undefined;
  if (blank < (typing ? SAID_AFTER_TO_WHO_TYPES : SAID_AFTER) || (waiting && waiting.stage === now && waiting.long === long)) return;
  if (waiting) waiting.remove();
  const [zh, en, zhWhy, enWhy] = stages[now];
  waiting = element(form ? 'div' : 'main', { className: 'empty', stage: now, long }, [
    element('p', { textContent: `${zh}…` }),
    element('p', { lang: 'en', className: 'u-small', textContent: `${en}…` }),
  ]);
  if (long) {
    waiting.append(
      element('p', { textContent: zhWhy }),
      element('p', { lang: 'en', textContent: enWhy }),
      ...safe(),
      again(),
    );
  }
  waiting.setAttribute('role', 'status');
  (form ? form.parentElement : document.body).append(waiting);
}

function explain(error) {
  if (failed) return;
  failed = true;
  console.error(error);
  const [zh, en] = reasons[reason(error)];
  const page = element('main', { className: 'empty' }, [
    element('h1', { textContent: '没能打开' }),
    element('p', { textContent: zh }),
    element('h2', { lang: 'en', textContent: 'Could not open' }),
    element('p', { lang: 'en', textContent: en }),
    ...safe(),
    again(),
    element('p', { className: 'u-small', textContent: String((error && error.message) || error) }),
  ]);
  page.setAttribute('role', 'alert');
  document.body.textContent = '';
  document.body.append(page);
}

function safe() {
  return [
    element('p', { textContent: '已经填写的内容和拍下的照片都还在本机，没有丢失。请不要清除浏览器数据。' }),
    element('p', {
      lang: 'en',
      textContent:
        'Everything filled in and every photo taken is still on this phone; nothing is lost. Do not clear the browser’s data.',
    }),
  ];
}

function again() {
  const reload = element('button', { className: 'button', type: 'button', textContent: '重新打开 · Reload' });
  reload.addEventListener('click', () => location.reload());
  return reload;
}

function reason(error) {
  if (foreign) return 'foreign';
  if (typeof WebAssembly === 'undefined' || error instanceof WebAssembly.CompileError || error instanceof SyntaxError) return 'old';
  if (stage !== 'program') return 'broke';
  if (!navigator.onLine) return 'offline';
  return error instanceof TypeError ? 'unreached' : 'updating';
}

function element(name, properties, children = []) {
  const made = Object.assign(document.createElement(name), properties);
  made.append(...children);
  return made;
}
