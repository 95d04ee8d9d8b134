import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { listMigrations } from '../desktop/till/store/migrate.ts';
import { root, runTool } from './tools.ts';
import { buildWeb } from './web.ts';

/**
 * Says in latest*.yml how many migrations the version brings: a till refuses one that knows fewer than its database has
 * had, and needs room for a copy where it brings more (shared/auth/update-policy.ts).
 */
export const saySchema = `-c.releaseInfo.vendor.schema=${listMigrations(join(root, 'migrations/sqlite')).length}`;

if (import.meta.main) {
  const { values, positionals } = parseArgs({
    options: { help: { type: 'boolean' } },
    allowPositionals: true,
  });
  if (values.help) {
    console.log(
      'npm run package [-- TARGET]\n  Builds the installers of this platform into dist/package (TARGET: dir, AppImage, deb, nsis, dmg, zip).',
    );
  } else {
    process.exitCode = await makePackage(positionals);
  }
}

async function makePackage(targets: readonly string[]): Promise<number> {
  if (!(await buildWeb({ all: true, only: 'screens' }))) return 1;
  const bundled = await runTool('node', ['build/bundle.ts']);
  if (bundled !== 0) return bundled;
  const platform = { darwin: '--mac', win32: '--win' }[process.platform as string] ?? '--linux';
  return runTool('electron-builder', [
    platform,
    ...targets,
    ...['--config', `${root}/electron-builder.yml`, '--publish', 'never', saySchema],
  ]);
}
