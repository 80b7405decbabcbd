// Starts the field app. The field document is kept by the service worker, headers and all, so it carries no inline script
// (a nonce would be frozen in it) and names the build on its root element: <html data-js="…" data-wasm="…">.
// Plain syntax throughout: a browser too old for the app must still be able to say so.

const reasons = {
  offline: ['手机现在没有网络，本机上的程序又还不齐全。', 'The phone has no network, and the app is not complete on it yet.'],
  old: ['这个浏览器太旧，运行不了。请更新微信，或换用新版 Chrome。', 'This browser is too old. Update WeChat, or use a recent Chrome.'],
  failed: ['程序没有取全，或者正好在更新。', 'The app did not arrive whole, or is being updated just now.'],
};

start().catch(explain).then(keep);

async function start() {
  const { js, wasm } = document.documentElement.dataset;
  const [app, code] = await Promise.all([import(js), fetch(wasm)]);
  if (!code.ok) throw new Error(`${wasm}: ${code.status}`);
  await app.default({ module_or_path: code });
  app.hydrate();
}

// After the start, so that it takes no bandwidth from it; after a failure too, since a newer build may be what mends it.
function keep() {
  if (!navigator.serviceWorker) return;
  navigator.serviceWorker
    .register('/sw.js', { updateViaCache: 'none' })
    .catch((error) => console.warn('no service worker, so nothing opens offline:', error));
}

function explain(error) {
  console.error(error);
  const [zh, en] = reasons[reason(error)];
  const reload = element('button', { className: 'button', type: 'button', textContent: '重新打开 · Reload' });
  reload.addEventListener('click', () => location.reload());
  const page = element('main', { className: 'empty' }, [
    element('h1', { textContent: '没能打开' }),
    element('p', { textContent: zh }),
    element('p', { textContent: '已经填写的内容和拍下的照片都还在本机，没有丢失。请不要清除浏览器数据，到有信号的地方再打开一次。' }),
    element('h2', { lang: 'en', textContent: 'Could not open' }),
    element('p', { lang: 'en', textContent: en }),
    element('p', {
      lang: 'en',
      textContent:
        'Everything filled in and every photo taken is still on this phone; nothing is lost. ' +
        'Do not clear the browser’s data, and open again where there is signal.',
    }),
    reload,
    element('p', { className: 'small', textContent: String((error && error.message) || error) }),
  ]);
  page.setAttribute('role', 'alert');
  document.body.textContent = '';
  document.body.append(page);
}

function reason(error) {
  if (typeof WebAssembly === 'undefined' || error instanceof WebAssembly.CompileError) return 'old';
  return navigator.onLine ? 'failed' : 'offline';
}

function element(name, properties, children = []) {
  const made = Object.assign(document.createElement(name), properties);
  made.append(...children);
  return made;
}
