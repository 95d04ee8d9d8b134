import { readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';

/** Folders of an HQ node's data that hold only what can be made again, or was taken in. */
const FOLDERS = ['snapshots', 'bundles'];
const WEEK_MS = 7 * 86_400_000;

/**
 * Drops snapshots, drafts and taken bundles that have lain for a week. What announces a snapshot (`.json`) goes before
 * the file it announces, so that none is announced that is not there. Answers how many went.
 */
export async function tidyFiles(dataDir: string, nowMs: number): Promise<number> {
  let dropped = 0;
  for (const folder of FOLDERS) {
    const names = await readdir(join(dataDir, folder)).catch(() => []);
    const announcing = (name: string) => (name.endsWith('.json') ? 0 : 1);
    for (const name of names.toSorted((a, b) => announcing(a) - announcing(b))) {
      const file = join(dataDir, folder, name);
      const found = await stat(file).catch(() => null);
      if (!found?.isFile() || nowMs - found.mtimeMs < WEEK_MS) continue;
      await rm(file, { force: true });
      dropped += 1;
    }
  }
  return dropped;
}
