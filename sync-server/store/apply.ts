import type { PoolClient } from 'pg';
import type { Change, Row } from '#shared/replica/changeset.ts';
import {
  mergeBase,
  type RegisterChange,
  type RegisterRow,
  type Stamp,
  type Stamps,
  stampsOfWhole,
} from '#shared/replica/merge.ts';
import { tableFacts, tableNames } from '#shared/schema.ts';
import { sqlOf } from './table-sql.ts';

/** A numbered-to-be change with the stamp its changeset gives it. */
export type Stamped = { readonly change: Change; readonly stamp: Stamp };

export type Applied = {
  readonly factsSent: number;
  readonly factsAdded: number;
  /** Register rows that would lack a required column: an edit of a row nobody has made. */
  readonly incomplete: readonly string[];
};

/** Rows at most per statement: bounds what one statement holds in memory. */
const SLICE = 5_000;

/**
 * Carries out changes on the replicated tables, parents before children, set by set, with the folds that hang on them
 * (on hand). The caller holds the registers' locks of the scopes written (`lockRegisters`). `present` are the register
 * rows read under that lock.
 */
export async function applyChanges(
  client: PoolClient,
  changes: readonly Stamped[],
  {
    present,
    written,
  }: { readonly present: PresentRows; readonly written?: ((count: number) => void) | undefined },
): Promise<Applied> {
  let done = 0;
  const byTable = groupByTable(changes);
  if (byTable.size > 0) await client.query({ name: 'look up by key', text: BY_KEY });
  let factsSent = 0;
  let factsAdded = 0;
  const incomplete: string[] = [];
  for (const table of tableNames) {
    const mine = byTable.get(table);
    if (!mine) continue;
    if (sqlOf(table).facts.policy === 'append') {
      const rows = mine.flatMap(({ change }) => (change.op === 'insert' ? [change.row] : []));
      factsSent += rows.length;
      factsAdded += await insertFacts(client, table, rows);
    } else incomplete.push(...(await mergeRegisters(client, table, { writes: mine, present })));
    done += mine.length;
    written?.(done);
  }
  return { factsSent, factsAdded, incomplete };
}

/**
 * For the rest of the transaction. A connection plans a foreign key's check once, in its first batches; on a table that
 * was empty then it would read the whole of it for every line of a sale, until Postgres next looks at the table's size:
 * pushes fell to a fourth within a minute.
 */
const BY_KEY = `SELECT set_config('enable_seqscan', 'off', true)`;

/** Register rows by table, then id. */
export type PresentRows = ReadonlyMap<string, ReadonlyMap<string, RegisterRow>>;

/** The register rows that changes are about to write, as HQ has them now. */
export async function readRegisters(
  client: PoolClient,
  changes: readonly Change[],
): Promise<Map<string, Map<string, RegisterRow>>> {
  const wanted = new Map<string, Set<string>>();
  for (const change of changes) {
    if (change.op === 'insert' || !isAddressable(change)) continue;
    const ids = wanted.get(change.t);
    if (ids) ids.add(change.id);
    else wanted.set(change.t, new Set([change.id]));
  }
  const found = new Map<string, Map<string, RegisterRow>>();
  for (const [table, ids] of wanted) {
    const { select, toRow } = sqlOf(table);
    const rows = new Map<string, RegisterRow>();
    for (const slice of slices([...ids])) {
      const { rows: got } = await client.query<Row>(select(slice));
      for (const row of got)
        rows.set(String(row.id), {
          values: toRow(row),
          deleted: row.deleted === true,
          stamps: stampsOf(row.stamps),
        });
    }
    found.set(table, rows);
  }
  return found;
}

/** Facts by table and id, as HQ has them: none of a table it does not know, which is refused by the plan. */
export async function readFacts(client: PoolClient, changes: readonly Change[]): Promise<Map<string, Row>> {
  const found = new Map<string, Row>();
  const known = changes.filter(isAddressable);
  for (const [table, mine] of groupByTable(known.map((change) => ({ change, stamp: '' })))) {
    const { select, toRow } = sqlOf(table);
    const ids = mine.flatMap(({ change }) => (change.op === 'insert' ? [String(change.row.id)] : []));
    if (ids.length === 0) continue;
    const { rows } = await client.query<Row>(select(ids));
    for (const row of rows) found.set(`${table}/${String(row.id)}`, toRow(row));
  }
  return found;
}

/** Whether a change names a row that could be there: a table HQ has, an id Postgres can hold. Judging says the rest. */
const isAddressable = (change: Change): boolean =>
  tableFacts.has(change.t) && !String(change.op === 'insert' ? change.row.id : change.id).includes('\0');

/** Registers are read, merged and written back: one writer per scope at a time. Scopes in one order, always. */
export async function lockRegisters(client: PoolClient, scopes: Iterable<string>): Promise<void> {
  const sorted = [...new Set(scopes)].sort();
  if (sorted.length === 0) return;
  await client.query({
    name: 'lock registers',
    text: `SELECT pg_advisory_xact_lock(hashtextextended('registers ' || scope, 0))
             FROM unnest($1::text[]) WITH ORDINALITY AS wanted(scope, n) ORDER BY n`,
    values: [sorted],
  });
}

function groupByTable(changes: readonly Stamped[]): Map<string, Stamped[]> {
  const groups = new Map<string, Stamped[]>();
  for (const one of changes) {
    const group = groups.get(one.change.t);
    if (group) group.push(one);
    else groups.set(one.change.t, [one]);
  }
  return groups;
}

async function insertFacts(client: PoolClient, table: string, rows: readonly Row[]): Promise<number> {
  let added = 0;
  for (const slice of slices(rows)) {
    const insert = sqlOf(table).insert(slice);
    if (table === 'stock_movement') {
      const { rows: counted } = await client.query<{ added: number }>(withOnHand(insert));
      added += counted[0]?.added ?? 0;
    } else added += (await client.query(insert)).rowCount ?? 0;
  }
  return added;
}

/** On hand moves with the movements that were really added, in their statement; batches in one order, against deadlocks. */
const withOnHand = <Q extends { name?: string | undefined; text: string }>(insert: Q): Q => ({
  ...insert,
  name: 'insert stock_movement with on_hand',
  text: `WITH added AS (${insert.text} RETURNING store_id, batch_id, pack_id, qty_base),
  moved AS (
    INSERT INTO on_hand (store_id, batch_id, pack_id, qty_base)
    SELECT store_id, batch_id, min(pack_id), sum(qty_base) FROM added GROUP BY store_id, batch_id ORDER BY store_id, batch_id
    ON CONFLICT (store_id, batch_id) DO UPDATE SET qty_base = on_hand.qty_base + excluded.qty_base
  )
  SELECT count(*)::int AS added FROM added`,
});

async function mergeRegisters(
  client: PoolClient,
  table: string,
  { writes, present }: { readonly writes: readonly Stamped[]; readonly present: PresentRows },
): Promise<string[]> {
  const { facts, groups, upsert } = sqlOf(table);
  const required = facts.columns.filter((c) => !c.optional).map((c) => c.property);
  const before = present.get(table);
  const merged = new Map<string, RegisterRow>();
  for (const { change, stamp } of writes) {
    if (change.op === 'insert') continue;
    const base = merged.get(change.id) ?? before?.get(change.id) ?? null;
    const row = base === null ? created(change, stamp, groups) : mergeBase(base, change, { stamp, groups });
    if (row !== base) merged.set(change.id, row);
  }
  const rows = [...merged.values()];
  const broken = rows.filter(({ values }) =>
    required.some((property) => (values[property] ?? null) === null),
  );
  if (broken.length > 0) return broken.map(({ values }) => `${table}/${String(values.id)}`);
  for (const slice of slices(rows))
    await client.query(upsert(slice.map(({ values, deleted, stamps }) => ({ ...values, deleted, stamps }))));
  return [];
}

/** What mergeBase makes of a write on nothing; a whole new row, the case of an import, without its bookkeeping. */
function created(change: RegisterChange, stamp: Stamp, groups: ReadonlyMap<string, string>): RegisterRow {
  const whole = change.op === 'set' && Object.keys(change.cols).length === groups.size;
  if (!whole) return mergeBase(null, change, { stamp, groups });
  return { values: { ...change.cols, id: change.id }, deleted: false, stamps: stampsOfWhole(stamp, groups) };
}

function* slices<T>(items: readonly T[]): Generator<readonly T[]> {
  for (let from = 0; from < items.length; from += SLICE) yield items.slice(from, from + SLICE);
}

function stampsOf(found: unknown): Stamps {
  if (typeof found !== 'object' || found === null) return {};
  return Object.fromEntries(Object.entries(found).map(([group, stamp]) => [group, String(stamp)]));
}
