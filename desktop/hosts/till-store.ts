import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { Database } from 'better-sqlite3';
import type { RecoveryPapers } from '#shared/auth/calls-upkeep.ts';
import { err, ok, type Result } from '#shared/kernel/result.ts';
import type { KeyVault, LostDatabase, Restoration, TillPorts } from '../till/ports.ts';
import { readDeviceKey } from '../till/replication/rejoin.ts';
import { openSubjectKeys, type SubjectKeys } from '../till/sales/subject-keys.ts';
import { createIdentityStore } from '../till/store/identity.ts';
import { type OpenFailure, openDatabase } from '../till/store/open.ts';
import { databaseFiles, moveAside } from './aside.ts';
import { type RecoverFailure, type RecoverOptions, recoverTill } from './recover.ts';
import { restoreTill } from './restore.ts';

type Place = Pick<RecoverOptions, 'folder' | 'migrations' | 'vault' | 'log' | 'version'>;

/** The databases of a till's folder, and the ways in which others take their place. */
export type TillStore = {
  /** As they are now: others once a backup was restored, or the till's own was recovered. */
  readonly db: () => Database;
  readonly subjectKeys: () => SubjectKeys;
  /** The key of `till.db`, as the vault has it now. */
  readonly keyNow: () => string;
  readonly restore: TillPorts['restore'];
  /** The till's own database was there when the store was opened, and its key was not. */
  readonly lost: LostDatabase | undefined;
  readonly close: () => void;
};

/**
 * Opens the till's databases. Where `till.db` is there and cannot be opened for want of a key, nothing is written in its
 * place: the store then holds an empty one in a folder of its own, until `lost.recover` or `restore` has brought back
 * the till's.
 */
export function openTillStore(place: Place): Result<TillStore, OpenFailure> {
  const { folder, migrations, vault, log } = place;
  const file = join(folder, 'till.db');
  const keyNow = () => vault.get('database-key') ?? '';
  const found = findOwn(file, place);
  if (!found.ok) return found;
  const { why } = found.value;
  let { db, subjectKeys } = found.value.db ? withKeys(found.value.db) : standIn(place);

  function withKeys(opened: Database) {
    return { db: opened, subjectKeys: openSubjectKeys({ file: join(folder, 'keys.db'), keyHex: keyNow() }) };
  }
  function shut(): void {
    subjectKeys.close();
    db.close();
    rmSync(join(folder, STAND_IN), { recursive: true, force: true });
  }
  function reopen(): void {
    const opened = openDatabase({ file, keyHex: keyNow(), migrations });
    if (!opened.ok) throw new Error(opened.error.code);
    ({ db, subjectKeys } = withKeys(opened.value));
  }

  async function restore(backup: string, papers: RecoveryPapers | undefined): Promise<Restoration> {
    const outcome = await restoreTill({
      ...{ ...place, backup, papers },
      // There is no key to what lies here: the vault has nothing to keep for it, and it stays until all else is done.
      room: why ? 'last' : 'before-vault',
      makeRoom() {
        shut();
        // Keys of people under another key are nobody's any more; HQ has them.
        const names = [...databaseFiles('till.db'), ...(papers ? ['keys.db'] : [])];
        if (why) moveAside(folder, names);
        else for (const name of names) rmSync(join(folder, name), { force: true });
      },
    }).catch(onDisk);
    if (!db.open) reopen();
    return { db, subjectKeys, outcome };
  }

  async function recover(papers: RecoveryPapers): Promise<Restoration> {
    const done = await recoverTill({ ...place, ...papers }).catch(onDisk);
    if (done.ok) {
      shut();
      reopen();
      if (!opensKeys(subjectKeys)) {
        subjectKeys.close();
        moveAside(folder, ['keys.db']); // under yet another key; HQ has those of people
      }
      return { db, subjectKeys, outcome: ok({}) };
    }
    if ('detail' in done.error) log.warn('database-damaged', { detail: done.error.detail });
    return { db, subjectKeys, outcome: err(asRecovering(done.error)) };
  }

  const lost = why && { ...lookOf(file), why, folder, recover };
  return ok({ db: () => db, subjectKeys: () => subjectKeys, keyNow, restore, lost, close: shut });
}

type Found = { readonly db: Database; readonly why?: never } | { readonly db?: never; readonly why: Why };
type Why = LostDatabase['why'];

/** The till's own database, open; or why there is no key to it. */
function findOwn(file: string, { vault, migrations }: Place): Result<Found, OpenFailure> {
  const keyHex = databaseKey(vault, file);
  if (keyHex === null) return ok({ why: 'gone' });
  if (isCutShort(file)) return ok({ why: 'other' });
  const opened = openDatabase({ file, keyHex, migrations });
  if (!opened.ok) return opened.error.code === 'WRONG_KEY_OR_DAMAGED' ? ok({ why: 'other' }) : opened;
  const db = opened.value;
  if (!createIdentityStore(db).find() || readDeviceKey(db, vault) !== null) return ok({ db });
  db.close();
  return ok({ why: 'begun' });
}

/** Less than a header, and a WAL beside it: SQLite would take that for another file's and delete it. */
const isCutShort = (file: string): boolean =>
  existsSync(`${file}-wal`) && existsSync(file) && statSync(file).size < 512;

/** The database key: random, made once, in the vault before the database exists. Null where only the key is gone. */
function databaseKey(vault: KeyVault, file: string): string | null {
  const kept = vault.get('database-key');
  if (kept !== null) return kept;
  if (existsSync(file)) return null;
  const made = randomBytes(32).toString('hex');
  vault.set('database-key', made);
  return made;
}

/** Where the empty database lies that stands in for one without a key. */
const STAND_IN = '.no-key';

/** An empty database under a key that nobody keeps: the till can be asked, and has nothing to write to. */
function standIn({ folder, migrations }: Place) {
  const away = join(folder, STAND_IN);
  rmSync(away, { recursive: true, force: true });
  mkdirSync(away, { mode: 0o700 });
  const keyHex = randomBytes(32).toString('hex');
  const opened = openDatabase({ file: join(away, 'till.db'), keyHex, migrations });
  if (!opened.ok) throw new Error(opened.error.code);
  return { db: opened.value, subjectKeys: openSubjectKeys({ file: join(away, 'keys.db'), keyHex }) };
}

/** What can be seen of a database from outside: its last changes may be in its WAL alone. */
function lookOf(file: string) {
  const seen = [file, `${file}-wal`].filter((name) => existsSync(name)).map((name) => statSync(name));
  return {
    lastWrittenAt: Math.floor(Math.max(...seen.map(({ mtimeMs }) => mtimeMs))),
    bytes: seen.reduce((sum, { size }) => sum + size, 0),
  };
}

function opensKeys(keys: SubjectKeys): boolean {
  try {
    keys.find('');
    return true;
  } catch {
    return false;
  }
}

type OnDisk = { readonly code: 'STORAGE'; readonly reason: 'disk-full' | 'io' };

/** A disk that fails is an answer; anything else is a bug. */
function onDisk(problem: unknown): Result<never, OnDisk> {
  const code = problem instanceof Error && 'code' in problem ? String(problem.code) : '';
  if (['ENOSPC', 'EDQUOT', 'SQLITE_FULL'].includes(code))
    return err({ code: 'STORAGE', reason: 'disk-full' });
  if (/^(E[A-Z]+|SQLITE_\w+)$/.test(code)) return err({ code: 'STORAGE', reason: 'io' });
  throw problem;
}

/** As the call `auth.recover` has it. */
function asRecovering(failure: RecoverFailure | OnDisk): { readonly code: string; readonly reason?: string } {
  switch (failure.code) {
    case 'HQ_REFUSED':
    case 'STORAGE':
      return failure;
    case 'WRONG_KEY_OR_DAMAGED':
    case 'UNSAFE_SQLITE':
      return { code: 'DAMAGED' };
    default:
      return { code: failure.code };
  }
}
