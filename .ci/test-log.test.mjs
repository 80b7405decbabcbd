import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';

const script = fileURLToPath(new URL('test-log', import.meta.url));

function read(what, log) {
  const folder = mkdtempSync(join(tmpdir(), 'test-log-'));
  try {
    const path = join(folder, 'log');
    writeFileSync(path, log);
    return execFileSync(script, [what, path], { encoding: 'utf8' }).trim();
  } finally {
    rmSync(folder, { recursive: true });
  }
}

const PLAYWRIGHT = `
  ✘  3 tests/budget.spec.ts:37:1 › the first visit keeps within its bytes (3.2s)
  1) tests/budget.spec.ts:37:1 › the first visit keeps within its bytes ─────────
    Error: expect(received).toBeLessThanOrEqual(expected)
  1 failed
    tests/budget.spec.ts:37:1 › the first visit keeps within its bytes ──────────
  1 flaky
    [chromium] › tests/story.spec.ts:9:1 › the story ────────────────────────────
  2 skipped
  87 passed (8.1m)
`;

test('Playwright names its tests with a project and without one', () => {
  const names = ['failed: tests/budget.spec.ts:37:1 › the first visit keeps within its bytes', 'flaky: [chromium] › tests/story.spec.ts:9:1 › the story'];
  assert.deepEqual(read('failures', PLAYWRIGHT).split('\n'), names);
  assert.equal(read('counts', PLAYWRIGHT), '88 1 2');
});

const RUST = `
failures:

---- queue::holds stdout ----
thread panicked
failures:
    queue::holds

test result: FAILED. 12 passed; 1 failed; 0 ignored; 0 measured; 0 filtered out
test result: ok. 5 passed; 0 failed; 1 ignored; 0 measured; 0 filtered out
`;

test('the harness of Rust is counted over all its programs', () => {
  assert.equal(read('failures', RUST), 'queue::holds');
  assert.equal(read('counts', RUST), '17 1 1');
});

const NODE = `
ℹ pass 7
ℹ fail 1
ℹ cancelled 0
ℹ skipped 0
ℹ todo 0

✖ failing tests:

test at engines/story.test.mjs:10:1
✖ without a line (4211.1ms)
`;

test("Node's runner is understood", () => {
  assert.equal(read('failures', NODE), 'without a line (4211.1ms)');
  assert.equal(read('counts', NODE), '7 1 0');
});

test('operations that made-up requests found fault with are named', () => {
  assert.equal(read('failures', '_______ POST /api/v1/sync _______\n'), 'POST /api/v1/sync');
});
