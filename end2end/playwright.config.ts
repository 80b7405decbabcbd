import { defineConfig } from '@playwright/test';
import { chromiumOptions } from './chromium.mjs';

// Two files at a time, each with a server of its own: most of the time they wait. No retries: a test that passes the second
// time has found something. Each test opens the contexts that it needs (a phone, a desk, two phones).
export default defineConfig({
  testDir: 'tests',
  outputDir: 'test-results',
  workers: 2,
  retries: 0,
  forbidOnly: Boolean(process.env.CI),
  reporter: [['list']],
  timeout: 60_000,
  expect: { timeout: 10_000 },
  use: {
    browserName: 'chromium',
    launchOptions: chromiumOptions,
    locale: 'zh-CN',
    actionTimeout: 10_000,
    navigationTimeout: 20_000,
    screenshot: 'only-on-failure',
  },
});
