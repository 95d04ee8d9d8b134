import { existsSync, readFileSync } from 'node:fs';
import { z } from 'zod';
import type { Outcome } from './steps.ts';

const vitestReport = z.object({
  numPassedTests: z.number(),
  numFailedTests: z.number(),
  numPendingTests: z.number(),
  testResults: z.array(
    z.object({ name: z.string(), status: z.string(), assertionResults: z.array(z.unknown()) }),
  ),
});

const playwrightReport = z.object({
  stats: z.object({ expected: z.number(), unexpected: z.number(), flaky: z.number(), skipped: z.number() }),
  errors: z.array(z.unknown()),
});

/**
 * Counts a Vitest JSON report. A file that does not load has no tests to fail: it counts as one failure, and so
 * does a run that ends badly without a failed test in its report, or without a report at all.
 */
export function countVitest(file: string, exitCode: number): Outcome {
  const report = parse(vitestReport, file);
  if (!report) return { passed: 0, failed: 1, note: 'Vitest left no report' };
  const unloaded = report.testResults.filter(
    ({ status, assertionResults }) => status === 'failed' && assertionResults.length === 0,
  );
  const failed = report.numFailedTests + unloaded.length;
  return outcome({ passed: report.numPassedTests, failed, skipped: report.numPendingTests, exitCode });
}

/** Counts a Playwright JSON report in the same way; a test that passes at its second try has passed. */
export function countPlaywright(file: string, exitCode: number): Outcome {
  const report = parse(playwrightReport, file);
  if (!report) return { passed: 0, failed: 1, note: 'Playwright left no report' };
  const { expected, flaky, unexpected, skipped } = report.stats;
  return outcome({ passed: expected + flaky, failed: unexpected, skipped, exitCode });
}

function outcome({
  passed,
  failed,
  skipped,
  exitCode,
}: {
  passed: number;
  failed: number;
  skipped: number;
  exitCode: number;
}): Outcome {
  const hidden = exitCode !== 0 && failed === 0 ? 1 : 0;
  const notes = [
    skipped > 0 ? `${skipped} skipped` : '',
    hidden ? `ended with code ${exitCode} and no failed test: see above` : '',
  ].filter(Boolean);
  return { passed, failed: failed + hidden, ...(notes.length > 0 ? { note: notes.join('; ') } : {}) };
}

function parse<T>(schema: z.ZodType<T>, file: string): T | undefined {
  if (!existsSync(file)) return undefined;
  try {
    return schema.parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch {
    return undefined; // cut off in the middle of writing: as good as none
  }
}
