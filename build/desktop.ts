import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { bundleDesktop } from './bundle.ts';
import { root, runTool, toolEnv } from './tools.ts';
import { buildWeb } from './web.ts';

const { values } = parseArgs({ options: { help: { type: 'boolean' } } });
if (values.help)
  console.log(
    'npm run desktop\n  Builds the screens and the shell and opens the till in Electron.\n  ELECTRON_EXEC_PATH names a runtime of your own.',
  );
else process.exitCode = await openDesktop();

async function openDesktop(): Promise<number> {
  if (!(await buildWeb({ only: 'screens' }))) return 1;
  await bundleDesktop();
  const electron = process.env.ELECTRON_EXEC_PATH ?? installedElectron() ?? downloadedElectron();
  if (electron !== undefined && existsSync(electron)) return runTool(electron, [root]);
  console.error(
    process.env.ELECTRON_EXEC_PATH
      ? `There is no Electron at ELECTRON_EXEC_PATH (${electron}).`
      : 'The Electron runtime is not installed and could not be downloaded from github.com: run "npm run desktop" again with a network, point ELECTRON_EXEC_PATH at an Electron 45, or use "npm start", which shows the same till in a browser.',
  );
  return 1;
}

/** The program inside the `electron` package, once its runtime has been fetched. */
function installedElectron(): string | undefined {
  const said = join(root, 'node_modules/electron/path.txt');
  return existsSync(said) ? join(root, 'node_modules/electron/dist', readFileSync(said, 'utf8')) : undefined;
}

/** Fetches the runtime (120 MB) as its package would; why it failed is a stack trace that helps nobody. */
function downloadedElectron(): string | undefined {
  console.error('Downloading the Electron runtime (120 MB) …');
  spawnSync(process.execPath, [join(root, 'node_modules/electron/install.js')], {
    env: toolEnv,
    stdio: 'ignore',
    timeout: 600_000,
  });
  return installedElectron();
}
