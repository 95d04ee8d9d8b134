import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { root, runTool } from './tools.ts';
import { buildWeb } from './web.ts';

const { values } = parseArgs({ options: { help: { type: 'boolean' } } });
if (values.help)
  console.log('npm run desktop\n  Builds the screens and the shell and opens the till in Electron.');
else process.exitCode = await openDesktop();

async function openDesktop(): Promise<number> {
  if (!(await buildWeb())) return 1;
  if ((await runTool('node', ['build/bundle.ts'])) !== 0) return 1;
  // The runtime is fetched at its first use: 120 MB from GitHub, which a closed network refuses.
  if (
    !existsSync(join(root, 'node_modules/electron/path.txt')) &&
    (await runTool('node', ['node_modules/electron/install.js'])) !== 0
  ) {
    console.error(
      'The Electron runtime could not be downloaded: "npm start" shows the same till in a browser.',
    );
    return 1;
  }
  return runTool('electron', ['.']);
}
