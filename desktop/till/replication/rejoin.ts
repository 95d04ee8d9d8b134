import type { Database } from 'better-sqlite3';
import { z } from 'zod';
import { type EnrolReply, protocolVersion } from '#shared/replica/wire.ts';
import type { KeyVault, TillPorts } from '../ports.ts';
import { refuse } from '../refuse.ts';
import { RESTORED_ABOVE } from '../store/head-keeper.ts';
import { createIdentityStore } from '../store/identity.ts';
import { createPreferences } from '../store/preferences.ts';
import { currentDeviceKey, type DeviceKey, deviceKeyIn } from './device-key.ts';
import { createHq, HqError } from './hq.ts';
import { askToEnrol, isSafeTransport, leaveSealedKey } from './join.ts';

/** `how`: by the org's recovery key, because the keystore was lost, or by a person at a revoked till. */
export type RejoinInput = {
  readonly code: string;
  readonly hqUrl: string;
  readonly how: 'recovery-key' | 'kept-vault';
};

/** HQ's answer to a till that comes again: kept until `becomeDevice` has been called, and worth nothing after it. */
export type Rejoined = EnrolReply & { readonly hqUrl: string; readonly publicKey: string };

type Deps = Pick<TillPorts, 'vault' | 'fetch' | 'version' | 'clock' | 'log'>;

/**
 * Asks HQ to put a till to work again with the database it has, under a new device. Nothing here changes but the vault,
 * which holds the new device's key before HQ hears of it: what fails can be tried again, with another code where HQ may
 * have heard the first. The contract's errors are thrown as `refuse` does.
 */
export async function askToRejoin(
  db: Database,
  { code, hqUrl, how }: RejoinInput,
  { vault, fetch, version, clock, log }: Deps,
): Promise<Rejoined> {
  if (!isSafeTransport(hqUrl)) refuse({ code: 'INSECURE_URL' });
  const { device, tillId } = createIdentityStore(db).read();
  const key = deviceKeyIn(vault, 'next-device-key');
  const hq = createHq({ url: hqUrl, fetch, nowMs: clock.nowMs });
  const reply = await askToEnrol(hq, '/enrol/again', {
    ...{ code: code.toUpperCase(), publicKey: key.publicKey, protocol: protocolVersion, version },
    ...{ tillId, device, how },
  });
  const knownHq = db.prepare<[], string>(`SELECT signing_key FROM org`).pluck().get();
  if (knownHq !== undefined && knownHq !== reply.hqKey) refuse({ code: 'OTHER_HQ' });
  try {
    await leaveSealedKey(hq, reply, { key, databaseKey: vault.get('database-key') ?? '' });
  } catch (problem) {
    // The database keeps its key: what an earlier device has left opens it still.
    if (!(problem instanceof HqError)) throw problem;
    log.warn('sealed-key-not-left', { problem: problem.message });
  }
  return { ...reply, hqUrl, publicKey: key.publicKey };
}

/**
 * From here on this database is the new device's: same rows, same journal, a chain of its own under a letter that no
 * receipt bears. One transaction; the vault follows it (device-key.ts). The till must be made anew over it.
 */
export function becomeDevice(db: Database, vault: KeyVault, joined: Rejoined): void {
  const { device, hqUrl, publicKey, pepper } = joined;
  const identity = createIdentityStore(db);
  const preferences = createPreferences(db);
  vault.set('store-pepper', pepper);
  db.transaction(() => {
    // HQ hears at the first contact of a letter it has not given, and confirms it or gives another.
    identity.become({ device, hqUrl, inc: Math.max(joined.inc, lastIncarnation(db, vault) + 1) });
    preferences.keep(DEVICE_KEY, publicKey);
    preferences.keep('hq-inc', joined.inc);
    preferences.forget('revoked');
  }).immediate();
  readDeviceKey(db, vault);
}

/**
 * Says in a database brought back from a backup that it was: it goes on above every letter that it, or the vault, knows of
 * (store/head-keeper.ts), also where nothing was made since the backup. Whose receipts bear the old one nobody can say.
 */
export function markRestored(db: Database, vault: KeyVault): void {
  createPreferences(db).keep(RESTORED_ABOVE, lastIncarnation(db, vault));
}

/** The key of the device that a database says it is; null where the vault has lost it. */
export function readDeviceKey(db: Database, vault: KeyVault): DeviceKey | null {
  return currentDeviceKey(vault, createPreferences(db).read(DEVICE_KEY, z.string()));
}

/** The public key of the device this till has become, where it was enrolled more than once. */
const DEVICE_KEY = 'device-public-key';

/** The highest this till knows to have been used: in the database, or by one that was restored since. */
function lastIncarnation(db: Database, vault: KeyVault): number {
  const made = db.prepare<[], number>(`SELECT coalesce(max(inc), 0) FROM journal`).pluck().get() ?? 0;
  const head = vault.get('chain-head');
  const kept = head === null ? 0 : z.object({ inc: z.int() }).parse(JSON.parse(head)).inc;
  return Math.max(made, kept, createIdentityStore(db).read().inc);
}
