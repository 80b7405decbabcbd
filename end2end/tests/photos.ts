// Photos to hand to a file input: real ones where ../shared/photos lies beside the repository, else drawn ones.
//
//   await page.locator('input[type=file]').setInputFiles(await photos(browser, ['portrait_6.jpg']));
import type { Browser } from '@playwright/test';
import { existsSync } from 'node:fs';
import { readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** What `setInputFiles` takes. */
export interface Photo {
  name: string;
  mimeType: string;
  buffer: Buffer;
}

const folder = fileURLToPath(new URL('../../../shared/photos/', import.meta.url));

/** Taken by real cameras: upright, turned (orientation 6), with a place (GPS), eight megapixels. */
export const realPhotos = ['portrait_1.jpg', 'portrait_6.jpg', 'DSCN0010.jpg', 'iphone_hdr_NO.jpg'] as const;

/** The photos of these names. A drawn one has the name, but neither EXIF nor an orientation. */
export async function photos(browser: Browser, names: readonly string[] = realPhotos): Promise<Photo[]> {
  const all: Photo[] = [];
  for (const name of names) {
    const path = join(folder, name);
    all.push(existsSync(path) ? { name, mimeType: 'image/jpeg', buffer: await readFile(path) } : await drawn(browser, name));
  }
  return all;
}

/** All real photos beside the repository; none where there are none. */
export async function allPhotos(): Promise<Photo[]> {
  const names = existsSync(folder) ? (await readdir(folder)).filter((name) => /\.(jpe?g|heic)$/i.test(name)).sort() : [];
  const type = (name: string) => (/heic$/i.test(name) ? 'image/heic' : 'image/jpeg');
  return Promise.all(names.map(async (name) => ({ name, mimeType: type(name), buffer: await readFile(join(folder, name)) })));
}

/** A JPEG like no other: its name written over a noisy gradient, so that it weighs what a photo weighs. */
export async function drawn(browser: Browser, name: string, width = 1600, height = 1200): Promise<Photo> {
  const page = await browser.newPage();
  try {
    const base64 = await page.evaluate(draw, { name, width, height });
    return { name, mimeType: 'image/jpeg', buffer: Buffer.from(base64, 'base64') };
  } finally {
    await page.close();
  }
}

// Runs in the page.
function draw({ name, width, height }: { name: string; width: number; height: number }): string {
  const canvas = Object.assign(document.createElement('canvas'), { width, height });
  const context = canvas.getContext('2d')!;
  const image = context.createImageData(width, height);
  let seed = [...name].reduce((sum, letter) => (sum * 31 + letter.charCodeAt(0)) >>> 0, 7);
  for (let at = 0; at < image.data.length; at += 4) {
    seed = (seed * 1664525 + 1013904223) >>> 0;
    const grain = seed >>> 27;
    const down = Math.floor(at / 4 / width) / height;
    image.data.set([90 + 90 * down + grain, 120 + 60 * down + grain, 130 - 40 * down + grain, 255], at);
  }
  context.putImageData(image, 0, 0);
  context.fillStyle = '#fff';
  context.font = `${Math.round(width / 16)}px sans-serif`;
  context.fillText(name, width / 20, height / 2);
  return canvas.toDataURL('image/jpeg', 0.85).split(',')[1];
}
