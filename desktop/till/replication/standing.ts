import type { Database } from 'better-sqlite3';
import { z } from 'zod';
import type { SignedIn } from './hq.ts';

/** What HQ last told this till about itself, kept over restarts. */
export function createStanding(db: Database) {
  const read = db.prepare<[string], string>(`SELECT value FROM preference WHERE key = ?`).pluck();
  const write = db.prepare(
    `INSERT INTO preference (key, value) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value`,
  );
  const kept = <T>(key: string, schema: z.ZodType<T>): T | null => {
    const text = read.get(key);
    return text === undefined ? null : schema.parse(JSON.parse(text));
  };
  const keep = (key: string, value: unknown): void => {
    if (read.get(key) !== JSON.stringify(value)) write.run(key, JSON.stringify(value));
  };
  let storeId: string | null = null;
  return {
    hear(reply: SignedIn): void {
      storeId = reply.storeId;
      keep('hq-bundle-key', reply.bundleKey);
      if (read.get('hq-epoch') === undefined) keep('hq-epoch', reply.epoch);
    },
    /** The store this device belongs to; null before the first sign-in of this process. */
    storeId: (): string | null => storeId,
    /** The incarnation HQ has granted: the one to sign in with. A till may have taken a higher one while HQ was away. */
    knownInc: (own: number): number => kept('hq-inc', z.int()) ?? own,
    keepInc: (inc: number): void => keep('hq-inc', inc),
    /** Whether HQ was restored since what we gave it back for. */
    isOtherEpoch: (epoch: string): boolean => kept('hq-epoch', z.string()) !== epoch,
    keepEpoch: (epoch: string): void => keep('hq-epoch', epoch),
  };
}
