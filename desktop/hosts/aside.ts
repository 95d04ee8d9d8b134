import { copyFileSync, existsSync, linkSync, mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { syncToDisk } from '../till/store/backup-files.ts';

/**
 * Takes files of a till's folder out of the way into a folder of it named `replaced-` and the time: nothing is deleted.
 * All of them are there, on disk, before the first leaves its place: a kill in between must not part a database from
 * its WAL. What is not there is passed over.
 */
export function moveAside(folder: string, names: readonly string[]): void {
  const there = names.filter((name) => existsSync(join(folder, name)));
  if (there.length === 0) return;
  const aside = join(folder, `replaced-${new Date().toISOString().replaceAll(/[-:.]/g, '')}`);
  mkdirSync(aside, { recursive: true, mode: 0o700 });
  for (const name of there) linkOrCopy(join(folder, name), join(aside, name));
  syncToDisk(aside, 'folder');
  syncToDisk(folder, 'folder');
  for (const name of there) rmSync(join(folder, name));
}

/** A database as SQLite leaves it, the file itself first: a WAL without its file would be taken for another's. */
export const databaseFiles = (name: string): readonly string[] => [name, `${name}-wal`, `${name}-shm`];

/** A second name for the same file where the disk can do that: at once, and without room. */
function linkOrCopy(from: string, to: string): void {
  try {
    linkSync(from, to);
  } catch {
    copyFileSync(from, to);
    syncToDisk(to, 'file');
  }
}
