import { existsSync, readdirSync, statfsSync, statSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import type { FoundBackup } from '#shared/auth/calls-upkeep.ts';
import { listBackups } from '../till/store/backup-files.ts';

/** A drive that somebody has plugged in, or the network has. */
export type Drive = { readonly path: string; readonly freeBytes: number };

/** Drives that a person may have put a backup on: what the system mounts for people, not its own disks. */
export function listDrives(): readonly Drive[] {
  return candidates().flatMap((path) => {
    try {
      const { bavail, bsize } = statfsSync(path);
      return [{ path, freeBytes: bavail * bsize }];
    } catch {
      return []; // an empty card reader
    }
  });
}

/** Backups at a place, a folder or a file of one; without a place on every drive, in its root and one folder down. */
export function findBackups(place: string | undefined, drives = listDrives): readonly FoundBackup[] {
  if (place === undefined)
    return newestFirst(drives().flatMap(({ path }) => [path, ...foldersIn(path)].flatMap(inFolder)));
  if (isFile(place)) return inFolder(dirname(place)).filter(({ path }) => basename(path) === basename(place));
  return newestFirst([place, ...foldersIn(place)].flatMap(inFolder));
}

const newestFirst = (found: readonly FoundBackup[]) => found.toSorted((a, b) => b.at - a.at).slice(0, MOST);
/** More than anybody looks through by keys. */
const MOST = 50;

const inFolder = (folder: string): FoundBackup[] =>
  listBackups(folder).map(({ fileName, series, at, bytes }) => ({
    path: join(folder, fileName),
    ...{ series, at, bytes },
  }));

function candidates(): readonly string[] {
  if (process.platform === 'win32')
    return [...'DEFGHIJKLMNOPQRSTUVWXYZ'].map((letter) => `${letter}:\\`).filter((path) => existsSync(path));
  if (process.platform === 'darwin') return foldersIn('/Volumes');
  // Desktops mount under a folder of the person; an administrator under /mnt.
  return ['/media', '/run/media']
    .flatMap((root) => foldersIn(root).flatMap(foldersIn))
    .concat(foldersIn('/mnt'));
}

function foldersIn(folder: string): string[] {
  try {
    return readdirSync(folder, { withFileTypes: true })
      .filter((entry) => entry.isDirectory() && !entry.name.startsWith('.'))
      .map(({ name }) => join(folder, name))
      .slice(0, 200);
  } catch {
    return [];
  }
}

function isFile(path: string): boolean {
  try {
    return statSync(path).isFile();
  } catch {
    return false;
  }
}
