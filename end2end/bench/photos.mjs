// What a photo of twelve million pixels costs a slow phone: from the shutter to "saved", how long the screen does not answer
// meanwhile, and what thirty of them in one visit leave in the page's memory. `make bench` runs it on the release build.
//
// The whole browser is slowed, its workers too: its processes are stopped for three quarters of the time.
import { chromium } from '@playwright/test';
import { spawn } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { chromiumOptions } from '../chromium.mjs';
import { LONGEST_FORM, beginVisit, phone, pictures, questions, signInOnPhone, waitUntilOfflineReady } from '../tests/phone.mjs';
import { withDemo } from './demo.mjs';

const RUNS = 7;
const PHOTOS = 30;

await withDemo(async (url) => {
  const browser = await chromium.launch({ ...chromiumOptions, args: [...chromiumOptions.args, '--js-flags=--expose-gc'] });
  const context = await browser.newContext(phone);
  const page = await context.newPage();
  await signInOnPhone(page, url);
  await waitUntilOfflineReady(page);
  await context.setOffline(true);
  await beginVisit(page, url, '充电棚', LONGEST_FORM);
  const processes = await browser.newBrowserCDPSession();

  for (const [name, slowdown] of [['as this machine is', 1], ['4x slower', 4]]) {
    const pictures = [];
    for (let n = 0; n <= RUNS; n += 1) pictures.push(await picture(browser, 12 * slowdown + n));
    await openStrip(page);
    const letGo = slowdown > 1 ? await slower(processes) : () => undefined;
    const runs = [];
    for (const one of pictures) runs.push(await shutter(page, one));
    letGo();
    const [saved, held] = ['saved', 'held'].map((figure) => runs.slice(1).map((run) => run[figure]).sort((a, b) => a - b));
    console.log(`shutter to saved, 12 megapixels, ${name}: median ${ms(saved)}; the screen's longest silence: median ${ms(held)}`);
    await closeStrip(page);
  }

  const before = await memory(page, processes);
  let last;
  for (let n = 0; n < PHOTOS; n += 1) {
    if (n % 9 === 0) {
      if (n > 0) await closeStrip(page);
      await openStrip(page);
    }
    await shutter(page, await picture(browser, 1000 + n));
    if (n === 4) last = await memory(page, processes);
  }
  const after = await memory(page, processes);
  console.log(`memory of the page's process: ${mb(before)} before, ${mb(last)} after 5 photos, ${mb(after)} after ${PHOTOS}`);
  await browser.close();
});

/** Opens the photos of a question that has none. */
async function openStrip(page) {
  const question = questions(page).filter({ has: page.getByRole('button', { name: '加备注、照片' }) }).first();
  const id = await question.getAttribute('id');
  await question.getByRole('button', { name: '加备注、照片' }).click();
  await page.evaluate((id) => document.getElementById(id).setAttribute('data-bench', ''), id);
}

async function closeStrip(page) {
  await page.evaluate(() => document.querySelector('[data-bench]').removeAttribute('data-bench'));
}

/** Hands one photo over as the camera does; milliseconds until its picture stands in the question, and of the longest task. */
async function shutter(page, file) {
  const strip = page.locator('[data-bench]');
  const there = await pictures(strip).count();
  await page.evaluate((there) => {
    const strip = document.querySelector('[data-bench]');
    const input = strip.querySelector('input[capture]');
    window.bench = new Promise((done) => {
      input.addEventListener('change', () => {
        const start = performance.now();
        let [last, held] = [start, 0];
        const beat = setInterval(() => ([held, last] = [Math.max(held, performance.now() - last), performance.now()]), 1);
        const saved = () => {
          const images = strip.querySelectorAll('button > img');
          if (images.length <= there || !images[images.length - 1].complete) return requestAnimationFrame(saved);
          clearInterval(beat);
          done({ saved: performance.now() - start, held });
        };
        requestAnimationFrame(saved);
      }, { capture: true, once: true });
    });
  }, there);
  await strip.locator('input[capture]').setInputFiles([file]);
  const run = await page.evaluate(() => window.bench);
  if (there === 8) {
    // Nine are all that fit: one makes room.
    await strip.getByRole('button', { name: '去掉第 1 张照片' }).click();
  }
  return run;
}

/** A JPEG of 4000 by 3000 with the grain of a camera, like no other. */
async function picture(browser, seed) {
  const page = await browser.newPage();
  try {
    const base64 = await page.evaluate(async (seed) => {
      const canvas = new OffscreenCanvas(4000, 3000);
      const context = canvas.getContext('2d');
      const tile = new ImageData(500, 500);
      let state = seed * 7919 + 17;
      for (let at = 0; at < tile.data.length; at += 4) {
        state = (state * 1664525 + 1013904223) >>> 0;
        const grain = state >>> 27;
        tile.data.set([100 + grain, 120 + grain, 110 + grain, 255], at);
      }
      for (let x = 0; x < 4000; x += 500) for (let y = 0; y < 3000; y += 500) context.putImageData(tile, x, y);
      context.font = '600px sans-serif';
      context.fillText(String(seed), 300, 1500);
      const blob = await canvas.convertToBlob({ type: 'image/jpeg', quality: 0.9 });
      const bytes = new Uint8Array(await blob.arrayBuffer());
      let text = '';
      for (let at = 0; at < bytes.length; at += 8192) text += String.fromCharCode(...bytes.subarray(at, at + 8192));
      return btoa(text);
    }, seed);
    return { name: `${seed}.jpg`, mimeType: 'image/jpeg', buffer: Buffer.from(base64, 'base64') };
  } finally {
    await page.close();
  }
}

/** Stops the renderers for 30 of every 40 milliseconds, until it is told to let go. */
async function slower(processes) {
  const { processInfo } = await processes.send('SystemInfo.getProcessInfo');
  const renderers = processInfo.filter(({ type }) => type === 'renderer' || type === 'GPU').map(({ id }) => id);
  const all = renderers.join(' ');
  const script = `while true; do kill -STOP ${all}; sleep 0.03; kill -CONT ${all}; sleep 0.01; done`;
  const brake = spawn('bash', ['-c', script], { stdio: 'ignore', detached: true });
  return () => {
    process.kill(-brake.pid, 'SIGKILL');
    for (const id of renderers) process.kill(id, 'SIGCONT');
  };
}

/** Kilobytes that the page's process has to itself, after its rubbish was collected. */
async function memory(page, processes) {
  const devtools = await page.context().newCDPSession(page);
  await devtools.send('HeapProfiler.collectGarbage');
  await devtools.detach();
  const { processInfo } = await processes.send('SystemInfo.getProcessInfo');
  let most = 0;
  for (const { id, type } of processInfo) {
    if (type !== 'renderer') continue;
    const rollup = await readFile(`/proc/${id}/smaps_rollup`, 'utf8').catch(() => '');
    const own = [...rollup.matchAll(/^Private_\w+:\s+(\d+) kB/gm)].reduce((sum, [, kb]) => sum + Number(kb), 0);
    most = Math.max(most, own);
  }
  return most;
}

function ms(sorted) {
  return `${Math.round(sorted[Math.floor(sorted.length / 2)])} ms [${Math.round(sorted[0])} to ${Math.round(sorted.at(-1))}]`;
}

function mb(kilobytes) {
  return `${Math.round(kilobytes / 1024)} MB`;
}
