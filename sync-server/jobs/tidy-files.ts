import { readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';

/** Folders of an HQ node's data that hold only what can be made again, or what was taken in from. */
const FOLDERS = ['snapshots', 'uploads'];
const WEEK_MS = 7 * 86_400_000;

/**
 * Drops snapshots, drafts and uploads (files of imports and of tills' unsent work) that have lain for a week. What
 * announces a snapshot (`.json`) goes before the file it announces, so that none is announced that is not there.
 * Answers how many went.
 */
export async function tidyFiles(dataDir: string, nowMs: number): Promise<number> {
  let dropped = 0;
  for (const folder of FOLDERS) {
    const names = await readdir(join(dataDir, folder)).catch(() => []);
    const announcing = (name: string) => (name.endsWith('.json') ? 0 : 1);
    for (const name of names.toSorted((a, b) => announcing(a) - announcing(b))) {
      const file = join(dataDir, folder, name);
      const found = await stat(file).catch(() => null);
      if (!found || nowMs - found.mtimeMs < WEEK_MS) continue;
      await rm(file, { recursive: true, force: true });
      dropped += 1;
    }
  }
  return dropped;
}
