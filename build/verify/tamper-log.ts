import pg from 'pg';
import { logSeal, sealKey } from '#shared/replica/log-seal.ts';
import { verifyLog } from '#shared/replica/verify-log.ts';
import { createVerifyTools } from './crypto.ts';
import type { Specimen } from './prove.ts';
import { readLog } from './read-hq.ts';
import type { Edit, TableRow, Target } from './tamper.ts';
import type { World } from './world.ts';

type Drawn = Pick<Target, 'table' | 'dates' | 'order'> & {
  readonly columns: string;
  readonly remarks: string;
};

/**
 * The log and the bookkeeping beside it. `remarks` are HQ's own notes, which say nothing of what happened and which
 * nothing vouches for: when a refusal was written down, how far signatures are checked, from where the feed is served.
 */
const TABLES: readonly Drawn[] = [
  {
    table: 'change_log',
    columns: 'scope, seq, epoch, device, inc, dseq, type, v, eff_hlc, hash, sig, envelope, counted, at',
    remarks: '',
    dates: ['eff_hlc', 'at', 'envelope'],
    order: 'seq',
  },
  {
    table: 'change_seen',
    columns: 'device, inc, dseq, hash, verdict, reason',
    remarks: '',
    dates: [],
    order: null,
  },
  { table: 'chain_head', columns: 'device, inc, dseq, hash', remarks: 'verified', dates: [], order: null },
  {
    table: 'quarantine',
    columns: 'id, device, inc, dseq, scope, type, text, hash, sig, reason',
    remarks: 'detail, at, state',
    dates: [],
    order: null,
  },
  { table: 'scope_head', columns: 'scope, seq', remarks: 'floor', dates: [], order: null },
];

/** HQ's own Postgres with its triggers off, changed within a transaction that is taken back. */
export async function openLog({ hq }: World): Promise<Specimen> {
  const client = await hq.pool.connect();
  await client.query('SET session_replication_role = replica');
  const tools = createVerifyTools();
  const findings = async () => {
    const { copy, keys } = await readLog(client);
    return verifyLog(copy, { ...tools, keyOf: (device) => keys.get(device) ?? null });
  };
  const targets: Target[] = [];
  for (const drawn of TABLES) targets.push(await targetOf(client, drawn));
  const rowsOf = (table: string) => targets.find((target) => target.table === table)?.rows ?? [];
  return {
    name: 'log',
    // The log itself is drawn as often as all that is kept beside it.
    targets: [...targets, ...targets.slice(0, 1), ...targets.slice(0, 1), ...targets.slice(0, 1)],
    forging: {
      textColumn: 'envelope',
      copies: ['change_seen', 'chain_head'].map((table) => ({ table, column: 'hash', rows: rowsOf(table) })),
    },
    findings,
    async findingsWith({ edits }) {
      await client.query('BEGIN ISOLATION LEVEL REPEATABLE READ');
      try {
        for (const { table, before } of edits)
          await client.query(`DELETE FROM ${table} WHERE tableoid::text || ctid::text = $1`, [before.place]);
        for (const edit of edits) await put(client, edit);
        return await findings();
      } catch (problem) {
        if (problem instanceof pg.DatabaseError && /^2[23]/.test(problem.code ?? '')) return null;
        throw problem;
      } finally {
        await client.query('ROLLBACK');
      }
    },
    close: async () => client.release(true),
  };
}

async function targetOf(client: pg.PoolClient, { remarks, columns, ...target }: Drawn): Promise<Target> {
  const all = [columns, remarks].filter(Boolean).join(', ');
  const read = target.table === 'change_log' ? all.replace(/at$/, `${MICROS} AS at`) : all;
  const { rows } = await client.query<TableRow>(
    `SELECT tableoid::text || ctid::text AS place, ${read} FROM ${target.table} ORDER BY 2, 3, 4`,
  );
  const sealed = await sealedThrough(client);
  return {
    ...target,
    columns: columns.split(', '),
    rows,
    open: (row, column) =>
      target.table === 'change_log'
        ? column === 'at' && Number(row.seq) > (sealed.get(String(row.scope)) ?? 0)
        : column === 'reason' && row.verdict === 'flagged',
  };
}

const MICROS = '(extract(epoch FROM at) * 1000000)::bigint';

async function sealedThrough(client: pg.PoolClient): Promise<ReadonlyMap<string, number>> {
  const { rows } = await client.query<{ id: string; value: unknown }>(
    'SELECT id, value FROM setting WHERE key = $1',
    [sealKey],
  );
  return new Map(rows.map(({ id, value }) => [id.slice(sealKey.length + 1), logSeal.parse(value).to]));
}

async function put(client: pg.PoolClient, { table, after }: Edit): Promise<void> {
  if (after === null) return;
  const columns = Object.keys(after).filter((column) => column !== 'place');
  const values = columns.map((column, i) =>
    table === 'change_log' && column === 'at'
      ? `timestamptz 'epoch' + $${i + 1}::bigint * interval '1 microsecond'`
      : `$${i + 1}`,
  );
  await client.query(
    `INSERT INTO ${table} (${columns.join(', ')}) VALUES (${values.join(', ')})`,
    columns.map((column) => after[column]),
  );
}
