import type pg from 'pg';
import type { z } from 'zod';
import type { LogDigest } from '#shared/replica/log-digest.ts';
import type { pushRequest } from '#shared/replica/wire.ts';
import type { AheadClaim } from '../store/epoch.ts';
import { digestAt } from './digest.ts';

type Place = z.infer<typeof pushRequest>['read'][number];

/** Digests remembered: tills of a scope mostly stand at the same number. */
const MOST = 2_000;

export type ReadPlaces = ReturnType<typeof createReadPlaces>;

/**
 * How far devices say they have read, held against HQ's own log. Idle tills say the same every quarter of a minute:
 * that costs no query.
 */
export function createReadPlaces(pool: Pick<pg.Pool, 'query'>, onAheadOfUs: (claim: AheadClaim) => void) {
  const digests = new Map<string, LogDigest>();
  const known = new Map<string, string>();

  async function digestOf(epoch: string, { scope, seq }: Place): Promise<LogDigest | null> {
    const key = `${epoch} ${scope} ${seq}`;
    const kept = digests.get(key);
    if (kept !== undefined) return kept;
    const found = await digestAt(pool, { scope, seq });
    if (found === null) return null;
    if (digests.size >= MOST) digests.clear();
    digests.set(key, found);
    return found;
  }

  return {
    /** Keeps the places and answers the scopes whose log the device has otherwise. Of another epoch nothing is said. */
    async take(
      device: string,
      read: readonly Place[],
      { epoch, nowMs }: { readonly epoch: string; readonly nowMs: number },
    ): Promise<string[]> {
      const diverged: string[] = [];
      for (const place of read) {
        if (place.epoch !== epoch) continue;
        const digest = await digestOf(epoch, place);
        if (digest === null) {
          // It has read what HQ has not: HQ was restored without a word.
          onAheadOfUs({ scope: place.scope, seq: place.seq, epoch });
          continue;
        }
        const equal = digest === place.digest;
        if (!equal) diverged.push(place.scope);
        const said = `${place.seq} ${equal}`;
        if (known.get(`${device} ${place.scope}`) === said) continue;
        await pool.query(
          `INSERT INTO device_scope (device, scope, seq, equal, at) VALUES ($1, $2, $3, $4, $5)
           ON CONFLICT (device, scope) DO UPDATE SET seq = excluded.seq, equal = excluded.equal, at = excluded.at`,
          [device, place.scope, place.seq, equal, nowMs],
        );
        known.set(`${device} ${place.scope}`, said);
      }
      return diverged;
    },
  };
}
