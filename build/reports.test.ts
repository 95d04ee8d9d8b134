import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { countPlaywright, countVitest } from './reports.ts';

const folder = mkdtempSync(join(tmpdir(), 'pestle-reports-'));
afterAll(() => rmSync(folder, { recursive: true }));

const ran = { name: 'a.test.ts', status: 'passed', assertionResults: [{}] };
const unloaded = { name: 'b.test.ts', status: 'failed', assertionResults: [] };
const vitest = (over: object = {}) =>
  report({ numPassedTests: 3, numFailedTests: 0, numPendingTests: 0, testResults: [ran], ...over });
const playwright = (stats: object = {}) =>
  report({ errors: [], stats: { expected: 2, unexpected: 0, flaky: 0, skipped: 0, ...stats } });

test('passed and failed tests are counted', () => {
  expect(countVitest(vitest(), 0)).toEqual({ passed: 3, failed: 0 });
  expect(countVitest(vitest({ numFailedTests: 2 }), 1)).toEqual({ passed: 3, failed: 2 });
  expect(countPlaywright(playwright({ unexpected: 1, flaky: 1 }), 1)).toEqual({ passed: 3, failed: 1 });
});

test('a test file that does not load is a failure', () => {
  expect(countVitest(vitest({ testResults: [ran, unloaded] }), 1)).toMatchObject({ passed: 3, failed: 1 });
});

test('a run that ends badly without a failed test is a failure', () => {
  expect(countVitest(vitest(), 1)).toMatchObject({ passed: 3, failed: 1 });
  expect(countPlaywright(playwright(), 1)).toMatchObject({ passed: 2, failed: 1 });
});

test('a missing or broken-off report is a failure', () => {
  expect(countVitest(join(folder, 'none.json'), 0)).toMatchObject({ passed: 0, failed: 1 });
  expect(countPlaywright(report('{"stats":'), 0)).toMatchObject({ passed: 0, failed: 1 });
});

test('what was skipped is said', () => {
  expect(countVitest(vitest({ numPendingTests: 4 }), 0).note).toBe('4 skipped');
  expect(countPlaywright(playwright({ skipped: 1 }), 0).note).toBe('1 skipped');
});

function report(content: object | string): string {
  const file = join(folder, `${Math.random()}.json`);
  writeFileSync(file, typeof content === 'string' ? content : JSON.stringify(content));
  return file;
}
