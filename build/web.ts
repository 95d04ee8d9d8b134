import { existsSync, globSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { root, runTool } from './tools.ts';

/** The two React apps: vite's mode, where the source lies and where the build goes. */
const apps = [
  { mode: 'screens', source: 'desktop/screens', out: 'dist/screens' },
  { mode: 'web', source: 'sync-server/web', out: 'dist/web' },
] as const;

type Wanted = { readonly all?: boolean; readonly only?: (typeof apps)[number]['mode'] };

/** Builds the React apps that are missing or older than what they are made of; false when a build failed. */
export async function buildWeb({ all = false, only }: Wanted = {}): Promise<boolean> {
  for (const app of apps) {
    if (only !== undefined && app.mode !== only) continue;
    if (!existsSync(join(root, app.source, 'index.html')) || !(all || isStale(app))) continue;
    console.error(`Building ${app.source} …`);
    if (
      (await runTool('vite', [
        'build',
        '--config',
        'build/vite.config.ts',
        '--mode',
        app.mode,
        '--logLevel',
        'warn',
      ])) !== 0
    )
      return false;
  }
  return true;
}

if (import.meta.main) {
  const { values } = parseArgs({ options: { help: { type: 'boolean' } } });
  if (values.help)
    console.log(
      'npm run build:web\n  Builds the React apps of the till and the back office into dist/screens and dist/web.',
    );
  else process.exitCode = (await buildWeb({ all: true })) ? 0 : 1;
}

function isStale(app: (typeof apps)[number]): boolean {
  const built = join(root, app.out, 'index.html');
  if (!existsSync(built)) return true;
  const madeOf = [`${app.source}/**/*`, 'shared/**/*', 'build/*.config.ts', 'package-lock.json'];
  return globSync(madeOf, { cwd: root }).some(
    (file) => statSync(join(root, file)).mtimeMs > statSync(built).mtimeMs,
  );
}
