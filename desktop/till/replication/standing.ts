import type { Database } from 'better-sqlite3';
import { z } from 'zod';
import { createPreferences } from '../store/preferences.ts';
import type { SignedIn } from './hq.ts';

/** What HQ last told this till about itself, kept over restarts. */
export function createStanding(db: Database) {
  const { read, keep } = createPreferences(db);
  let storeId: string | null = null;
  return {
    hear(reply: SignedIn): void {
      storeId = reply.storeId;
      keep('hq-bundle-key', reply.bundleKey);
      if (read('hq-epoch', z.string()) === null) keep('hq-epoch', reply.epoch);
    },
    /** The store this device belongs to; null before the first sign-in of this process. */
    storeId: (): string | null => storeId,
    /** The incarnation HQ has granted: the one to sign in with. A till may have taken a higher one while HQ was away. */
    knownInc: (own: number): number => read('hq-inc', z.int()) ?? own,
    keepInc: (inc: number): void => keep('hq-inc', inc),
    /** Whether HQ was restored since what we gave it back for. */
    isOtherEpoch: (epoch: string): boolean => read('hq-epoch', z.string()) !== epoch,
    keepEpoch: (epoch: string): void => keep('hq-epoch', epoch),
  };
}
