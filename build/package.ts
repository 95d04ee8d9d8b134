import { parseArgs } from 'node:util';
import { root, runTool } from './tools.ts';
import { buildWeb } from './web.ts';

const { values, positionals } = parseArgs({ options: { help: { type: 'boolean' } }, allowPositionals: true });
if (values.help) {
  console.log(
    'npm run package [-- TARGET]\n  Builds the installers of this platform into dist/package (TARGET: dir, AppImage, deb, nsis, dmg).',
  );
} else {
  process.exitCode = await makePackage();
}

async function makePackage(): Promise<number> {
  if (!(await buildWeb({ all: true, only: 'screens' }))) return 1;
  const bundled = await runTool('node', ['build/bundle.ts']);
  if (bundled !== 0) return bundled;
  const platform = { darwin: '--mac', win32: '--win' }[process.platform as string] ?? '--linux';
  return runTool('electron-builder', [
    platform,
    ...positionals,
    '--config',
    `${root}/electron-builder.yml`,
    '--publish',
    'never',
  ]);
}
