import type { Database } from 'better-sqlite3';
import type { Row } from '#shared/replica/changeset.ts';

/** Journal entries whose movements may have to be added to a snapshot's sums. */
export type Journaled = {
  readonly inc: number;
  readonly dseq: number;
  readonly hash: string;
  readonly state: 'waiting' | 'at-hq' | 'refused';
  readonly text: string;
};

/** How far one of our chains stood at HQ. */
export type ChainStand = { readonly inc: number; readonly above: number };

/** Entries of a journal read at once: of a chain that HQ has otherwise it may be all there are. */
const PAGE = 500;

/** What on hand counts: HQ's checkpoint, and what it has not got yet. */
export function createSums(db: Database) {
  const add = db.prepare(
    `INSERT INTO on_hand (batch_id, pack_id, qty_base) VALUES (?, ?, ?)
     ON CONFLICT (batch_id) DO UPDATE SET qty_base = qty_base + excluded.qty_base`,
  );
  const anyOut = db.prepare(`SELECT 1 FROM uncounted LIMIT 1`).pluck();
  const back = db.prepare(`DELETE FROM uncounted WHERE movement_id = ?`);
  const out = db.prepare(`INSERT INTO uncounted (movement_id) VALUES (?) ON CONFLICT DO NOTHING`);
  const unanswered = db.prepare<[string], Journaled>(
    `SELECT inc, dseq, hash, state, text FROM journal WHERE scope = ? AND state IN ('waiting', 'refused')`,
  );
  const answeredAbove = db.prepare<[string, number, number], Journaled>(
    `SELECT inc, dseq, hash, state, text FROM journal WHERE scope = ? AND state = 'at-hq' AND inc = ? AND dseq > ?
      ORDER BY dseq LIMIT ${PAGE}`,
  );
  const since = db.prepare<[number], string>(`SELECT id FROM stock_movement WHERE at >= ?`).pluck();
  return {
    add({ batchId, packId, qtyBase }: Row): void {
      add.run(batchId, packId, qtyBase);
    },
    /** Whether a movement that is here was left out of the sums until now. */
    countAgain: (id: string): boolean => anyOut.get() !== undefined && back.run(id).changes > 0,
    /** Whether a movement was counted until now. */
    leaveOut: (id: string): boolean => out.run(id).changes > 0,
    movementsSince: (sinceMs: number): string[] => since.all(sinceMs),
    /** What HQ may not have counted: unanswered, refused, or answered after `above` of these chains. */
    *journaled(scope: string, chains: readonly ChainStand[]): Generator<Journaled> {
      yield* unanswered.all(scope);
      for (const { inc, above } of chains) {
        let page = answeredAbove.all(scope, inc, above);
        while (page.length > 0) {
          yield* page;
          page = answeredAbove.all(scope, inc, page.at(-1)?.dseq ?? 0);
        }
      }
    },
  };
}
