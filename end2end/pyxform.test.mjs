// What we write as a workbook, another program takes: pyxform, the converter that most servers of XLSForm use. The workbooks are
// those that the round-trip test writes, every form of the catalogue among them.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';

const { XUNAN_XLSFORM_WRITTEN: folder, PYXFORM: python } = process.env;

test('pyxform accepts every workbook that we write', () => {
  const script = fileURLToPath(new URL('convert-xlsforms.py', import.meta.url));
  const lines = execFileSync(python, [script, folder], { encoding: 'utf8', maxBuffer: 1 << 26 }).trim().split('\n');
  const told = lines.map((line) => JSON.parse(line));
  assert.deepEqual(told.filter(({ fault }) => fault), []);
  assert.ok(told.length > 100, `only ${told.length} workbooks`);
});
