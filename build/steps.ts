/** One piece of `npm run check` or `npm test`: what it is called and how it is done. */
export interface Step {
  readonly name: string;
  readonly run: () => Outcome | Promise<Outcome>;
}

/** How a step ended. `note` is one line for the person reading: why it failed, what was skipped. */
export interface Outcome {
  readonly passed: number;
  readonly failed: number;
  readonly note?: string;
}

/** Runs the steps one after the other, all of them whatever fails, and prints each with its time. */
export async function runSteps(steps: readonly Step[]): Promise<Outcome> {
  let passed = 0;
  let failed = 0;
  for (const step of steps) {
    console.log(`\n── ${step.name}`);
    const startedAt = performance.now();
    const outcome = await attempt(step);
    passed += outcome.passed;
    failed += outcome.failed;
    console.log(
      `── ${describe(step.name, outcome)}  ${((performance.now() - startedAt) / 1000).toFixed(1)} s`,
    );
  }
  return { passed, failed };
}

/** Prints the closing line, always the last one, and sets the exit code that goes with it. */
export function close(total: Outcome): void {
  console.log(`\n${total.passed} passed, ${total.failed} failed`);
  process.exitCode = total.failed === 0 ? 0 : 1;
}

async function attempt(step: Step): Promise<Outcome> {
  try {
    return await step.run();
  } catch (error) {
    return {
      passed: 0,
      failed: 1,
      note: error instanceof Error ? (error.stack ?? error.message) : String(error),
    };
  }
}

function describe(name: string, { passed, failed, note }: Outcome): string {
  const mark = failed === 0 ? '✓' : '✗';
  return `${mark} ${name}: ${passed} passed, ${failed} failed${note ? ` (${note})` : ''}`;
}
