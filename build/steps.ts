/** One piece of `npm run check` or `npm test`: what it is called and how it is done. */
export interface Step {
  readonly name: string;
  readonly run: () => Outcome | Promise<Outcome>;
  /** Runs beside the steps that follow it, and keeps what it prints in its note: it is waited for at the end. */
  readonly beside?: true;
}

/** How a step ended. `note` is one line for the person reading: why it failed, what was skipped. */
export interface Outcome {
  readonly passed: number;
  readonly failed: number;
  readonly note?: string;
}

/** Runs the steps one after the other, all of them whatever fails, and prints each with its time. */
export async function runSteps(steps: readonly Step[]): Promise<Outcome> {
  const outcomes: Outcome[] = [];
  const beside: Promise<Timed>[] = [];
  for (const step of steps) {
    console.log(`\n── ${step.name}${step.beside ? ', beside what follows' : ''}`);
    if (step.beside) beside.push(timed(step));
    else outcomes.push(told(await timed(step)));
  }
  for (const one of beside) outcomes.push(told(await one));
  const sum = (of: 'passed' | 'failed') => outcomes.reduce((total, outcome) => total + outcome[of], 0);
  return { passed: sum('passed'), failed: sum('failed') };
}

type Timed = { readonly name: string; readonly outcome: Outcome; readonly tookMs: number };

async function timed(step: Step): Promise<Timed> {
  const startedAt = performance.now();
  const outcome = await attempt(step);
  return { name: step.name, outcome, tookMs: performance.now() - startedAt };
}

function told({ name, outcome, tookMs }: Timed): Outcome {
  console.log(`── ${describe(name, outcome)}  ${(tookMs / 1000).toFixed(1)} s`);
  return outcome;
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
