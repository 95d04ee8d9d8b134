import type pg from 'pg';
import type { Accepted } from '#shared/replica/plan.ts';
import { verifyAll } from '../store/signing.ts';

/** What is checked, and where it stands in its chain. */
export type Signed = Pick<Accepted, 'sealed'> & {
  readonly envelope: Pick<Accepted['envelope'], 'device' | 'inc' | 'dseq' | 'type'>;
};

export type SignatureCheck = {
  /** Queues changesets of a batch whose last signature is good. Resolves at once, or when there is room again. */
  readonly add: (publicKey: string, taken: readonly Signed[]) => Promise<void>;
  /** Queues what an earlier process took in and did not get to. */
  readonly resume: () => Promise<void>;
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
 * flagged for a person. How far each chain is checked is kept in `chain_head.verified`, so what a crash leaves unchecked
 * is checked at the next start.
 */
export function createSignatureCheck(
  pool: Pick<pg.Pool, 'query'>,
  onError: (problem: unknown) => void,
): SignatureCheck {
  const queue: { readonly publicKey: string; readonly taken: readonly Signed[] }[] = [];
  const checked = new Map<string, Signed['envelope']>();
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
      const last = taken.at(-1)?.envelope;
      if (last) checked.set(`${last.device}/${last.inc}`, last);
    }
    await keepVerified(pool, [...checked.values()]).catch(onError);
    checked.clear();
  };
  const add = async (publicKey: string, taken: readonly Signed[]): Promise<void> => {
    for (let i = 0; i < taken.length; i += SLICE) queue.push({ publicKey, taken: taken.slice(i, i + SLICE) });
    waiting += taken.length;
    working ??= work().finally(() => {
      working = null;
    });
    if (waiting > MOST) await working;
  };
  return {
    add,
    async resume() {
      for (const { publicKey, ...signed } of await readUnverified(pool)) await add(publicKey, [signed]);
    },
    settled: async () => {
      await working;
    },
  };
}

async function flagBad(
  pool: Pick<pg.Pool, 'query'>,
  publicKey: string,
  taken: readonly Signed[],
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

async function keepVerified(
  pool: Pick<pg.Pool, 'query'>,
  ends: readonly Signed['envelope'][],
): Promise<void> {
  if (ends.length === 0) return;
  // Not synced: what a crash forgets here is checked once more at the next start, and a push of the chain need not wait.
  await pool.query(
    `WITH unsynced AS MATERIALIZED (SELECT set_config('synchronous_commit', 'off', true))
     UPDATE chain_head AS h SET verified = greatest(h.verified, e.dseq)
       FROM unsynced, unnest($1::text[], $2::int[], $3::bigint[]) AS e(device, inc, dseq)
      WHERE h.device = e.device AND h.inc = e.inc`,
    [ends.map((e) => e.device), ends.map((e) => e.inc), ends.map((e) => e.dseq)],
  );
}

/** What no process has checked, of the chains that are behind; the log is looked through only where there are any. */
async function readUnverified(
  pool: Pick<pg.Pool, 'query'>,
): Promise<readonly (Signed & { readonly publicKey: string })[]> {
  const { rows } = await pool.query<Unverified>(
    `SELECT l.device, l.inc, l.dseq, l.type, l.hash, l.sig, d.public_key AS "publicKey"
       FROM chain_head h
       JOIN device d ON d.id = h.device
       JOIN change_log l ON l.device = h.device AND l.inc = h.inc AND l.dseq > h.verified
      WHERE h.verified < h.dseq ORDER BY l.device, l.inc, l.dseq`,
  );
  return rows.map(({ publicKey, hash, sig, ...envelope }) => ({
    publicKey,
    sealed: { text: '', hash, sig },
    envelope,
  }));
}

type Unverified = Signed['envelope'] & {
  readonly hash: string;
  readonly sig: string;
  readonly publicKey: string;
};
