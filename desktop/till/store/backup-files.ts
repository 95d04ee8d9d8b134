import { closeSync, fsyncSync, openSync, readdirSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';

/** A backup that lies in a folder. Under its name it is whole: while it is made it has another (`unfinished`). */
export type BackupFile = {
  readonly fileName: string;
  /** Store, till and incarnation it is of: `S01-T02A`. */
  readonly series: string;
  /** When it was made, by its till's time. */
  readonly at: number;
  readonly bytes: number;
};

/** `pestle-S01-T02A-20261124T090000000Z.backup`: sorts by time, and any file system takes it. */
export function backupName(series: string, at: number): string {
  return `pestle-${series.replaceAll(/[^\w-]/g, '_')}-${new Date(at).toISOString().replaceAll(/[-:.]/g, '')}.backup`;
}

/** Where a backup is made before it bears its name. */
export const unfinished = (name: string): string => `.${name}.unfinished`;

/** The backups of a folder, the newest first; none where it cannot be read. */
export function listBackups(folder: string): readonly BackupFile[] {
  return namesIn(folder)
    .flatMap((fileName) => {
      const read = NAME.exec(fileName);
      const bytes = sizeOf(join(folder, fileName));
      if (!read || bytes === null) return [];
      const [, series = '', day = '', time = ''] = read;
      return [{ fileName, series, at: instantOf(day, time), bytes }];
    })
    .toSorted((a, b) => b.at - a.at);
}

/** Removes all but the last `keep` backups of one till, under whichever letter they were made. */
export function dropOldBackups(folder: string, { till, keep }: { till: string; keep: number }): void {
  const own = listBackups(folder).filter(({ series }) => isOf(series, till));
  for (const { fileName } of own.slice(keep)) rmSync(join(folder, fileName), { force: true });
}

/** Removes what stops in the middle have left of this till's backups. */
export function dropUnfinished(folder: string, till: string): void {
  for (const name of namesIn(folder)) {
    const series = NAME.exec(name.replace(/^\./, '').replace(/\.unfinished(-journal)?$/, ''))?.[1];
    if (name.startsWith('.') && series !== undefined && isOf(series, till))
      rmSync(join(folder, name), { force: true });
  }
}

/** Lasts over a power cut when it returns: a file's content, or the names in a folder. */
export function syncToDisk(path: string, what: 'file' | 'folder'): void {
  if (what === 'folder' && process.platform === 'win32') return; // it cannot open one, and journals renames
  const descriptor = openSync(path, what === 'file' ? 'r+' : 'r');
  try {
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}

const NAME = /^pestle-([\w-]+)-(\d{8})T(\d{9})Z\.backup$/;

/** A series is a till's code and the letter of its incarnation. */
const isOf = (series: string, till: string): boolean =>
  series.startsWith(till) && /^[A-Z]+$/.test(series.slice(till.length));

function instantOf(day: string, time: string): number {
  const date = `${day.slice(0, 4)}-${day.slice(4, 6)}-${day.slice(6)}`;
  return (
    Date.parse(`${date}T${time.slice(0, 2)}:${time.slice(2, 4)}:${time.slice(4, 6)}.${time.slice(6)}Z`) || 0
  );
}

function namesIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

function sizeOf(path: string): number | null {
  try {
    const found = statSync(path);
    return found.isFile() ? found.size : null;
  } catch {
    return null;
  }
}
