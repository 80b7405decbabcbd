// An inspector's work, from the phone to the office, compared on both sides by SHA-256.
import type { BrowserContext, Page } from '@playwright/test';
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { answerTheRest, beginVisit, dialog, passwordOf, pictures, questions, signInOnPhone, waitUntilOfflineReady } from './phone.mjs';
import type { Photo } from './photos';
import { expect, type Server } from './server';

export const sha256 = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex');

/** What the phone would send, as it would send it: from the file that it exports. */
export interface Work {
  operations: unknown[];
  photos: Map<string, Buffer>;
  facts: Facts[];
}

/** What is known of a photo, as the phone tells it. */
export interface Facts {
  hash: string;
  /** Of the file that was taken in. */
  original?: string;
  bytes: number;
  media_type: string;
  width: number;
  height: number;
  caption_height?: number;
  source?: string;
  location?: { latitude: number; longitude: number };
  camera?: { taken?: string; device?: string; software?: string; orientation?: number; location?: { latitude: number; longitude: number } };
}

export async function exported(page: Page, url: string): Promise<Work> {
  await page.goto(`${url}/field/outbox`);
  await page.getByText('传不上去怎么办').click();
  const download = page.waitForEvent('download', { timeout: 30_000 });
  await page.getByRole('button', { name: '导出没传的内容' }).click();
  const file = await readFile(await (await download).path());
  const [first, second] = [file.indexOf(10), file.indexOf(10, file.indexOf(10) + 1)];
  expect(file.subarray(0, first).toString()).toBe('xunan outbox 1');
  const contents = JSON.parse(file.subarray(first + 1, second).toString('utf8')) as {
    operations: { raw: unknown }[];
    photos: Facts[];
  };
  let at = second + 1;
  const kept = new Map<string, Buffer>();
  for (const { hash, bytes } of contents.photos) {
    const photo = file.subarray(at, (at += bytes));
    expect(sha256(photo)).toBe(hash);
    kept.set(hash, photo);
  }
  return { operations: contents.operations.map(({ raw }) => raw), photos: kept, facts: contents.photos };
}

/** The office has every operation as it was made, once, and every photo byte for byte. */
export async function officeHas(server: Server, work: Work, username = 'wangge1'): Promise<void> {
  const json = { 'content-type': 'application/json' };
  const credentials = { username, password: passwordOf(username), device_name: 'check' };
  const signedIn = await fetch(`${server.url}/api/v1/session`, { method: 'POST', headers: json, body: JSON.stringify(credentials) });
  const cookie = (signedIn.headers.get('set-cookie') ?? '').split(';')[0] ?? '';
  const body = { device: crypto.randomUUID(), now: new Date().toISOString(), operations: work.operations };
  const reply = await fetch(`${server.url}/api/v1/sync`, { method: 'POST', headers: { ...json, cookie }, body: JSON.stringify(body) });
  const { outcomes } = (await reply.json()) as { outcomes: { outcome: { already_received?: { receipt: { number: string } } } }[] };
  // The same id with other content would be refused; one that is new would be received.
  expect(outcomes.map(({ outcome }) => Object.keys(outcome))).toEqual(work.operations.map(() => ['already_received']));
  expect(new Set(outcomes.map(({ outcome }) => outcome.already_received?.receipt.number)).size).toBe(work.operations.length);
  for (const [hash, bytes] of work.photos) {
    const there = await fetch(`${server.url}/api/v1/attachments/${hash}`, { headers: { cookie } });
    expect(there.status, hash).toBe(200);
    expect(Buffer.from(await there.arrayBuffer()).equals(bytes), hash).toBe(true);
  }
}

/** A visit with a hazard and its photos, submitted without signal. */
export async function submittedOffline(context: BrowserContext, page: Page, url: string, shots: Photo[]): Promise<Work> {
  await context.setOffline(true);
  await beginVisit(page, url, '充电棚', '电动自行车停放充电检查');
  const first = questions(page).first();
  await first.getByRole('button', { name: '加一' }).click();
  await first.getByRole('button', { name: '记为不合格' }).click();
  const sheet = dialog(page);
  await sheet.getByLabel('看到什么').fill('楼道里有电动车充电');
  await sheet.locator('input[capture]').first().setInputFiles(shots);
  await expect(pictures(sheet)).toHaveCount(shots.length, { timeout: 30_000 });
  await sheet.getByRole('button', { name: '记下，继续检查' }).click();
  await answerTheRest(page);
  await page.getByRole('button', { name: '全部答完' }).click();
  await page.getByRole('button', { name: '提交检查' }).click();
  await page.waitForURL(/\/field\/outbox/);
  return exported(page, url);
}

export async function signedIn(context: BrowserContext, url: string): Promise<Page> {
  const page = await context.newPage();
  await signInOnPhone(page, url);
  await waitUntilOfflineReady(page);
  return page;
}

/** Tries until everything has its receipt. */
export async function everythingReceived(page: Page, url: string): Promise<void> {
  await page.goto(`${url}/field/outbox`);
  await expect(async () => {
    const again = page.getByRole('button', { name: '现在试传', exact: true });
    if (await again.isVisible()) await again.click();
    // Before the list is read nothing waits in it.
    await expect(page.getByText(/HZ-\d{4}-\d{6}/).first()).toBeVisible({ timeout: 3_000 });
    await expect(page.getByText(/件未传完/)).toHaveCount(0, { timeout: 3_000 });
  }).toPass({ timeout: 90_000 });
}
