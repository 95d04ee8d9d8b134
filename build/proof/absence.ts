import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { receiptSeries } from '#shared/sales/receipt-number.ts';
import { composeTill } from '../../desktop/hosts/compose.ts';
import { openFileVault } from '../../desktop/hosts/file-vault.ts';
import { paper } from '../../desktop/hosts/test.ts';
import { type BenchOrg, benchOrg } from '../bench/hq-catalogue.ts';
import { codesOf, openPool, startBenchHq, startBenchPostgres } from '../bench/hq-host.ts';
import { saleChanges } from '../bench/sync-sales.ts';
import { type BenchTill, joinAndScan, scan, startTill } from '../bench/sync-tills.ts';

export type Absence = {
  readonly sales: number;
  /** From the first contact until nothing waits, in seconds. */
  readonly drained: number;
  /** Milliseconds of a scan through the contract, alone and while the outbox drains. */
  readonly alone: Spread;
  readonly meanwhile: Spread;
  /** Sales HQ has of the till afterwards; everything, or something is lost. */
  readonly atHq: number;
};
type Spread = { readonly p50: number; readonly p99: number };

const SCANS = 300;

/**
 * One till comes home after months: `sales` sales lie in its journal, made by the production store. It is measured how
 * long they take to HQ, with no step by hand, and what a cashier feels of it who goes on scanning.
 */
export async function longAbsence(sales: number, say: (line: string) => void): Promise<Absence> {
  const postgres = await startBenchPostgres(say);
  const org = benchOrg();
  const address = await postgres.database('large-org');
  const hq = await startBenchHq(address, '--codes');
  const pool = openPool(address, 1);
  let till = await startTill();
  try {
    const [code = ''] = codesOf(hq).first;
    await joinAndScan(till, org, { url: hq.url, code });
    await till.client.sales.clear({ commandId: crypto.randomUUID() });
    await till.halt();
    say(`Making ${sales} sales at the till, without a network`);
    const tillId = await makeSales(till.folder, org, sales);
    till = await startTill(till.folder);
    await till.client.auth.setLink({ on: false });
    await till.client.auth.signIn(org.cashier);
    const alone = spread(await scans(till, org, () => false));
    say('The network is back');
    const from = performance.now();
    await till.client.auth.setLink({ on: true });
    let drained = 0;
    const watch = (async () => {
      while ((await waiting(till)) > 0) await pause(100);
      drained = (performance.now() - from) / 1000;
    })();
    const meanwhile = spread(await scans(till, org, () => drained > 0));
    await watch;
    const { rows } = await pool.query<{ n: number }>(
      'SELECT count(*)::int AS n FROM sale WHERE till_id = $1',
      [tillId],
    );
    return { sales, drained, alone, meanwhile, atHq: rows[0]?.n ?? 0 };
  } finally {
    await till.stop();
    await pool.end();
    await hq.stop();
    await postgres.stop();
  }
}

/** Writes sales into a till's database as its own store does: rows, sums, signature and journal. Its till's id. */
async function makeSales(folder: string, org: BenchOrg, count: number): Promise<string> {
  const composed = composeTill({
    ...{ folder, vault: openFileVault(join(folder, 'vault.json')), migrations: 'migrations/sqlite' },
    printer: paper(),
    log: { warn: () => {} },
    version: 'proof',
  });
  if (!composed.ok) throw new Error(composed.error.code);
  const { till, close } = composed.value;
  const { counter } = till.enrolled();
  const { storeId, tillId, ids, replica } = counter;
  const { code: storeCode } = counter.shop();
  const { inc } = counter.identity.read();
  const series = receiptSeries({ storeCode, tillCode: counter.till().code, inc });
  const { personId: cashierId } = org.cashier;
  for (let made = 0; made < count; made += AT_ONCE)
    counter.transact('proof', () => {
      for (let n = made + 1; n <= Math.min(made + AT_ONCE, count); n++) {
        const changes = saleChanges({
          ...{ storeId, tillId, cashierId, receiptSeries: series, receiptN: counter.nextNumber(series) },
          packs: [org.pack(2 * n), org.pack(2 * n + 1)],
          nextId: ids.next,
        });
        replica.record({ type: 'sale', actor: cashierId, subjectId: null, changes });
      }
    });
  await close();
  return tillId;
}

/** In one transaction: nobody waits for these sales, and each transaction pays the disk's sync. */
const AT_ONCE = 500;

/** Milliseconds of scans one after the other, a few a second as a cashier does, until there are enough and it is over. */
async function scans(till: BenchTill, org: BenchOrg, over: () => boolean): Promise<number[]> {
  const took: number[] = [];
  for (let n = 0; n < SCANS && !(over() && n > 50); n++) {
    const from = performance.now();
    await scan(till.client, org, 50_000 + n);
    took.push(performance.now() - from);
    if (n % 20 === 19) await till.client.sales.clear({ commandId: crypto.randomUUID() });
    await pause(60);
  }
  return took;
}

async function waiting(till: BenchTill): Promise<number> {
  const abort = new AbortController();
  for await (const { waiting: n } of await till.client.auth.sync(undefined, { signal: abort.signal })) {
    abort.abort();
    return n;
  }
  throw new Error('the till says nothing');
}

function spread(took: readonly number[]): Spread {
  const sorted = took.toSorted((a, b) => a - b);
  const at = (share: number) => sorted[Math.floor(share * (sorted.length - 1))] ?? 0;
  return { p50: at(0.5), p99: at(0.99) };
}
