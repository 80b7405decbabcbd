// The form by which anybody reports a hazard, on a page without a program: makes the photos smaller, asks for the position and for
// what is known there, and reckons the puzzle that keeps senders by the thousand away.
const form = document.getElementById('report');
const field = (name) => form.elements.namedItem(name);
const say = (id, words) => {
  document.getElementById(id).textContent = words;
};

const LARGEST = 4 * 1024 * 1024;
const MOST = 3;
const EDGE = 1600;

// SHA-256 (FIPS 180-4), since browsers have theirs only behind HTTPS.
const K = new Uint32Array(64);
const START = new Uint32Array(8);
{
  const root = (n, power) => (n ** power % 1) * 2 ** 32;
  for (let n = 2, found = 0; found < 64; n += 1) {
    let prime = true;
    for (let by = 2; by * by <= n; by += 1) if (n % by === 0) prime = false;
    if (!prime) continue;
    if (found < 8) START[found] = root(n, 1 / 2);
    K[found] = root(n, 1 / 3);
    found += 1;
  }
}

/** The first two words of the hash of an ASCII text: more zeros than they hold nobody asks for. */
function hash(text) {
  const blocks = Math.ceil((text.length + 9) / 64);
  const bytes = new DataView(new ArrayBuffer(blocks * 64));
  for (let at = 0; at < text.length; at += 1) bytes.setUint8(at, text.charCodeAt(at));
  bytes.setUint8(text.length, 0x80);
  bytes.setUint32(blocks * 64 - 4, text.length * 8);
  const state = Uint32Array.from(START);
  const words = new Uint32Array(64);
  const turn = (word, by) => (word >>> by) | (word << (32 - by));
  for (let block = 0; block < blocks; block += 1) {
    for (let at = 0; at < 16; at += 1) words[at] = bytes.getUint32(block * 64 + at * 4);
    for (let at = 16; at < 64; at += 1) {
      const [one, other] = [words[at - 15], words[at - 2]];
      const small = turn(one, 7) ^ turn(one, 18) ^ (one >>> 3);
      const large = turn(other, 17) ^ turn(other, 19) ^ (other >>> 10);
      words[at] = words[at - 16] + small + words[at - 7] + large;
    }
    let [a, b, c, d, e, f, g, h] = state;
    for (let at = 0; at < 64; at += 1) {
      const first = (h + (turn(e, 6) ^ turn(e, 11) ^ turn(e, 25)) + ((e & f) ^ (~e & g)) + K[at] + words[at]) | 0;
      const second = ((turn(a, 2) ^ turn(a, 13) ^ turn(a, 22)) + ((a & b) ^ (a & c) ^ (b & c))) | 0;
      [h, g, f, e, d, c, b, a] = [g, f, e, (d + first) | 0, c, b, a, (first + second) | 0];
    }
    [a, b, c, d, e, f, g, h].forEach((word, at) => {
      state[at] += word;
    });
  }
  return state;
}

function zeros(state) {
  return state[0] === 0 ? 32 + Math.clz32(state[1]) : Math.clz32(state[0]);
}

/** Some thousand tries at a time, so that the page goes on. */
async function solve(question) {
  const difficulty = Number(question.split('.')[1]);
  for (let from = 0; ; from += 2000) {
    for (let n = from; n < from + 2000; n += 1) if (zeros(hash(`${question}.${n}`)) >= difficulty) return String(n);
    await new Promise((resolve) => setTimeout(resolve));
  }
}

/** The photo with its long edge no longer than needed; as it is where the browser cannot draw it. */
async function smaller(file, at) {
  try {
    const picture = await createImageBitmap(file);
    const scale = Math.min(1, EDGE / Math.max(picture.width, picture.height));
    const canvas = document.createElement('canvas');
    canvas.width = Math.max(1, Math.round(picture.width * scale));
    canvas.height = Math.max(1, Math.round(picture.height * scale));
    canvas.getContext('2d').drawImage(picture, 0, 0, canvas.width, canvas.height);
    const blob = await new Promise((resolve) => canvas.toBlob(resolve, 'image/jpeg', 0.8));
    return blob ? new File([blob], `photo${at}.jpg`, { type: 'image/jpeg' }) : file;
  } catch {
    return file;
  }
}

/** Puts smaller ones in the place of those that were chosen, one after the other: a phone holds one picture at a time. Gives why they
 * cannot be sent; nothing: they can. */
async function shrink() {
  const chosen = [...field('photo').files];
  if (chosen.length > MOST) return form.dataset.many;
  const files = new DataTransfer();
  let bytes = 0;
  for (const [at, file] of chosen.entries()) {
    const made = await smaller(file, at);
    files.items.add(made);
    bytes += made.size;
  }
  if (bytes > LARGEST) return form.dataset.large;
  if (chosen.length > 0) field('photo').files = files.files;
  return '';
}

/** One of these lines to choose, under a heading; `checked`: the mark that is chosen before. */
function choices(name, title, hint, lines, checked) {
  const box = document.createElement('fieldset');
  const legend = document.createElement('legend');
  legend.textContent = title;
  const below = document.createElement('p');
  below.textContent = hint;
  box.append(legend, below);
  for (const { words, mark } of lines) {
    const line = document.createElement('label');
    const choice = document.createElement('input');
    Object.assign(choice, { type: 'radio', name, value: mark, checked: mark === checked });
    line.append(choice, ' ', words);
    const row = document.createElement('p');
    row.append(line);
    box.append(row);
  }
  return box;
}

/** Sites near the place, and what is open there, to choose from. */
async function near() {
  const asked = new URLSearchParams();
  for (const name of ['office', 'latitude', 'longitude']) asked.set(name, field(name).value);
  const answer = await fetch('/report/near', { method: 'POST', body: asked });
  const { hazards, sites } = answer.ok ? await answer.json() : { hazards: [], sites: [] };
  const place = document.getElementById('near');
  const words = form.dataset;
  place.replaceChildren();
  // Whoever read the code on a wall has said which site it is.
  if (sites.length > 0 && !field('site')) place.append(choices('beside', words.sites, words.choose, sites));
  const none = { words: words.none, mark: '' };
  if (hazards.length > 0) place.append(choices('same', words.near, words.hint, [...hazards, none], ''));
}

document.getElementById('locate').addEventListener('click', () => {
  say('position', form.dataset.locating);
  const failed = () => say('position', form.dataset.unlocated);
  if (!navigator.geolocation) return failed();
  const found = ({ coords }) => {
    for (const name of ['latitude', 'longitude', 'accuracy']) field(name).value = coords[name];
    say('position', form.dataset.located);
    // Where nothing is heard of it, the report is sent all the same.
    near().catch(() => {});
  };
  navigator.geolocation.getCurrentPosition(found, failed, { enableHighAccuracy: true, timeout: 15000 });
});

let sending = false;
form.addEventListener('submit', async (event) => {
  event.preventDefault();
  if (sending) return;
  sending = true;
  say('state', form.dataset.working);
  const refused = await shrink();
  if (refused) {
    say('state', refused);
    sending = false;
    return;
  }
  field('answer').value = await solve(field('question').value);
  form.submit();
});

/** The browser's own words for it are covered by ours. */
function tell() {
  const names = [...field('photo').files].map((file) => file.name);
  say('chosen', names.length > 0 ? form.dataset.chosen + names.join(' · ') : '');
}
field('photo').addEventListener('change', tell);

// Back from the next page: it may be sent again, and the browser may have kept the photo.
addEventListener('pageshow', () => {
  sending = false;
  tell();
});
