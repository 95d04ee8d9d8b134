import { defineConfig } from '@playwright/test';
import { findChromium } from './chromium.ts';
import { root } from './tools.ts';

const executablePath = findChromium();
/** Chromium refuses its sandbox to root; the rest keeps it from calling home, so that a test hears only ours. */
const args = [
  ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
  '--disable-background-networking',
  '--disable-dev-shm-usage',
];

export default defineConfig({
  testDir: root,
  testMatch: '**/*.e2e.ts',
  testIgnore: ['**/node_modules/**', '**/dist/**'],
  outputDir: `${root}/.cache/e2e`,
  workers: 2,
  timeout: 60_000,
  // A browser test that fails once and then passes is named `flaky` in the output: a race to look for, not a red build.
  retries: process.env.CI === undefined ? 0 : 1,
  forbidOnly: process.env.CI !== undefined,
  reporter: [['line'], ['json', { outputFile: `${root}/.cache/playwright.json` }]],
  use: {
    viewport: { width: 1366, height: 768 },
    trace: 'retain-on-failure',
    launchOptions: { args, ...(executablePath === undefined ? {} : { executablePath }) },
  },
});
