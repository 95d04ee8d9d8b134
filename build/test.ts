import { globSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { checkSteps } from './check.ts';
import { ensureChromium, noChromium } from './chromium.ts';
import { countPlaywright, countVitest } from './reports.ts';
import { close, type Outcome, runSteps, type Step } from './steps.ts';
import { keepTool, root, runTool } from './tools.ts';
import { buildWeb } from './web.ts';

const help = `npm test [-- --only GROUP]
  Runs everything; the last line is "N passed, N failed" over all of it.
  --only check     types, lint, walls, unused code, lockfile
  --only unit      pure rules with their vectors and properties; one machine's parts
  --only simulation  2,000 histories of tills and HQ with every fault
  --only pg        what needs Postgres (an embedded one is started)
  --only browser   the apps in Chromium`;

const groups: Readonly<Record<string, readonly Step[]>> = {
  check: checkSteps,
  // All cores of it, in the time in which what follows waits: for Postgres, for sockets, for the browser.
  simulation: [{ name: 'simulation', beside: true, run: simulation }],
  // Vitest leaves one core to itself: of two, a file at a time would use one.
  unit: [vitest('shared', '--maxWorkers=2'), vitest('unit', '--maxWorkers=3')],
  // Much waiting, for Postgres and for each other's sockets: three files at a time.
  pg: [vitest('pg', '--maxWorkers=3')],
  browser: [{ name: 'browser', run: browser }],
};

const { values } = parseArgs({ options: { only: { type: 'string' }, help: { type: 'boolean' } } });
const steps = values.only === undefined ? Object.values(groups).flat() : groups[values.only];
if (values.help) console.log(help);
else if (steps) close(await runSteps(steps));
else {
  console.error(`There is no group "${values.only}"; there are: ${Object.keys(groups).join(', ')}.`);
  process.exitCode = 2;
}

/** One run per project, so that a project that has lost all its tests fails instead of hiding behind the others. */
function vitest(project: string, ...more: readonly string[]): Step {
  return {
    name: `tests: ${project}`,
    run: async () => {
      const report = freshReport(`vitest-${project}.json`);
      const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`];
      const code = await runTool('vitest', [
        'run',
        '--config',
        'build/vitest.config.ts',
        '--project',
        project,
        ...more,
        ...reporters,
      ]);
      return countVitest(report, code);
    },
  };
}

/** Fixed seeds, so that a failure is everyone's failure. */
async function simulation(): Promise<Outcome> {
  const args = [join(root, 'build/simulate/main.ts'), '--seeds', '2000'];
  const { code, out } = await keepTool(process.execPath, args, { idly: true });
  if (code !== 0) return { passed: 0, failed: 1, note: `code ${code}\n${out}` };
  return { passed: 1, failed: 0, note: out.trim().split('\n').at(-1) ?? '' };
}

async function browser(): Promise<Outcome> {
  const files = globSync('{shared,desktop,sync-server,build}/**/*.e2e.ts', { cwd: root });
  if (files.length === 0) return { passed: 0, failed: 0, note: 'there are no browser tests yet' };
  if ((await ensureChromium(console.log)) === undefined) return { passed: 0, failed: 1, note: noChromium };
  if (!(await buildWeb()))
    return { passed: 0, failed: 1, note: 'the React apps could not be built: see above' };
  const report = freshReport('playwright.json');
  const code = await runTool('playwright', ['test', '--config', 'build/playwright.config.ts']);
  return countPlaywright(report, code);
}

/** A report left by an earlier run would count for this one. */
function freshReport(name: string): string {
  const file = join(root, '.cache', name);
  rmSync(file, { force: true });
  return file;
}
