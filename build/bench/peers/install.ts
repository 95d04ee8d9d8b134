import { createHash } from 'node:crypto';
import { copyFileSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { err, ok, type Result } from '#shared/kernel/result.ts';
import { askTool, root } from '../../tools.ts';

/** Where the peers are installed: a cache, never committed, none of it known to the product's own package.json. */
const folder = join(root, '.cache/bench/peers');

const FILES = ['package.json', 'package-lock.json'] as const;
const here = fileURLToPath(new URL('npm', import.meta.url));

/**
 * Installs what Pestle is measured against, once for each lock: about 20 s and 190 MB. No install scripts: LevelDB and
 * SQLite bring their binaries inside their packages. What went wrong, in npm's last lines, when it cannot be done.
 */
export function installPeers(say: (line: string) => void): Result<string, string> {
  const wanted = createHash('sha256')
    .update(readFileSync(join(here, 'package-lock.json')))
    .digest('hex');
  const stamp = join(folder, 'installed');
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) return ok(folder);
  say('Installing PouchDB, express-pouchdb and Actual’s sync server into .cache/bench/peers, once');
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  for (const file of FILES) copyFileSync(join(here, file), join(folder, file));
  const options = ['--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'];
  const { code, out } = askTool('npm', ['ci', '--prefix', folder, ...options]);
  if (code !== 0) return err(`npm ci of build/bench/peers ended with ${code}: ${out.slice(-300)}`);
  writeFileSync(stamp, wanted);
  return ok(folder);
}
