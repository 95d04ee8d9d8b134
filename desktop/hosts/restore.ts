import { copyFileSync, existsSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { RecoveryPapers } from '#shared/auth/calls-upkeep.ts';
import { err, ok, type Result } from '#shared/kernel/result.ts';
import type { KeyVault, Log } from '../till/ports.ts';
import { markRestored, readDeviceKey } from '../till/replication/rejoin.ts';
import { syncToDisk } from '../till/store/backup-files.ts';
import { createIdentityStore } from '../till/store/identity.ts';
import { openDatabase } from '../till/store/open.ts';
import { fitOf } from '../till/store/try-key.ts';
import { type RecoverFailure, recoverTill } from './recover.ts';

export type RestoreOptions = {
  /** The till's own folder. */
  readonly folder: string;
  readonly migrations: string;
  /** The file to restore; it is read and stays as it is. */
  readonly backup: string;
  readonly vault: KeyVault;
  /** Where the vault here is not that till's: its key, sealed to the org, and a code for a new device. */
  readonly papers?: RecoveryPapers | undefined;
  readonly log: Log;
  readonly version: string;
  /** Takes away what lies in the folder as the till's database: asked once. */
  readonly makeRoom: () => void;
  /** Before the vault changes, so that no database lies under a key that is gone; or last, where it does already. */
  readonly room?: 'before-vault' | 'last';
};

/** As the call `auth.restore` has them. `ON_DISK`: the disk failed; `detail` is the system's own code. */
export type RestoreFailure =
  | {
      readonly code:
        | 'NO_BACKUP_FILE'
        | 'NEEDS_RECOVERY'
        | 'NOT_A_BACKUP'
        | 'BACKUP_DAMAGED'
        | 'NEWER_SCHEMA'
        | 'BAD_SEALED_FILE'
        | 'BAD_RECOVERY_KEY'
        | 'WRONG_RECOVERY_KEY';
    }
  | { readonly code: 'HQ_REFUSED'; readonly reason: string };

/**
 * Puts a backup in the place of a till's database. All of it is done to a copy in a folder beside (`.restore`): opened
 * with its key, checked, brought to this version's schema, made to go on under the next letter; one rename makes it the
 * till's. A kill before that leaves a till without a database, or with the one it had; restoring again goes on.
 */
export async function restoreTill(
  options: RestoreOptions,
): Promise<Result<Record<never, never>, RestoreFailure>> {
  const { folder, backup, papers, makeRoom } = options;
  if (!existsSync(backup)) return err({ code: 'NO_BACKUP_FILE' });
  const staging = join(folder, '.restore');
  try {
    rmSync(staging, { recursive: true, force: true });
    mkdirSync(staging, { mode: 0o700 });
    const staged = join(staging, 'till.db');
    copyFileSync(backup, staged);
    const ready = papers ? await withPapers(staging, papers, options) : withOwnVault(staged, options);
    if (!ready.ok) return ready;
    if (!papers) makeRoom();
    syncToDisk(staged, 'file');
    renameSync(staged, join(folder, 'till.db'));
    syncToDisk(folder, 'folder');
    return ok({});
  } finally {
    rmSync(staging, { recursive: true, force: true });
  }
}

type Ready = Result<Record<never, never>, RestoreFailure>;

/** This machine's vault has the key of the database, and of the device that it is. */
function withOwnVault(staged: string, { vault, migrations }: RestoreOptions): Ready {
  const keyHex = vault.get('database-key');
  if (keyHex === null) return err({ code: 'NEEDS_RECOVERY' });
  const fit = fitOf(staged, keyHex);
  if (!fit.fits) return err({ code: fit.why === 'damaged' ? 'BACKUP_DAMAGED' : 'NEEDS_RECOVERY' });
  const opened = openDatabase({ file: staged, keyHex, migrations });
  if (!opened.ok)
    return err({ code: opened.error.code === 'NEWER_SCHEMA' ? 'NEWER_SCHEMA' : 'BACKUP_DAMAGED' });
  const db = opened.value;
  try {
    if (!createIdentityStore(db).find()) return err({ code: 'NOT_A_BACKUP' });
    if (readDeviceKey(db, vault) === null) return err({ code: 'NEEDS_RECOVERY' });
    markRestored(db, vault);
    return ok({});
  } catch {
    return err({ code: 'NOT_A_BACKUP' }); // a database of something else, under this key
  } finally {
    db.close();
  }
}

/** The org's recovery key opens it, and HQ makes it a new device: hosts/recover.ts, over the copy. */
async function withPapers(
  staging: string,
  { sealed, recoveryKey, hqUrl, code }: RecoveryPapers,
  { vault, migrations, log, version, makeRoom, room = 'before-vault' }: RestoreOptions,
): Promise<Ready> {
  let made = false;
  // Who keeps the key of what lies here keeps it until the backup's own has been seen to fit.
  const guarded: KeyVault = {
    get: vault.get,
    set(name, value) {
      if (!made && room === 'before-vault') {
        makeRoom();
        made = true;
      }
      vault.set(name, value);
    },
  };
  const given = { sealed, recoveryKey, hqUrl, code, log, version, migrations };
  const done = await recoverTill({ ...given, folder: staging, vault: guarded });
  if (!done.ok) return err(asRestoring(done.error));
  if (!made) makeRoom();
  return ok({});
}

function asRestoring(failure: RecoverFailure): RestoreFailure {
  switch (failure.code) {
    case 'HQ_REFUSED':
      return failure;
    case 'BAD_SEALED_FILE':
    case 'BAD_RECOVERY_KEY':
    case 'WRONG_RECOVERY_KEY':
    case 'NEWER_SCHEMA':
      return { code: failure.code };
    case 'NO_KEY_FITS':
    case 'NOT_ENROLLED':
      return { code: 'NOT_A_BACKUP' };
    default:
      return { code: 'BACKUP_DAMAGED' };
  }
}
