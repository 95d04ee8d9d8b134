import { parseArgs } from 'node:util';
import { missingNatives } from './natives.ts';
import { close, type Outcome, runSteps, type Step } from './steps.ts';
import { keepTool, root, runTool } from './tools.ts';

/** What holds the house together without running it: each step counts as one passed or failed. */
export const checkSteps: readonly Step[] = [
  besideTool('types', 'tsc', '--build'),
  tool('lint', 'biome', 'check'),
  tool(
    'walls',
    'depcruise',
    '--config',
    'build/dependency-rules.cjs',
    'shared',
    'desktop',
    'sync-server',
    'build',
  ),
  tool('unused code', 'knip', '--config', 'build/knip.json'),
  tool('lockfile', 'npm', 'ci', '--dry-run', '--no-audit', '--no-fund', '--loglevel=error'),
  { name: 'native packages', run: nativesAreInstalled },
];

if (import.meta.main) {
  const { values } = parseArgs({ options: { help: { type: 'boolean' } } });
  if (values.help)
    console.log(
      `npm run check\n  Runs, without any test: ${checkSteps.map((step) => step.name).join(', ')}.`,
    );
  else close(await runSteps(checkSteps));
}

function tool(name: string, command: string, ...args: readonly string[]): Step {
  return {
    name,
    run: async () => {
      const code = await runTool(command, args);
      return code === 0
        ? { passed: 1, failed: 0 }
        : { passed: 0, failed: 1, note: `${command} ended with code ${code}` };
    },
  };
}

/** One core is enough for it. */
function besideTool(name: string, command: string, ...args: readonly string[]): Step {
  return {
    name,
    beside: true,
    run: async () => {
      const { code, out } = await keepTool(command, args);
      return code === 0 ? { passed: 1, failed: 0 } : { passed: 0, failed: 1, note: `code ${code}\n${out}` };
    },
  };
}

function nativesAreInstalled(): Outcome {
  const missing = missingNatives(root);
  if (missing.length === 0) return { passed: 1, failed: 0 };
  return { passed: 0, failed: 1, note: `npm left out, for this platform: ${missing.join(', ')}` };
}
