import { spawnSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { openFileVault } from '../../desktop/hosts/file-vault.ts';
import { reopenTestTill } from '../../desktop/hosts/test.ts';
import { people } from '../proof/shop.ts';
import { fsyncFigure, oneFigure, type Report, spreadOf, timed, timesFigure } from './figures.ts';
import { bareSales, bareScans, openBare, rowsOfSale } from './till-bare.ts';
import { eanOf, largeTill, PACKS } from './till-database.ts';
import { startTillProcess, type TillClient } from './till-process.ts';

const STARTS = 7;
const SCANS = 2_000;
const SALES = 1_000;
const LINES_IN_CART = 10;

/**
 * A till with 100,000 packs and 300,000 batches: how soon it scans, how long a scan and a sale take, its memory. Ours and
 * the bare library take turns, so that what else the machine does falls on both.
 */
export async function tillBench(report: Report): Promise<void> {
  const [ours, bare] = [await largeTill('ours'), await largeTill('bare')];
  try {
    report(fsyncFigure(ours));
    await coldStart(report, ours, bare);
    await scansAndMemory(report, ours, bare);
    await payments(report, ours, bare);
  } finally {
    for (const folder of [ours, bare]) rmSync(folder, { recursive: true, force: true });
  }
}

/** Spread over the catalogue, so that no page is warm because the last scan was next to it. */
const code = (n: number): string => eanOf((n * 7_919) % PACKS);
const signIn = (client: TillClient) => client.auth.signIn({ ...people.cashier });

async function coldStart(report: Report, folder: string, bare: string): Promise<void> {
  const times: number[] = [];
  const alone: number[] = [];
  const file = fileURLToPath(new URL('till-bare.ts', import.meta.url));
  for (let i = 0; i < STARTS; i++) {
    alone.push(timed(() => spawnSync(process.execPath, [file, bare, code(i)], { stdio: 'ignore' })));
    const from = performance.now();
    const till = await startTillProcess(folder);
    await signIn(till.client);
    await till.client.sales.scan({ commandId: randomUUID(), code: code(i) });
    times.push(performance.now() - from);
    await till.client.sales.clear({ commandId: randomUUID() });
    await till.stop();
  }
  const { p50 } = spreadOf(times);
  report({ ...oneFigure('cold_start', p50, { unit: 'ms', n: STARTS, baseline: spreadOf(alone).p50 }) });
}

async function scansAndMemory(report: Report, folder: string, bare: string): Promise<void> {
  const till = await startTillProcess(folder);
  await signIn(till.client);
  const scan = (n: number) => till.client.sales.scan({ commandId: randomUUID(), code: code(n) });
  const db = openBare(bare);
  const bareScan = bareScans(db);
  const times: number[] = [];
  const alone: number[] = [];
  for (let n = 0; n < SCANS; n++) {
    if (n % LINES_IN_CART === 0) await till.client.sales.clear({ commandId: randomUUID() });
    const from = performance.now();
    await scan(n);
    times.push(performance.now() - from);
    alone.push(timed(() => bareScan(code(n))));
  }
  db.close();
  report(timesFigure('scan_to_line', times, { bare: alone, at: 'p99' }));
  await till.client.sales.clear({ commandId: randomUUID() });
  for (let n = 0; n < SALES; n++) await sell(till.client, n);
  const mb = till.rssMb();
  await till.stop();
  const file = fileURLToPath(new URL('till-bare.ts', import.meta.url));
  const { stdout } = spawnSync(process.execPath, [file, bare, code(1)], { encoding: 'utf8' });
  report(oneFigure('till_rss', mb, { unit: 'MB', baseline: Number(stdout) }));
}

/** Two lines, paid in cash; the milliseconds of the payment and the sale it made. */
async function sell({ sales }: TillClient, n: number): Promise<{ saleId: string; ms: number }> {
  await sales.scan({ commandId: randomUUID(), code: code(n) });
  const { cart } = await sales.scan({ commandId: randomUUID(), code: code(n + 31) });
  const { totalMinor, cashDueMinor } = cart;
  const tenders = [{ kind: 'cash' as const, amountMinor: cashDueMinor }];
  const from = performance.now();
  const { saleId } = await sales.pay({ commandId: randomUUID(), totalMinor, tenders });
  return { saleId, ms: performance.now() - from };
}

async function payments(report: Report, folder: string, bare: string): Promise<void> {
  const vault = openFileVault(join(folder, 'vault.json'));
  const till = reopenTestTill({ folder, vault, clock: { nowMs: () => Date.now() } });
  await till.client.auth.signIn({ ...people.cashier });
  const { db } = till.till.enrolled().counter;
  const other = openBare(bare);
  const write = bareSales(other);
  const times: number[] = [];
  const alone: number[] = [];
  for (let n = 0; n < SALES; n++) {
    const { saleId, ms } = await sell(till.client, n);
    const rows = rowsOfSale(db, saleId);
    times.push(ms);
    alone.push(timed(() => write(rows)));
  }
  other.close();
  await till.close();
  report(timesFigure('pay_to_durable', times, { bare: alone, at: 'p50' }));
}
