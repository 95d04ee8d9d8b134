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
  const selectDevice = db.prepare<[], string>(`SELECT device FROM identity WHERE one = 1`).pluck();
  const insert = db.prepare(
    `INSERT INTO identity (one, device, inc, dseq, head_hash, hlc, store_id, till_id, hq_url) VALUES (1, ?, ?, 0, ?, ?, ?, ?, ?)`,
  );
  const update = db.prepare(`UPDATE identity SET dseq = ?, head_hash = ?, hlc = ? WHERE one = 1`);
  const updateHlc = db.prepare(`UPDATE identity SET hlc = ? WHERE one = 1 AND hlc < ?`);
  const again = db.prepare(`UPDATE identity SET inc = ?, dseq = ?, head_hash = ? WHERE one = 1`);
  const become = db.prepare(
    `UPDATE identity SET device = ?, inc = ?, dseq = 0, head_hash = ?, hq_url = ? WHERE one = 1`,
  );
  const signedIn = db
    .prepare<[number], string | null>(
      `SELECT CASE WHEN json_valid(text) THEN json_extract(text, '$.device') END FROM journal WHERE inc = ? ORDER BY dseq LIMIT 1`,
    )
    .pluck();
  const authors = new Map<number, string>();
  const find = (): Identity | null => select.get() ?? null;
  const read = (): Identity => {
    const found = find();
    if (!found) throw new Error('this till is not enrolled');
    return found;
  };
  const deviceOf = (inc: number): string => {
    const known = authors.get(inc) ?? signedIn.get(inc) ?? null;
    if (known === null) return read().device;
    authors.set(inc, known);
    return known;
  };
  return {
    find,
    read,
    /** This device; nothing before it is enrolled. Asked of every changeset that comes in. */
    device: (): string | undefined => selectDevice.get(),
    /**
     * The device that made our chain of an incarnation: a former one, where this till was put to work again. No two of
     * our chains have the same incarnation, whoever made them; the journal's key stands on it.
     */
    deviceOf,
    /** Whether a chain is one of ours: made by this device, or by one it has been. */
    isOwn: ({ device, inc }: Pick<Identity, 'device' | 'inc'>): boolean =>
      device === selectDevice.get() || device === deviceOf(inc),
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
    /** Another device from here on: a chain of its own; same rows, same clock. */
    become: ({ device, inc, hqUrl }: Pick<Identity, 'device' | 'inc' | 'hqUrl'>): void => {
      become.run(device, inc, genesisHash, hqUrl);
    },
    /** The local clock takes in a stamp that HQ gave. */
    hear: (effHlc: string): void => {
      updateHlc.run(effHlc, effHlc);
    },
  };
}
