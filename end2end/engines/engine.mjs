// Firefox and WebKit, each driven by its own WebDriver: the engines that Playwright's builds are not to be had for here.
// WebKitGTK is the nearest to an iPhone's Safari that runs on this machine.
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { Builder, Capabilities } from 'selenium-webdriver';
import firefox from 'selenium-webdriver/firefox.js';

const tools = fileURLToPath(new URL('../../.tools/bin/', import.meta.url));
const first = (...places) => places.find((place) => place && existsSync(place));

/** Its driver and browser, or what is missing. */
export const engines = {
  firefox: {
    driver: first(process.env.GECKODRIVER, join(tools, 'geckodriver')),
    browser: first(process.env.FIREFOX, '/usr/bin/firefox-esr', '/usr/bin/firefox'),
  },
  webkit: {
    driver: first(process.env.WEBKIT_DRIVER, '/usr/bin/WebKitWebDriver'),
    browser: first(
      process.env.MINI_BROWSER,
      ...['4.1', '4.0'].map((version) => `/usr/lib/x86_64-linux-gnu/webkit2gtk-${version}/MiniBrowser`),
    ),
  },
};

/** Firefox on this profile, which outlives the window. `preferences`: as in about:config. */
export function openFirefox(profile, preferences = {}) {
  const options = new firefox.Options();
  options.setBinary(engines.firefox.browser);
  options.addArguments('-headless', '-profile', profile);
  const all = {
    'intl.accept_languages': 'zh-CN',
    // Nobody is there to answer: a place is refused, like on a phone that is asked for the first time and says no.
    'permissions.default.geo': 2,
    ...preferences,
  };
  for (const [name, value] of Object.entries(all)) options.setPreference(name, value);
  const service = new firefox.ServiceBuilder(engines.firefox.driver);
  return new Builder().forBrowser('firefox').setFirefoxOptions(options).setFirefoxService(service).build();
}

/** WebKit, whose automated windows forget everything when the last one closes. */
export async function openWebKit() {
  const [display, port] = [await xvfb(), await freePort()];
  const child = spawn(engines.webkit.driver, ['--host=127.0.0.1', `--port=${port}`], {
    stdio: 'ignore',
    env: { ...process.env, DISPLAY: display, LIBGL_ALWAYS_SOFTWARE: '1', LANG: 'C.UTF-8' },
  });
  const server = `http://127.0.0.1:${port}`;
  try {
    await answering(`${server}/status`);
    const options = { binary: engines.webkit.browser, args: ['--automation'] };
    const wanted = new Capabilities({ browserName: 'MiniBrowser', 'webkitgtk:browserOptions': options });
    const driver = await new Builder().usingServer(server).withCapabilities(wanted).build();
    const quit = driver.quit.bind(driver);
    driver.quit = () => quit().finally(() => child.kill());
    return driver;
  } catch (error) {
    child.kill();
    throw error;
  }
}

let screen;

/** A screen that nobody sees; GTK has no headless mode of its own. */
async function xvfb() {
  if (process.env.DISPLAY) return process.env.DISPLAY;
  screen ??= new Promise((resolve, reject) => {
    const child = spawn('Xvfb', ['-displayfd', '1', '-screen', '0', '1280x1024x24', '-nolisten', 'tcp'], {
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    child.once('error', reject);
    child.stdout.once('data', (number) => {
      resolve(`:${String(number).trim()}`);
      child.stdout.unref();
      child.unref();
    });
    process.once('exit', () => child.kill());
  });
  return screen;
}

async function answering(url) {
  for (const deadline = Date.now() + 20_000; Date.now() < deadline; await pause(50)) {
    if (await fetch(url).then((answer) => answer.ok, () => false)) return;
  }
  throw new Error(`${url} does not answer`);
}

export function freePort() {
  return new Promise((resolve, reject) => {
    const probe = createServer().once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const { port } = probe.address();
      probe.close(() => resolve(port));
    });
  });
}
