// The phone's scanner: by the browser's own reader where it has one, which here is a stand-in, and by the decoder that the phone
// carries where it has none, which reads the poster as the desk draws it. Without signal, as at a door in a cellar.
import type { Browser, Page } from '@playwright/test';
import { chooseForm, desk, phone, rows, signInAtDesk, signInOnPhone, waitUntilOfflineReady } from './phone.mjs';
import { expect, test } from './server';

/** What the camera of the page sees: rectangles of a picture, each x, y, width and height, black on white. */
interface Seen {
  side: number;
  dark: number[][];
}

declare global {
  interface Window {
    seen?: Seen;
    reads?: string;
  }
}

/** A camera that films what the test shows it, and nothing until then. */
async function filmsWhatIsShown(page: Page): Promise<void> {
  await page.addInitScript(() => {
    navigator.mediaDevices.getUserMedia = async () => {
      const canvas = document.createElement('canvas');
      [canvas.width, canvas.height] = [640, 640];
      const drawn = canvas.getContext('2d')!;
      const draw = () => {
        drawn.fillStyle = 'white';
        drawn.fillRect(0, 0, canvas.width, canvas.height);
        if (!window.seen) return;
        drawn.fillStyle = 'black';
        const scale = canvas.width / window.seen.side;
        for (const [x, y, width, height] of window.seen.dark) drawn.fillRect(x * scale, y * scale, width * scale, height * scale);
      };
      draw();
      // A stream has a picture whenever something is drawn.
      setInterval(draw, 50);
      return canvas.captureStream();
    };
  });
}

/** The browser's own reader: it finds what the test says. */
async function readsByItself(page: Page): Promise<void> {
  await page.addInitScript(() => {
    class Stub {
      async detect() {
        return window.reads ? [{ rawValue: window.reads }] : [];
      }
    }
    Object.defineProperty(window, 'BarcodeDetector', { value: Stub, configurable: true });
  });
}

async function hasNoReader(page: Page): Promise<void> {
  await page.addInitScript(() => {
    Object.defineProperty(window, 'BarcodeDetector', { value: undefined, configurable: true });
  });
}

const dialogOf = (page: Page, name: string) => page.getByRole('dialog', { name });

/** The first site of a phone: its name, its page, and its poster as the desk prints it. */
async function poster(browser: Browser, url: string, page: Page): Promise<{ path: string; address: string; picture: Seen }> {
  await page.goto(`${url}/field/sites`);
  const path = await rows(page).first().getAttribute('href');
  if (!path) throw new Error('no site on the phone');
  const office = await (await browser.newContext(desk)).newPage();
  await signInAtDesk(office, url, 'anwei1');
  await office.goto(`${url}/office/sites/${path.split('/').pop()}/edit`);
  const called = await office.getByLabel('编码', { exact: true }).inputValue();
  await office.goto(`${url}/office/sites/posters?q=${encodeURIComponent(called)}`);
  const make = office.getByRole('button', { name: /处都做上码$/ });
  if (await make.isVisible()) await make.click();
  const one = office.getByRole('article').filter({ hasText: called }).first();
  await expect(one).toBeVisible();
  const code = (await one.locator('.code').innerText()).replace('-', '');
  const picture = await one.locator('svg').evaluate((svg: SVGSVGElement) => {
    const side = Number(svg.getAttribute('width'));
    // `M8 8h8v8H8V8…`: a square a module.
    const path = svg.querySelector('path')!.getAttribute('d')!;
    const squares = [...path.matchAll(/M([\d.]+)[ ,]([\d.]+)h([\d.]+)v([\d.]+)/g)];
    return { side, dark: squares.map((square) => square.slice(1, 5).map(Number)) };
  });
  expect(picture.dark.length).toBeGreaterThan(50);
  await office.context().close();
  return { path, address: `${url}/c/${code}#${encodeURIComponent(called)}`, picture };
}

test("a poster is read by the phone's own decoder and opens its site without signal", async ({ browser, server }) => {
  test.setTimeout(120_000);
  const context = await browser.newContext(phone);
  const page = await context.newPage();
  await filmsWhatIsShown(page);
  await hasNoReader(page);
  await signInOnPhone(page, server.url);
  await waitUntilOfflineReady(page);
  const { path, picture } = await poster(browser, server.url, page);
  await context.setOffline(true);
  await page.goto(`${server.url}/field/sites`);
  await page.getByRole('button', { name: '扫码' }).click();
  await expect(dialogOf(page, '扫墙上的码')).toBeVisible();
  await page.evaluate((picture) => (window.seen = picture), picture);
  await page.waitForURL(`**${path}`, { timeout: 60_000 });
});

test("a poster is read by the browser's reader, and what is no poster says so", async ({ browser, server }) => {
  test.setTimeout(120_000);
  const page = await (await browser.newContext(phone)).newPage();
  await filmsWhatIsShown(page);
  await readsByItself(page);
  await signInOnPhone(page, server.url);
  await waitUntilOfflineReady(page);
  const { path, address } = await poster(browser, server.url, page);
  await page.getByRole('button', { name: '扫码' }).click();
  const scanner = dialogOf(page, '扫墙上的码');
  await page.evaluate(() => (window.reads = 'https://example.com/pay'));
  await expect(scanner.getByRole('alert')).toContainText('这不是巡安的码');
  await page.evaluate((address) => (window.reads = address.split('#')[0]), address);
  await expect(scanner.getByRole('alert')).toContainText('这是告知书上的码');
  await page.evaluate((address) => (window.reads = address), address);
  await page.waitForURL(`**${path}`);
});

test('the number of an entry is scanned, and can be typed all the same', async ({ browser, server }) => {
  test.setTimeout(120_000);
  const page = await (await browser.newContext(phone)).newPage();
  await filmsWhatIsShown(page);
  await readsByItself(page);
  await signInOnPhone(page, server.url, 'shijian1');
  await waitUntilOfflineReady(page);
  await page.goto(`${server.url}/field/sites`);
  await page.getByRole('searchbox').fill('充电棚');
  await rows(page).filter({ hasText: '充电棚' }).first().click();
  await page.getByRole('link', { name: '开始检查' }).click();
  await page.getByRole('radio', { name: '行政检查' }).click();
  await chooseForm(page, '电动自行车停放充电检查');
  await page.waitForURL(/\/field\/visit\/[^/]+\/inspection/);
  const entry = page.getByLabel('企业码登记号');
  const lacks = page.getByText('请扫企业码登记，并填登记号');
  await expect(lacks).toBeVisible();
  await page.getByRole('button', { name: '扫码' }).click();
  const scanner = dialogOf(page, '扫码填写');
  await page.evaluate(() => (window.reads = '号'.repeat(41)));
  await expect(scanner.getByRole('alert')).toContainText('这个码里的字太多');
  await page.evaluate(() => (window.reads = ' RQ2026113000088\n'));
  await expect(scanner).toBeHidden();
  await expect(entry).toHaveValue('RQ2026113000088');
  await expect(lacks).toHaveCount(0);
  await entry.fill('');
  await expect(lacks).toBeVisible();
  await entry.fill('RQ2026113000099');
  await expect(lacks).toHaveCount(0);
});
