import type pg from 'pg';
import { err, ok, type Result } from '#shared/kernel/result.ts';
import { businessDate } from '#shared/kernel/zone.ts';
import type { Change } from '#shared/replica/changeset.ts';
import { inTransaction } from '../store/pool.ts';
import { writeChanges } from '../store/writer.ts';
import { newId } from './bootstrap.ts';

/** A till's database key, sealed to the org's offline recovery key (HPKE), one for each device the till has had. */
export type SealedKeyFile = {
  readonly format: 1;
  /** 'S01-T02'. */
  readonly till: string;
  readonly tillId: string;
  /** The last to enrol first. Which of them opens a database, that database says. */
  readonly keys: readonly {
    readonly device: string;
    readonly inc: number;
    /** Epoch milliseconds. */
    readonly at: number;
    readonly sealed: string;
  }[];
};

type GiveRefusal =
  /** No such till. */
  | { readonly code: 'NOT_FOUND' }
  /** The till has never enrolled, or never came so far as to leave its key. */
  | { readonly code: 'NO_KEY' };

/** Keeps a till's database key, sealed to the org's offline recovery key. The last one sent counts. */
export async function keepSealedKey(
  pool: Pick<pg.Pool, 'query'>,
  { device, inc }: { readonly device: string; readonly inc: number },
  { sealed, nowMs }: { readonly sealed: string; readonly nowMs: number },
): Promise<void> {
  await pool.query(
    `INSERT INTO sealed_key (device, inc, sealed, at) VALUES ($1, $2, $3, $4)
     ON CONFLICT (device, inc) DO UPDATE SET sealed = excluded.sealed, at = excluded.at`,
    [device, inc, sealed, nowMs],
  );
}

/**
 * Gives out what a till has left for the day its keystore is gone: worth something only with the recovery key, which
 * HQ has not got. That it was given is in the audit before anyone has it.
 *
 * @param till store and till, 'S01-T02'
 */
export function giveSealedKey(
  pool: pg.Pool,
  till: string,
  { nowMs, actor }: { readonly nowMs: number; readonly actor: string },
): Promise<Result<SealedKeyFile, GiveRefusal>> {
  return inTransaction(pool, async (client) => {
    const { rows: tills } = await client.query<{ id: string }>(
      `SELECT t.id FROM till t JOIN store s ON s.id = t.store_id
        WHERE s.code || '-' || t.code = $1 AND NOT t.deleted AND NOT s.deleted`,
      [till],
    );
    const tillId = tills[0]?.id;
    if (tillId === undefined) return err({ code: 'NOT_FOUND' } as const);
    const { rows: keys } = await client.query<SealedKeyFile['keys'][number]>(
      `SELECT k.device, k.inc, k.at, k.sealed FROM sealed_key k JOIN device d ON d.id = k.device
        WHERE d.till_id = $1 ORDER BY k.inc DESC, k.at DESC`,
      [tillId],
    );
    if (keys.length === 0) return err({ code: 'NO_KEY' } as const);
    const entry = await auditOfTill(client, tillId, {
      ...{ action: 'till.sealed-key-given', actor, nowMs },
      details: { keys: keys.length },
    });
    await writeChanges(client, { actor, type: 'sealed-key' }, [entry]);
    return ok({ format: 1, till, tillId, keys });
  });
}

type Audited = {
  readonly action: 'till.sealed-key-given' | 'till.recovered';
  readonly actor: string;
  readonly nowMs: number;
  readonly details: Readonly<Record<string, unknown>>;
};

/** An entry in the audit of the till's store. */
export async function auditOfTill(
  client: Pick<pg.PoolClient, 'query'>,
  tillId: string,
  { action, actor, nowMs, details }: Audited,
): Promise<Change> {
  const { rows } = await client.query<{ storeId: string; zone: string; dayStartHour: number }>(
    `SELECT s.id AS "storeId", s.zone, s.day_start_hour AS "dayStartHour"
       FROM till t JOIN store s ON s.id = t.store_id WHERE t.id = $1`,
    [tillId],
  );
  const [place] = rows;
  if (!place) throw new Error(`a till without a store: ${tillId}`);
  const row = {
    ...{ id: newId(nowMs), storeId: place.storeId, tillId, at: nowMs, actorId: actor, reason: null },
    businessDate: businessDate(nowMs, place.zone, place.dayStartHour),
    ...{ action, subjectId: tillId, details },
  };
  return { t: 'audit_entry', op: 'insert', row };
}
