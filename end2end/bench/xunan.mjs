// One unit of work for a load driver: a visit of about twenty answers, submitted by a signed-in inspector, durable
// when it is answered; with `photo=FILE` a photo of its own as well, announced and uploaded.
//
//   open({ url, args, client, request })  signs one inspector of the demonstration in
//   work({ state, n, request })           makes one submission; throws when it was not received
//
// `request({ method, path, headers, body })` answers { status, headers, body }.
import { createHash, randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';

/** Asked whole at any site: none of its questions depends on another or on the site. */
const FORM = 'delivery-station';
const INSPECTORS = 13;
const json = { 'content-type': 'application/json' };

export async function open({ args, client, request }) {
  const username = `wangge${(client % INSPECTORS) + 1}`;
  const credentials = { username, password: `xunan-${username}`, device_name: `load ${client}` };
  const signedIn = await request({ method: 'POST', path: '/api/v1/session', headers: json, body: JSON.stringify(credentials) });
  if (signedIn.status !== 200) throw new Error(`signing in as ${username}: ${signedIn.status}`);
  const state = {
    headers: { ...json, cookie: signedIn.headers['set-cookie'].split(';')[0] },
    person: JSON.parse(signedIn.body).actor.person,
    device: randomUUID(),
    photo: args.photo && readFileSync(args.photo),
  };
  const records = await pull(state, request);
  const site = records.find(({ kind }) => kind === 'site');
  state.site = site.id;
  const { kinds, attributes } = site.body;
  state.siteSeen = { kinds, attributes };
  const form = records.find(({ kind, body }) => kind === 'form' && body.id === FORM).body;
  state.version = form.version;
  const answered = { answer: 'not_applicable', verdict: 'not_applicable', note: '现场查看，核对台账与照片，情况属实。'.repeat(2) };
  state.answers = questionsIn(form.entries).map(({ id }) => ({ key: { question: id }, ...answered }));
  return state;
}

export async function work({ state, request }) {
  const at = new Date().toISOString();
  const form = { form: FORM, version: state.version, answers: state.answers };
  const visit = {
    id: randomUUID(), site: state.site, site_seen: state.siteSeen, nature: 'patrol', outcome: 'done',
    inspector: state.person, started_at: at, submitted_at: at, forms: [form],
  };
  const operations = [operation(at, { submit_visit: visit })];
  const photo = state.photo && unique(state.photo);
  if (photo) {
    const [first, ...rest] = state.answers;
    form.answers = [{ ...first, photos: [photo.hash] }, ...rest];
    const facts = { hash: photo.hash, bytes: photo.bytes.length, media_type: 'image/jpeg', width: 0, height: 0, at, by: state.person };
    operations.push(operation(at, { photo: facts }));
  }
  for (const { outcome } of (await sync(state, request, { operations })).outcomes) {
    if (!('received' in outcome)) throw new Error(JSON.stringify(outcome));
  }
  if (photo) {
    const headers = {
      ...state.headers, 'content-type': 'application/offset+octet-stream', 'tus-resumable': '1.0.0',
      'upload-length': `${photo.bytes.length}`, 'upload-metadata': `hash ${Buffer.from(photo.hash).toString('base64')}`,
    };
    const stored = await request({ method: 'POST', path: '/api/v1/uploads', headers, body: photo.bytes });
    if (stored.status !== 201) throw new Error(`photo: ${stored.status}`);
  }
  return 1;
}

const questionsIn = (entries) =>
  entries.flatMap(({ question, group, repeat }) => (question ? [question] : questionsIn((group ?? repeat).entries)));

async function pull(state, request) {
  const records = [];
  for (let cursor, more = true; more; ) {
    const reply = await sync(state, request, { pull: true, cursor });
    records.push(...reply.changes);
    ({ cursor, more } = reply);
  }
  return records;
}

async function sync(state, request, asked) {
  const body = JSON.stringify({ device: state.device, now: new Date().toISOString(), ...asked });
  const reply = await request({ method: 'POST', path: '/api/v1/sync', headers: state.headers, body });
  if (reply.status !== 200) throw new Error(`sync: ${reply.status}`);
  return JSON.parse(reply.body);
}

const operation = (at, payload) => ({ id: randomUUID(), schema: 1, at, payload });

/** The photo with a comment of its own behind its start marker: other bytes, the same picture. */
function unique(bytes) {
  const words = Buffer.from(randomUUID());
  const mark = Buffer.from([0xff, 0xfe, 0, words.length + 2]);
  const own = Buffer.concat([bytes.subarray(0, 2), mark, words, bytes.subarray(2)]);
  return { bytes: own, hash: createHash('sha256').update(own).digest('hex') };
}
