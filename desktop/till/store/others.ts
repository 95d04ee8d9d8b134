import type { Database } from 'better-sqlite3';
import type { Envelope, Sealed } from '#shared/replica/changeset.ts';
import type { Origin } from '#shared/replica/merge.ts';

/** A changeset's place in its chain, and its scope. */
type Place = Origin & { readonly scope: string };

/** Another till's changeset that HQ has not numbered yet. */
export type PendingChange = Origin & { readonly scope: string } & Sealed;

/** Changesets of other devices: those that came early, those kept for a restored HQ, and how far each chain has come. */
export function createOthersStore(db: Database) {
  const one = db.prepare<[string, number, number], PendingChange>(
    `SELECT * FROM pending_change WHERE device = ? AND inc = ? AND dseq = ?`,
  );
  const any = db.prepare(`SELECT 1 FROM pending_change LIMIT 1`).pluck();
  const add = db.prepare(
    `INSERT INTO pending_change (device, inc, dseq, scope, text, hash, sig) VALUES (?, ?, ?, ?, ?, ?, ?)`,
  );
  const remove = db.prepare(`DELETE FROM pending_change WHERE device = ? AND inc = ? AND dseq = ?`);
  const ofScope = db.prepare<[string], PendingChange>(`SELECT * FROM pending_change WHERE scope = ?`);
  const heldOf = db.prepare<[string], PendingChange>(`SELECT * FROM held_change WHERE scope = ?`);
  const hold = db.prepare(
    `INSERT INTO held_change (scope, device, inc, dseq, seq, text, hash, sig, at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
     ON CONFLICT (device, inc, dseq) DO UPDATE SET seq = excluded.seq, at = excluded.at, text = excluded.text,
       hash = excluded.hash, sig = excluded.sig`,
  );
  const prune = db.prepare(
    `DELETE FROM held_change WHERE (device, inc, dseq) IN (SELECT device, inc, dseq FROM held_change WHERE at < ? ORDER BY at LIMIT ?)`,
  );
  const reached = db
    .prepare<[string, string, number], number>(
      `SELECT dseq FROM chain_at WHERE scope = ? AND device = ? AND inc = ?`,
    )
    .pluck();
  const reach = db.prepare(
    `INSERT INTO chain_at (scope, device, inc, dseq) VALUES (?, ?, ?, ?)
     ON CONFLICT (scope, device, inc) DO UPDATE SET dseq = excluded.dseq WHERE dseq < excluded.dseq`,
  );
  return {
    pending: ({ device, inc, dseq }: Origin): PendingChange | undefined =>
      any.get() === undefined ? undefined : one.get(device, inc, dseq),
    allPending: (scope: string): PendingChange[] => (any.get() === undefined ? [] : ofScope.all(scope)),
    held: (scope: string): PendingChange[] => heldOf.all(scope),
    keep({ text, hash, sig }: Sealed, { device, inc, dseq, scope }: Envelope): void {
      add.run(device, inc, dseq, scope, text, hash, sig);
    },
    drop: ({ device, inc, dseq }: Origin): void => {
      remove.run(device, inc, dseq);
    },
    /** Kept as it was signed, for as long as HQ may go without a backup (`prune`). */
    hold(
      {
        seq,
        sealed,
        envelope,
      }: { readonly seq: number; readonly sealed: Sealed; readonly envelope: Envelope },
      nowMs: number,
    ): void {
      const { scope, device, inc, dseq } = envelope;
      hold.run(scope, device, inc, dseq, seq, sealed.text, sealed.hash, sealed.sig, nowMs);
    },
    /** Lets go of what was held before; how many went, at most `most`. */
    prune: (beforeMs: number, most: number): number => prune.run(beforeMs, most).changes,
    /** The highest number of the chain that has come in the scope; 0 before the first. */
    reached: ({ scope, device, inc }: Place): number => reached.get(scope, device, inc) ?? 0,
    /** A chain has come this far in the scope. What is pending below may have been refused, or stand in a hole. */
    reach: ({ scope, device, inc, dseq }: Place): void => {
      reach.run(scope, device, inc, dseq);
    },
  };
}
