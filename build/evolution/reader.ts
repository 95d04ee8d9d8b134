import { fileURLToPath } from 'node:url';
import Database from 'better-sqlite3';
import { createIds } from '#shared/kernel/ids.ts';
import type { Row } from '#shared/replica/changeset.ts';
import type { FeedRow } from '#shared/replica/wire.ts';
import { tableFacts } from '#shared/schema.ts';
import type { ColumnInfo, TableFacts } from '#shared/tables/define-table.ts';
import { stockProjections } from '../../desktop/till/inventory/projections.ts';
import { createLive } from '../../desktop/till/live.ts';
import { createHq } from '../../desktop/till/replication/hq.ts';
import { createSnapshots } from '../../desktop/till/replication/snapshot.ts';
import { createTakeIn } from '../../desktop/till/replication/take-in.ts';
import { migrateFrom } from '../../desktop/till/store/migrate.ts';
import { createStore } from '../../desktop/till/store/store.ts';
import { keysOf } from '../simulate/keys.ts';
import { type EndState, endStateOf } from './end-state.ts';

type Setup = {
  readonly device: string;
  readonly storeId: string;
  readonly nowMs: () => number;
  /** What this version can read; today's unless it plays an older one. */
  readonly tables?: ReadonlyMap<string, TableFacts>;
};

export type Reader = ReturnType<typeof openReader>;

/** A till's store on a database in memory, as production has it: for writing fixtures and for reading them. */
export function openReader({ device, storeId, nowMs, tables }: Setup) {
  const db = new Database(':memory:');
  db.pragma('foreign_keys=ON');
  migrateFrom(db, MIGRATIONS);
  const clock = { nowMs };
  let made = 0;
  const bytes = (n: number) => {
    made += 1;
    return Uint8Array.from({ length: n }, (_, i) =>
      i < n - 2 ? device.charCodeAt(i % device.length) : made,
    );
  };
  const store = createStore({
    ...{ db, clock, live: createLive(), sealer: keysOf(device).sealer, onSlow: () => {} },
    ids: createIds({ clock, random: { bytes } }),
    projections: stockProjections(db),
  });
  store.identity.enrol({ device, inc: 1, storeId, tillId: `till of ${device}`, hqUrl: 'http://hq.invalid' });
  let takeIn = createTakeIn(store, tables);
  return {
    store,
    get takeIn() {
      return takeIn;
    },
    feed: (scope: string, rows: readonly FeedRow[]): Promise<void> => takeIn.rows(scope, rows),
    /** Takes a scope's base from the lines of a snapshot. */
    async base(scope: string, lines: readonly string[]): Promise<void> {
      const hq = createHq({ url: 'http://hq.invalid', fetch: serve(scope, lines), nowMs });
      const { signal } = new AbortController();
      await createSnapshots({ store, takeIn, hq }).take(scope, { token: async () => 'token', signal });
    },
    /** The same database under a newer version. */
    async upgrade(to: ReadonlyMap<string, TableFacts> = tableFacts): Promise<number> {
      takeIn = createTakeIn(store, to);
      return takeIn.replayDeferred();
    },
    deferred: (): { scope: string; seq: number; type: string }[] =>
      db
        .prepare<[], { scope: string; seq: number; type: string }>(
          `SELECT scope, seq, type FROM deferred_change ORDER BY scope, seq`,
        )
        .all(),
    /** Every replicated row, and on hand. */
    endState: (): EndState =>
      endStateOf(
        [...tableFacts.values()].map((facts): [string, Row[]] => [
          facts.name,
          db
            .prepare<[], Row>(`SELECT * FROM ${facts.name}`)
            .all()
            .map((row) => toProperties(facts, row)),
        ]),
        db
          .prepare<[], Row>(`SELECT batch_id AS batchId, pack_id AS packId, qty_base AS qtyBase FROM on_hand`)
          .all(),
      ),
    close: () => db.close(),
  };
}

const MIGRATIONS = fileURLToPath(new URL('../../migrations/sqlite', import.meta.url));

function toProperties({ policy, columns }: TableFacts, row: Row): Row {
  const own: readonly Pick<ColumnInfo, 'property' | 'column' | 'kind'>[] = [
    { property: 'deleted', column: 'deleted', kind: 'bool' },
    { property: 'stamps', column: 'stamps', kind: 'json' },
  ];
  const all = policy === 'lww' ? [...columns, ...own] : columns;
  return Object.fromEntries(all.map(({ property, column, kind }) => [property, fromSql(row[column], kind)]));
}

function fromSql(value: unknown, kind: ColumnInfo['kind']): unknown {
  if (value === null) return null;
  if (kind === 'bool') return value === 1;
  return kind === 'json' ? JSON.parse(String(value)) : value;
}

function serve(scope: string, lines: readonly string[]): typeof globalThis.fetch {
  const announced = { id: 'snapshot', scope, seq: 0, epoch: '', bytes: 1, rows: lines.length };
  return async (input) =>
    String(input).includes('?')
      ? Response.json(announced)
      : new Response(`${lines.join('\n')}\n`, { headers: { 'content-encoding': 'gzip' } });
}
