// Words that the glossary of ARCHITECTURE.md has replaced. `node .ci/words.mjs` names each place where one of them stands as
// an identifier, in a string that is stored or sent, or in a comment, with the standard word, and fails if there is any.
// Plain English stays allowed: a rule that would catch it looks at code only, or at the word together with its neighbours.
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

/** A part of a name, whichever way names are put together: `parcel`, `parcel_state`, `PARCEL`, `ParcelState`. */
const part = (word) => {
  const [first, rest] = [word[0], word.slice(1)];
  const lower = `(?<![A-Za-z])${word}(?![a-z])`;
  const camel = `${first.toUpperCase()}${rest}(?![a-z])`;
  return new RegExp(`${lower}|${camel}|(?<![A-Z])${word.toUpperCase()}(?![A-Z])`);
};

/** A migration names columns as they were called when it ran. */
const HISTORY = /\/migrations\/.*\.sql$/;

// Where: 'all' is the whole line, 'code' is what is no comment, strings included.
const RULES = [
  { not: part('deed'), except: HISTORY, use: 'event, or command (HazardEvent, HazardCommand)' },
  { not: part('deeds'), use: 'events, or commands' },
  { not: part('misfit'), use: 'rejection (RejectedBecause)' },
  { not: part('misfits'), use: 'rejections' },
  { not: part('shelf'), use: 'store (StoreName)' },
  { not: part('shelves'), use: 'stores' },
  { not: part('parcel'), use: 'submission' },
  { not: part('parcels'), use: 'submissions' },
  { not: /\b[Dd]eposit(s|ed)?\b/, use: 'NewSubmission' },
  { not: part('darkroom'), use: 'image worker (ImageWorker)' },
  { not: /\b[Bb]ooks\b/, use: 'unit of work (UnitOfWork)' },
  { not: /\bTurns?\b(?=\s*[{;(<:]|>)|\bmod turns?\b|\bturns?::|\bturn_(duration|operations|sizes)\w*/, in: 'code', use: 'batch, group commit' },
  { not: /\bturns? at (writing|the store|unpacking)\b|\bwriter's turn\b|\bshares? (a|the next) turn\b/i, use: 'batch, group commit' },
  { not: /set_aside|SetAside|AsidePage|\b(mod|sync::|office::|backend::)\s*aside\b|\/office\/aside\b/, use: 'quarantine' },
  { not: part('mood'), use: 'engine state (EngineState)' },
  { not: /\b(Bell|BELL|bell)\b/, use: 'wake-up signal (WakeSignal)' },
  { not: /\bkick(s|ed)?\b/, in: 'code', use: 'wake_up' },
  { not: /\bphoto_looks?\b|\bput_look\b|\blooks_near\b|\bwithout_look\b|\b(struct|enum) Look\b|[<&:{, ]Look(?=[>,(}{]|::)/, in: 'code', use: 'fingerprint (ImageFingerprint)' },
  { not: /\bSight\b|\bphoto_sight\b|\bmod sight\b|\bsight::/, in: 'code', use: 'FingerprintState; photo_access' },
  { not: /\bGaps?\b|(?<![\w-])gaps?\b(?!:)/, in: 'code', only: /\.rs$/, use: 'validation issue (ValidationIssue)' },
  { not: /\b(struct|enum) Given\b|\bGiven::/, in: 'code', use: 'Response; CellValue' },
  { not: /(?<!-)\b[Hh]andover\b/, in: 'code', only: /\.(rs|ts|mjs)$/, use: 'hand over (HandOver)' },
  { not: /\b[Uu]nsound\b/, use: 'invalid (InvalidVisit)' },
  { not: /\bPlacement\b|\bplacement\(\)/, use: 'ResourceScope' },
  { not: /\bTrouble\b|\bmod trouble\b|\btrouble(?=::|\.)/, in: 'code', use: 'error (ErrorNotice)' },
  { not: /\bJudge\b|\bmod judge\b|\bjudge(?=::|\()/, in: 'code', use: 'apply, evaluate, validate' },
  { not: /\bmod nouns\b|\bnouns\.rs\b/, use: 'store' },
  { not: /\bStage(Badge)?\b(?! \d)|\bstage_(since|word)\b/, except: HISTORY, in: 'code', use: 'status (HazardStatus)' },
  { not: /\bFault\b/, in: 'code', only: /^app\/(src|ui|field|office)\/.*\.rs$/, use: 'AppError' },
];

const READ = /\.(rs|ts|mjs|js|sql|toml|snap|json|md)$/;
const SKIPPED = /^\.ci\/words\.mjs$|package(-lock)?\.json$|^server\/catalogue\/|^app\/domain\/src\/password\//;

/** The text with its comments blanked out, line by line as before. Rust and JavaScript are alike enough for this. */
function withoutComments(text) {
  let out = '';
  for (let i = 0; i < text.length; ) {
    if (text.startsWith('//', i) && text[i - 1] !== ':') {
      const end = text.indexOf('\n', i);
      i = end < 0 ? text.length : end;
    } else if (text.startsWith('/*', i)) {
      const end = text.indexOf('*/', i + 2);
      const past = end < 0 ? text.length : end + 2;
      out += text.slice(i, past).replace(/[^\n]/g, ' ');
      i = past;
    } else if (text[i] === '"') {
      let end = i + 1;
      while (end < text.length && text[end] !== '"') end += text[end] === '\\' ? 2 : 1;
      out += text.slice(i, end + 1);
      i = end + 1;
    } else {
      out += text[i];
      i += 1;
    }
  }
  return out;
}

const root = execFileSync('git', ['rev-parse', '--show-toplevel'], { encoding: 'utf8' }).trim();
const files = execFileSync('git', ['ls-files', '-z'], { cwd: root, encoding: 'utf8' }).split('\0');
let found = 0;
for (const file of files.filter((file) => READ.test(file) && !SKIPPED.test(file))) {
  let text;
  try {
    text = readFileSync(`${root}/${file}`, 'utf8');
  } catch {
    continue; // Deleted and not yet committed.
  }
  const rules = RULES.filter(({ not, only, except }) => (!only || only.test(file)) && !except?.test(file) && not.test(text));
  if (rules.length === 0) continue;
  const all = text.split('\n');
  const has = /\.(rs|ts|mjs|js)$/.test(file);
  const code = has && rules.some((rule) => rule.in === 'code') ? withoutComments(text).split('\n') : all;
  for (const rule of rules) {
    if (rule.in === 'code' && file.endsWith('.md')) continue;
    for (const [number, line] of (rule.in === 'code' ? code : all).entries()) {
      const match = line.match(rule.not);
      if (!match) continue;
      found += 1;
      console.error(`${file}:${number + 1}: “${match[0].trim()}” → ${rule.use}`);
    }
  }
}
if (found > 0) {
  console.error(`${found} places with words that the glossary of ARCHITECTURE.md has replaced.`);
  process.exitCode = 1;
}
