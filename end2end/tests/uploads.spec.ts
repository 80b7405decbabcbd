// Photos by the standard: tus-js-client, which knows nothing of this product, sends one in pieces over a server that is
// killed in the middle.
import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { Upload } from 'tus-js-client';
import { passwordOf } from './phone.mjs';
import { drawn } from './photos';
import { expect, test, type Server } from './server';

const PIECE = 256 * 1024;

interface Session {
  cookie: string;
  person: string;
}

async function signIn(server: Server, username: string): Promise<Session> {
  const response = await fetch(`${server.url}/api/v1/session`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ username, password: passwordOf(username), device_name: 'tus' }),
  });
  expect(response.status).toBe(200);
  const { actor } = (await response.json()) as { actor: { person: string } };
  return { cookie: (response.headers.get('set-cookie') ?? '').split(';')[0] ?? '', person: actor.person };
}

/** The photo's facts, by the records' way: the server takes no bytes that it was not told of. */
async function announce(server: Server, session: Session, hash: string, bytes: number): Promise<void> {
  const at = new Date().toISOString();
  const facts = { hash, bytes, media_type: 'image/jpeg', width: 1, height: 1, at, by: session.person };
  const response = await fetch(`${server.url}/api/v1/sync`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', cookie: session.cookie },
    body: JSON.stringify({ device: randomUUID(), now: at, operations: [{ id: randomUUID(), schema: 1, at, payload: { photo: facts } }] }),
  });
  const { outcomes } = (await response.json()) as { outcomes: { outcome: object }[] };
  expect(outcomes[0]?.outcome).toHaveProperty('received');
}

test('a standard tus client sends a photo through a server that is killed in the middle', async ({ browser, server }) => {
  test.setTimeout(120_000);
  const session = await signIn(server, 'wangge1');
  // Behind a picture's end anything may stand.
  const photo = Buffer.concat([(await drawn(browser, 'tus.jpg')).buffer, randomBytes(5 * PIECE)]);
  const hash = createHash('sha256').update(photo).digest('hex');
  await announce(server, session, hash, photo.length);
  let killed: Promise<void> | undefined;
  const offsets: number[] = [];
  await new Promise<void>((resolve, reject) => {
    const upload = new Upload(photo, {
      endpoint: `${server.url}/api/v1/uploads`,
      metadata: { hash, filetype: 'image/jpeg' },
      headers: { cookie: session.cookie },
      chunkSize: PIECE,
      // Longer than a slow machine takes to start the server again.
      retryDelays: [100, 200, 400, 800, ...Array<number>(20).fill(1600)],
      onChunkComplete: (_size, accepted) => {
        offsets.push(accepted);
        killed ??= server.kill().then(() => server.start());
      },
      onError: reject,
      onSuccess: () => resolve(),
    });
    upload.start();
  });
  await killed;
  expect(offsets.at(-1)).toBe(photo.length);
  // What had arrived was not sent again.
  expect(offsets).toEqual([...new Set(offsets)].sort((a, b) => a - b));
  const there = await fetch(`${server.url}/api/v1/attachments/${hash}`, { headers: { cookie: session.cookie } });
  expect(createHash('sha256').update(Buffer.from(await there.arrayBuffer())).digest('hex')).toBe(hash);
  const receipt = await fetch(`${server.url}/api/v1/attachments/${hash}/receipt`, { headers: { cookie: session.cookie } });
  expect(await receipt.json()).toMatchObject({ hash, bytes: photo.length });
});
