// Whether every message of the catalogues in `app/i18n/src` is said by something. `node .ci/messages.mjs` names those whose key
// stands nowhere but in a catalogue, and fails if there is any.
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

const paths = execFileSync('git', ['ls-files', '-z', 'app/**/*.rs', 'server/**/*.rs'], { encoding: 'utf8' }).split('\0').filter(Boolean);

/** A line of a catalogue: `key = "…", "…";` or `key(n: usize) = "…", "…";`. */
const MESSAGE = /^ {4}([a-z][a-z0-9_]*)(?:\([^)]*\))? = "/;

const defined = new Map();
const said = new Set();
for (const path of paths) {
  const isCatalogue = path.startsWith('app/i18n/src/');
  for (const [position, line] of readFileSync(path, 'utf8').split('\n').entries()) {
    const key = isCatalogue ? line.match(MESSAGE)?.[1] : undefined;
    if (key) defined.set(`${path}:${position + 1}`, key);
    else for (const [word] of line.matchAll(/[a-z][a-z0-9_]*/g)) said.add(word);
  }
}

const silent = [...defined].filter(([, key]) => !said.has(key));
for (const [place, key] of silent) console.error(`${place}: nothing says ${key}; take it out`);
if (defined.size < 1000) console.error(`only ${defined.size} messages were found`);
console.log(`${defined.size} messages, ${silent.length === 0 ? 'all said' : `${silent.length} of them by nothing`}`);
process.exit(silent.length === 0 && defined.size >= 1000 ? 0 : 1);
