import type { Database } from 'better-sqlite3';
import { genesisHash } from '#shared/replica/changeset.ts';
import { zeroHlc } from '#shared/replica/hlc.ts';

/** Who this replica is, and where its chain and its clock stand. */
export type Identity = {
  readonly device: string;
  readonly inc: number;
  readonly dseq: number;
  readonly headHash: string;
  readonly hlc: string;
  readonly storeId: string;
  readonly tillId: string;
  readonly hqUrl: string;
};

export type IdentityStore = ReturnType<typeof createIdentityStore>;

export function createIdentityStore(db: Database) {
  const select = db.prepare<[], Identity>(
    `SELECT device, inc, dseq, head_hash AS headHash, hlc, store_id AS storeId, till_id AS tillId, hq_url AS hqUrl FROM identity WHERE one = 1`,
  );
  const insert = db.prepare(
    `INSERT INTO identity (one, device, inc, dseq, head_hash, hlc, store_id, till_id, hq_url) VALUES (1, ?, ?, 0, ?, ?, ?, ?, ?)`,
  );
  const update = db.prepare(`UPDATE identity SET dseq = ?, head_hash = ?, hlc = ? WHERE one = 1`);
  const updateHlc = db.prepare(`UPDATE identity SET hlc = ? WHERE one = 1 AND hlc < ?`);
  const again = db.prepare(`UPDATE identity SET inc = ?, dseq = ?, head_hash = ? WHERE one = 1`);
  const find = (): Identity | null => select.get() ?? null;
  return {
    find,
    read: (): Identity => {
      const found = find();
      if (!found) throw new Error('this till is not enrolled');
      return found;
    },
    enrol: (who: Pick<Identity, 'device' | 'inc' | 'storeId' | 'tillId' | 'hqUrl'>): void => {
      insert.run(who.device, who.inc, genesisHash, zeroHlc, who.storeId, who.tillId, who.hqUrl);
    },
    advance: (dseq: number, headHash: string, hlc: string): void => {
      update.run(dseq, headHash, hlc);
    },
    /** Another incarnation: another chain, the same device and clock. */
    reincarnate: (inc: number, { dseq, headHash }: Pick<Identity, 'dseq' | 'headHash'>): void => {
      again.run(inc, dseq, headHash);
    },
    /** The local clock takes in a stamp that HQ gave. */
    hear: (effHlc: string): void => {
      updateHlc.run(effHlc, effHlc);
    },
  };
}
