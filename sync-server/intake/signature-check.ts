import type pg from 'pg';
import type { Accepted } from '#shared/replica/plan.ts';
import { verifyAll } from '../store/signing.ts';

export type SignatureCheck = {
  /** Queues changesets of a batch whose last signature is good. Resolves at once, or when there is room again. */
  readonly add: (publicKey: string, taken: readonly Accepted[]) => Promise<void>;
  /** Resolves when nothing is queued. */
  readonly settled: () => Promise<void>;
};

/** Signatures waiting at most; a sender that is faster waits. */
const MOST = 5_000;
/** Checked together, on the thread pool: little enough to leave it to the batches that come in. */
const SLICE = 4;

/**
 * Verifies the signatures inside a batch after it was taken. The last one, verified before, covers the content of all
 * (each hash is in its successor), so a bad one here is no forgery but a device that signs wrongly: its changeset is
 * flagged for a person. What a crash leaves unchecked, `npm run verify` finds in the log.
 */
export function createSignatureCheck(
  pool: Pick<pg.Pool, 'query'>,
  onError: (problem: unknown) => void,
): SignatureCheck {
  const queue: { readonly publicKey: string; readonly taken: readonly Accepted[] }[] = [];
  let waiting = 0;
  let working: Promise<void> | null = null;

  const work = async () => {
    for (let next = queue.shift(); next; next = queue.shift()) {
      const { publicKey, taken } = next;
      if (
        !(await verifyAll(
          publicKey,
          taken.map(({ sealed }) => sealed),
        ))
      )
        await flagBad(pool, publicKey, taken).catch(onError);
      waiting -= taken.length;
    }
  };
  return {
    async add(publicKey, taken) {
      for (let i = 0; i < taken.length; i += SLICE)
        queue.push({ publicKey, taken: taken.slice(i, i + SLICE) });
      waiting += taken.length;
      working ??= work().finally(() => {
        working = null;
      });
      if (waiting > MOST) await working;
    },
    settled: async () => {
      await working;
    },
  };
}

async function flagBad(
  pool: Pick<pg.Pool, 'query'>,
  publicKey: string,
  taken: readonly Accepted[],
): Promise<void> {
  for (const { sealed, envelope } of taken) {
    if (await verifyAll(publicKey, [sealed])) continue;
    const { device, inc, dseq, type } = envelope;
    await pool.query(
      `INSERT INTO flag (id, device, inc, dseq, reason, detail, at)
       VALUES ($1, $2, $3, $4, 'BAD_SIGNATURE', $5, (extract(epoch FROM clock_timestamp()) * 1000)::bigint)
       ON CONFLICT (id) DO UPDATE SET reason = excluded.reason`,
      [`${device}/${inc}/${dseq}`, device, inc, dseq, type],
    );
  }
}
