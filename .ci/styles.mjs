// Whether styles and pages know each other: every class of a partial is set somewhere, every class that is set has a rule in
// the sheet of that page, every partial is in a sheet, says its layer and is no longer than 300 lines; and no test finds
// things by class.
//   node .ci/styles.mjs
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';

const MOST_LINES = 300;
/** Which sources get which sheet; components get whatever uses them. */
const SHEETS = {
  'style/field.scss': ['app/field/src/', 'app/src/sign_in_form.rs', 'public/field-boot.js'],
  'style/main.scss': ['app/office/src/', 'server/src/pages/report/', 'public/desk-boot.js'],
};
/** Partials that only lend: they compile to nothing by themselves. */
const LENDING = ['style/_mixins.scss'];
/** Classes that something outside reads or sets. */
const ALLOWED = [];

const faults = [];
const read = (path) => readFileSync(path, 'utf8');
const files = (folder, ends) =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .map((entry) => join(entry.parentPath ?? entry.path, entry.name))
    .filter((path) => ends.test(path) && !path.includes('node_modules'));
const named = (selector) => [...selector.matchAll(/\.([a-z][\w-]*)/g)].map(([, name]) => name);

/** The classes that a partial has rules for; `&__part` and `&--kind` are put together. */
function classes(source) {
  const found = new Set();
  const open = [['']];
  let head = '';
  const rules = (selectors) => selectors.forEach((selector) => named(selector).forEach((name) => found.add(name)));
  const plain = source.replace(/\/\*[^]*?\*\/|(^|\s)\/\/[^\n]*/g, '').replace(/#\{[^}]*\}+/g, '');
  for (const part of plain.split(/([{};])/)) {
    if (part === '{') {
      const around = open.at(-1);
      const own = head.startsWith('@') ? around : split(head).flatMap((one) => around.map((all) => (one.includes('&') ? one.replaceAll('&', all) : `${all} ${one}`)));
      // What a mixin is told, as `on(".chip--on")`.
      if (head.startsWith('@include')) rules([head]);
      open.push(own);
      head = '';
    } else if (part === '}') {
      open.pop();
      head = '';
    } else if (part === ';') {
      rules(open.at(-1));
      head = '';
    } else head = part.trim();
  }
  return found;
}

/** At the commas that separate selectors, not at those within brackets. */
function split(selectors) {
  return selectors.split(/,(?![^(]*\))/).map((one) => one.trim());
}

/** The partials that a sheet or partial uses. */
function used(path, seen = new Set()) {
  for (const [, name] of read(path).matchAll(/^@use "([^":]+)"/gm)) {
    const partial = join(dirname(path), dirname(name), `_${basename(name)}.scss`);
    if (!existsSync(partial)) faults.push(`${path}: there is no ${partial}`);
    else if (!seen.has(partial)) used(partial, seen.add(partial));
  }
  return seen;
}

const partials = files('style', /\/_[^/]+\.scss$/);
const ruled = new Map(partials.map((path) => [path, classes(read(path))]));
const known = new Set([...ruled.values()].flatMap((names) => [...names]));
const sheets = Object.entries(SHEETS).map(([sheet, pages]) => ({ sheet, pages, partials: used(sheet) }));

for (const path of partials) {
  const source = read(path);
  const lines = source.split('\n').length - 1;
  if (lines > MOST_LINES) faults.push(`${path}: ${lines} lines, more than ${MOST_LINES}`);
  if (!sheets.some(({ partials }) => partials.has(path))) faults.push(`${path}: no sheet uses it`);
  if (!LENDING.includes(path) && !/^@layer [\w, ]+[{;]/m.test(source)) faults.push(`${path}: says no layer`);
}

/** Where a class is set, a literal at a time: in a view, on an element of a script, or as a word for one. */
const set = new Map();
const mentioned = new Set();
for (const path of [...['app/src', 'app/ui/src', 'app/field/src', 'app/office/src', 'server/src/pages/report'].flatMap((folder) => files(folder, /\.rs$/)), ...files('public', /\.js$/)]) {
  const source = read(path);
  const note = (words, sure) => {
    for (const word of words.split(/\s+/).filter(Boolean)) {
      // `{}` stands for whatever is written there.
      const name = word.replace(/\{\w*\}/g, '*');
      if (!/^[a-z][\w*-]*$/.test(name)) continue;
      // A literal that is set by a name is known by its form; one word alone may as well mean something else.
      if (sure || /[a-z](__|--)[a-z*]/.test(name)) (set.get(name) ?? set.set(name, new Set()).get(name)).add(path);
      else mentioned.add(name);
    }
  };
  for (const [, words] of source.matchAll(/\bclass(?:Name: |=)\\?["']([^"'\\]*)\\?["']/g)) note(words, true);
  for (const [, name] of source.matchAll(/\bclass:([\w-]+)=/g)) note(name, true);
  for (const [, words] of source.matchAll(/"([\w{}\s-]+)"/g)) note(words, false);
}

const fits = (name, pattern) => new RegExp(`^${pattern.replaceAll('*', '[\\w-]+')}$`).test(name);
for (const [path, names] of ruled) {
  for (const name of names) {
    if (!ALLOWED.includes(name) && !mentioned.has(name) && ![...set.keys()].some((one) => fits(name, one))) faults.push(`${path}: nothing has the class ${name}`);
  }
}
for (const [name, paths] of set) {
  if (ALLOWED.includes(name)) continue;
  for (const path of paths) {
    const mine = sheets.filter(({ pages }) => pages.some((page) => path.startsWith(page)));
    const there = (mine.length > 0 ? mine : sheets).some(({ partials }) => [...partials].some((partial) => [...ruled.get(partial)].some((one) => fits(one, name))));
    if (!there) faults.push(`${path}: ${mine.map(({ sheet }) => sheet).join(', ') || 'style'} has no rule for the class ${name}`);
  }
}

const FINDS = /\b(?:locator|querySelector(?:All)?|until|gone|says|closest|matches)\(\s*(['"`])(.*?)\1|\bcss: (['"])(.*?)\3/g;
for (const path of [...files('end2end', /\.(ts|mjs)$/), ...files('app/field/tests', /\.rs$/)]) {
  for (const [, , one, , other] of read(path).matchAll(FINDS)) {
    for (const name of named(one ?? other)) if (known.has(name)) faults.push(`${path}: finds by the class ${name}, not by role and name`);
  }
}

for (const fault of faults) console.error(fault);
if (faults.length > 0) process.exit(1);
console.log(`${known.size} classes in ${partials.length} partials, all set, all with a rule`);
