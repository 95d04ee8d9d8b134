import { existsSync, renameSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { z } from 'zod';
import { err, ok, type Result } from '#shared/kernel/result.ts';
import { backupName, dropOldBackups, dropUnfinished, syncToDisk, unfinished } from './backup-files.ts';
import { quickCheck } from './quick-check.ts';

export type BackupJob = z.infer<typeof backupJob>;
export const backupJob = z.object({
  /** The till's database, which stays open elsewhere, and its key: the copy has the same. */
  file: z.string(),
  keyHex: z.string(),
  /** Where to; it bears the mark (`BACKUP_MARK`) by which a drive that was pulled out is told from an empty folder. */
  folder: z.string(),
  series: z.string(),
  /** Store and till without the letter: whose old backups may go. */
  till: z.string(),
  at: z.int(),
  /** The last so many are kept, this one among them. */
  keep: z.int().min(1),
});

export type BackupMade = z.infer<typeof backupMade>;
const backupMade = z.object({
  fileName: z.string(),
  bytes: z.int(),
  /** Counted in the copy after it was opened again. */
  changesets: z.int(),
  sales: z.int(),
});

/**
 * `no-folder`: the drive is not there. `damaged`: SQLite finds fault with the copy, and so with the till's own file or the
 * drive. `not-whole`: it opens, and does not hold what the till had.
 */
export const backupFailures = [
  'no-folder',
  'not-writable',
  'disk-full',
  'io',
  'damaged',
  'not-whole',
] as const;
export type BackupFailure = (typeof backupFailures)[number];
export const backupOutcome = z.union([
  z.object({ ok: z.literal(true), value: backupMade }),
  z.object({ ok: z.literal(false), error: z.enum(backupFailures) }),
]);

/** The file that says a folder is where this org's backups go. */
export const BACKUP_MARK = '.pestle-backups';

/**
 * Copies a till's database to a folder: under another name until it is on the disk, has been opened with the key, checked
 * by SQLite and counted against the till. Only then it gets its name, and only then an old one goes: whatever fails, and
 * wherever the process is killed, the backups that were there are as they were, and what bears a name is whole.
 *
 * Takes a connection of its own and as long as the disk does: to be called in a thread (backup-aside.ts).
 */
export function makeBackup(job: BackupJob): Result<BackupMade, BackupFailure> {
  const { folder, till, keep } = job;
  if (!existsSync(join(folder, BACKUP_MARK))) return err('no-folder');
  const fileName = freeName(job);
  const part = join(folder, unfinished(fileName));
  try {
    dropUnfinished(folder, till);
    const counted = copyCounted(job, part);
    if (!counted.ok) return counted;
    renameSync(part, join(folder, fileName));
    syncToDisk(folder, 'folder');
    dropOldBackups(folder, { till, keep });
    return ok({ fileName, bytes: statSync(join(folder, fileName)).size, ...counted.value });
  } catch (problem) {
    return err(failureOf(problem));
  } finally {
    discard(part);
  }
}

/** What went wrong while writing to a folder, for a person. */
export function failureOf(problem: unknown): BackupFailure {
  const code = problem instanceof Error && 'code' in problem ? String(problem.code) : '';
  if (['SQLITE_FULL', 'ENOSPC', 'EDQUOT'].includes(code)) return 'disk-full';
  if (['EACCES', 'EPERM', 'EROFS', 'SQLITE_READONLY', 'SQLITE_CANTOPEN', 'SQLITE_PERM'].includes(code))
    return 'not-writable';
  if (['ENOENT', 'ENOTDIR'].includes(code)) return 'no-folder';
  return code === 'SQLITE_CORRUPT' || code === 'SQLITE_NOTADB' ? 'damaged' : 'io';
}

/** Opens a till's database, or a backup of one, for looking at alone. */
export function openToRead(file: string, keyHex: string): Database.Database {
  const db = new Database(file, { readonly: true, fileMustExist: true });
  db.pragma("cipher='aegis'");
  db.pragma(`hexkey='${keyHex}'`);
  // What it reads it does not read again.
  db.pragma('cache_size=-2048');
  db.pragma('temp_store=MEMORY');
  return db;
}

/** Two backups of one millisecond are two files. */
function freeName({ folder, series, at }: BackupJob): string {
  let name = backupName(series, at);
  for (let later = at + 1; existsSync(join(folder, name)); later++) name = backupName(series, later);
  return name;
}

type Counts = Pick<BackupMade, 'changesets' | 'sales'>;

/** `VACUUM INTO` keeps cipher and key, reads one moment of the database and stops no writer. */
function copyCounted({ file, keyHex }: BackupJob, part: string): Result<Counts, BackupFailure> {
  const source = openToRead(file, keyHex);
  try {
    const before = countsOf(source);
    source.prepare('VACUUM INTO ?').run(part);
    syncToDisk(part, 'file');
    const copy = openToRead(part, keyHex);
    try {
      if (quickCheck(copy) !== null) return err('damaged');
      const counts = countsOf(copy);
      return isBetween(counts, before, countsOf(source)) && headIsThere(copy) ? ok(counts) : err('not-whole');
    } finally {
      copy.close();
    }
  } finally {
    source.close();
  }
}

/** Facts are only ever added: the copy has at least what there was before it, and at most what there is now. */
const isBetween = (copy: Counts, before: Counts, after: Counts): boolean =>
  (['changesets', 'sales'] as const).every((of) => copy[of] >= before[of] && copy[of] <= after[of]);

function countsOf(db: Database.Database): Counts {
  const count = (sql: string) => Number(db.prepare(sql).pluck().get());
  return { changesets: count('SELECT count(*) FROM journal'), sales: count('SELECT count(*) FROM sale') };
}

/** The end of the till's chain, as its identity names it, lies in the journal that was copied. */
function headIsThere(copy: Database.Database): boolean {
  const found = copy
    .prepare(
      `SELECT 1 FROM identity i WHERE i.dseq = 0 OR EXISTS
       (SELECT 1 FROM journal j WHERE j.inc = i.inc AND j.dseq = i.dseq AND j.hash = i.head_hash)`,
    )
    .get();
  return found !== undefined;
}

function discard(part: string): void {
  try {
    for (const name of [part, `${part}-journal`]) rmSync(name, { force: true });
  } catch {
    // The drive is gone: what is left on it bears no backup's name, and the next backup there clears it away.
  }
}
