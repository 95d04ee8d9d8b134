import type { Database } from 'better-sqlite3';
import type { Sealed } from '#shared/replica/changeset.ts';
import { maxBatch, type Verdict } from '#shared/replica/wire.ts';

/** The outbox: what of the journal HQ has not answered yet, oldest first. */
export function createJournal(db: Database) {
  const waiting = db.prepare<[number, number], Sealed & { dseq: number; size: number }>(
    `SELECT dseq, text, hash, sig, length(text) AS size FROM journal WHERE state = 'waiting' AND inc = ? ORDER BY dseq LIMIT ?`,
  );
  // Counted from journal_by_state alone, and the first in order is the oldest: 45,000 rows are not read for each push.
  const count = db.prepare<[], { n: number; oldest: number | null }>(
    `SELECT count(*) AS n,
            (SELECT made_at FROM journal WHERE state = 'waiting' ORDER BY inc, dseq LIMIT 1) AS oldest
       FROM journal WHERE state = 'waiting'`,
  );
  const refused = db.prepare<[], number>(`SELECT count(*) FROM journal WHERE state = 'refused'`).pluck();
  const answer = db.prepare(
    `UPDATE journal SET state = ?, reason = ?, detail = ? WHERE inc = ? AND dseq = ? AND state <> 'refused'`,
  );
  const reopen = db.prepare(
    `UPDATE journal SET state = 'waiting' WHERE inc = ? AND dseq > ? AND state IN ('at-hq', 'refused')`,
  );
  const hashAt = db
    .prepare<[number, number], string>(`SELECT hash FROM journal WHERE inc = ? AND dseq = ?`)
    .pluck();
  const incarnations = db.prepare<[], number>(`SELECT DISTINCT inc FROM journal ORDER BY inc`).pluck();
  const below = db.prepare<[number, number, number], Sealed & { dseq: number }>(
    `SELECT dseq, text, hash, sig FROM journal WHERE state = 'waiting' AND inc = ? AND dseq < ? ORDER BY dseq LIMIT ?`,
  );
  const lone = db.prepare<[number, number], Sealed & { dseq: number; inc: number }>(
    `SELECT inc, dseq, text, hash, sig FROM journal WHERE state = 'waiting' AND inc <> ? ORDER BY inc, dseq LIMIT ?`,
  );
  return {
    /**
     * The next to send: at most `most`, and no more text than `bytes`; always one at least when there is one. A run
     * without a hole, because HQ takes no other: where an answer was lost, the feed has settled what HQ accepted but
     * not what it refused in between.
     */
    batch(
      inc: number,
      { most, bytes }: { most: number; bytes: number },
    ): readonly (Sealed & { readonly dseq: number })[] {
      const rows = waiting.all(inc, most);
      const first = rows[0]?.dseq ?? 0;
      let total = 0;
      const end = rows.findIndex((row, i) => {
        total += row.size;
        return i > 0 && (total > bytes || row.dseq !== first + i);
      });
      return rows
        .slice(0, end < 0 ? rows.length : end)
        .map(({ dseq, text, hash, sig }) => ({ dseq, text, hash, sig }));
    },
    waiting: (): { n: number; oldest: number | null } => count.get() ?? { n: 0, oldest: null },
    refused: (): number => Number(refused.get() ?? 0),
    settle(inc: number, { dseq, verdict, first, reason, detail }: Verdict): void {
      const final = verdict === 'duplicate' ? first : verdict;
      answer.run(final === 'refused' ? 'refused' : 'at-hq', reason ?? null, detail ?? null, inc, dseq);
    },
    /**
     * HQ has a chain of ours only as far as `end` (it was restored): what it once had goes out again. All of it where
     * what HQ has there is not ours: which part of the rest is, only a new try tells. How many that are.
     */
    reopenBehind(inc: number, end: { readonly dseq: number; readonly hash: string } | undefined): number {
      const ours = end && hashAt.get(inc, end.dseq) === end.hash;
      return reopen.run(inc, ours ? end.dseq : 0).changes;
    },
    incarnations: (): readonly number[] => incarnations.all(),
    /** What waits of a chain below a number, at most as much as goes up at once. */
    waitingBelow: (inc: number, dseq: number) => below.all(inc, dseq, maxBatch),
    /** What waits of chains that are ended: an earlier incarnation's, which HQ has lost. */
    ofEnded: (inc: number, most: number) => lone.all(inc, most),
  };
}
