import { EventPublisher } from '@orpc/server';
import type pg from 'pg';
import { openEnvelope } from '#shared/replica/changeset.ts';
import type { SaleRow } from '#shared/sales/calls.ts';
import { salesOf } from './list.ts';

/** Calls back after every commit that added to the log; answers how to stop. HQ has one, on NOTIFY. */
export type OnChange = (listener: () => void) => () => void;

export type SalesWatch = {
  /** Sales as they arrive, the latest first in each event; the first event is empty and says that it is live. */
  readonly arrivals: (signal: AbortSignal | undefined) => AsyncGenerator<SaleRow[]>;
};

/** A burst of pushes is one event. */
const QUIET_MS = 150;
/** What one event may hold; of more, the last are shown. */
const AT_MOST = 100;

/** Follows the log for new sales, by arrival and not by their own time: a till back from a week offline shows too. */
export function createSalesWatch({
  pool,
  onChange,
}: {
  readonly pool: pg.Pool;
  readonly onChange: OnChange;
}): SalesWatch {
  const publisher = new EventPublisher<{ sales: SaleRow[] }>({ maxBufferedEvents: 20 });
  let followers = 0;
  let stop = () => {};

  return {
    async *arrivals(signal) {
      followers += 1;
      if (followers === 1)
        stop = follow({ pool, onChange, publish: (rows) => publisher.publish('sales', rows) });
      try {
        yield [];
        yield* publisher.subscribe('sales', signal ? { signal } : {});
      } finally {
        followers -= 1;
        if (followers === 0) stop();
      }
    },
  };
}

type Follow = {
  readonly pool: pg.Pool;
  readonly onChange: OnChange;
  readonly publish: (rows: SaleRow[]) => void;
};

/** Reads what the log has grown by, once things are quiet, until it is stopped. A lost database is tried again. */
function follow({ pool, onChange, publish }: Follow): () => void {
  let seen: Promise<Heads | null> = readHeads(pool).catch(() => null);
  let timer: NodeJS.Timeout | undefined;
  let reading = false;
  const turn = async () => {
    timer = undefined;
    if (reading) return wake();
    reading = true;
    try {
      const before = await seen;
      const after = await readHeads(pool);
      const ids = before ? await newSales(pool, before, after) : [];
      seen = Promise.resolve(after);
      if (ids.length > 0) publish(await salesOf(pool, ids));
    } catch {
      // Postgres is away: the next change, which only it can bring, reads on from where we were.
    } finally {
      reading = false;
    }
  };
  const wake = () => {
    timer ??= setTimeout(turn, QUIET_MS);
  };
  const unsubscribe = onChange(wake);
  return () => {
    unsubscribe();
    clearTimeout(timer);
  };
}

type Heads = ReadonlyMap<string, number>;

async function readHeads(pool: pg.Pool): Promise<Heads> {
  const { rows } = await pool.query<{ scope: string; seq: number }>(
    `SELECT scope, seq FROM scope_head WHERE scope LIKE 'store:%'`,
  );
  return new Map(rows.map(({ scope, seq }) => [scope, seq]));
}

async function newSales(pool: pg.Pool, before: Heads, after: Heads): Promise<string[]> {
  const grown = [...after].filter(([scope, seq]) => seq > (before.get(scope) ?? 0)).map(([scope]) => scope);
  if (grown.length === 0) return [];
  const { rows } = await pool.query<{ envelope: string }>(GROWN, [
    grown,
    grown.map((scope) => before.get(scope) ?? 0),
    AT_MOST,
  ]);
  return rows.flatMap(({ envelope }) => saleIds(envelope));
}

/** The sales a changeset brings, whatever it calls itself. */
function saleIds(envelope: string): string[] {
  const opened = openEnvelope(envelope);
  if (!opened.ok) return [];
  return opened.value.body.changes.flatMap((change) =>
    change.t === 'sale' && change.op === 'insert' && typeof change.row.id === 'string' ? [change.row.id] : [],
  );
}

const GROWN = `
  SELECT c.envelope FROM unnest($1::text[], $2::bigint[]) AS g(scope, after)
   CROSS JOIN LATERAL (
     SELECT envelope FROM change_log
      WHERE scope = g.scope AND seq > g.after AND envelope LIKE '%"t":"sale"%'
      ORDER BY seq DESC LIMIT $3) c
   LIMIT $3`;
