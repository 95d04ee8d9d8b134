import type pg from 'pg';
import type { Row, Sealed } from '#shared/replica/changeset.ts';
import { openEnvelope } from '#shared/replica/changeset.ts';
import { tableFacts } from '#shared/schema.ts';
import type { BenchOrg } from './hq-catalogue.ts';
import { openPool } from './hq-host.ts';
import { type BenchDevice, enrolDevice, pushBody } from './sync-devices.ts';
import { saleChanges } from './sync-sales.ts';

/** Changesets in one push: what SYNC.md's goal says. */
export const BATCH = 50;

export type Pushing = { readonly device: BenchDevice; readonly batches: readonly (readonly Sealed[])[] };

/** Devices of the codes given, each with its sales made and signed, `each` batches of 50, ready to be sent. */
export async function prepareSales(
  org: BenchOrg,
  { url, codes, each }: { readonly url: string; readonly codes: readonly string[]; readonly each: number },
): Promise<readonly Pushing[]> {
  const pushing: Pushing[] = [];
  for (const [n, code] of codes.entries()) {
    const device = await enrolDevice(url, code);
    const { tillId, storeId } = device.identity;
    let receiptN = 0;
    const sale = (): Sealed => {
      receiptN += 1;
      const at = 2 * (n * each * BATCH + receiptN);
      const changes = saleChanges({
        ...{ storeId, tillId, cashierId: org.cashier.personId, receiptSeries: `B${n}`, receiptN },
        packs: [org.pack(at), org.pack(at + 1)],
        nextId: device.ids.next,
      });
      return device.make('sale', org.cashier.personId, changes);
    };
    const batches = Array.from({ length: each }, () => Array.from({ length: BATCH }, sale));
    pushing.push({ device, batches });
  }
  return pushing;
}

/** Sends it all, every device one batch after another, the devices at once: milliseconds. */
export async function pushAll(pushing: readonly Pushing[]): Promise<number> {
  const bodies = await Promise.all(pushing.map(({ batches }) => Promise.all(batches.map(pushBody))));
  const from = performance.now();
  await Promise.all(
    pushing.map(async ({ device }, n) => {
      for (const body of bodies[n] ?? []) {
        const { verdicts } = await device.push(body);
        const bad = verdicts.find(({ verdict }) => verdict !== 'accepted');
        if (bad || verdicts.length !== BATCH) throw new Error(`not accepted: ${JSON.stringify(bad)}`);
      }
    }),
  );
  return performance.now() - from;
}

/** The same rows in the same batches by multi-row `INSERT … ON CONFLICT DO NOTHING`, as many connections: milliseconds. */
export async function insertRaw(databaseUrl: string, pushing: readonly Pushing[]): Promise<number> {
  const pool = openPool(databaseUrl, pushing.length);
  const work = pushing.map(({ batches }) => batches.map(statementsOf));
  await Promise.all(work.map(() => pool.query('SELECT 1')));
  const from = performance.now();
  await Promise.all(
    work.map(async (batches) => {
      const client = await pool.connect();
      for (const statements of batches) {
        await client.query('BEGIN');
        for (const statement of statements) await client.query(statement);
        await client.query('COMMIT');
      }
      client.release();
    }),
  );
  const took = performance.now() - from;
  await pool.end();
  return took;
}

/** The facts of changesets, by table, parents first. */
export function factsOf(changesets: readonly Sealed[]): ReadonlyMap<string, readonly Row[]> {
  const facts = new Map<string, Row[]>();
  for (const { text } of changesets) {
    const opened = openEnvelope(text);
    for (const change of opened.ok ? opened.value.body.changes : []) {
      if (change.op !== 'insert') continue;
      const rows = facts.get(change.t);
      if (rows) rows.push(change.row);
      else facts.set(change.t, [change.row]);
    }
  }
  return facts;
}

function statementsOf(changesets: readonly Sealed[]): pg.QueryConfig[] {
  return [...factsOf(changesets)].map(([table, rows]) => {
    const columns = tableFacts.get(table)?.columns ?? [];
    const values = rows.flatMap((row) =>
      columns.map(({ property, kind }) => {
        const value = row[property] ?? null;
        return kind === 'json' && value !== null ? JSON.stringify(value) : value;
      }),
    );
    const tuples = rows.map((_, r) => `(${columns.map((_c, c) => `$${r * columns.length + c + 1}`)})`);
    const names = columns.map(({ column }) => column);
    return { text: `INSERT INTO ${table} (${names}) VALUES ${tuples} ON CONFLICT (id) DO NOTHING`, values };
  });
}
