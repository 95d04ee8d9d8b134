import { randomUUID } from 'node:crypto';
import { existsSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { oneFigure, type Report } from './figures.ts';
import type { TillClient } from './till-process.ts';

/** Ten times what a busy counter sells in 8 hours. */
const SALES = Number(process.env.PESTLE_BENCH_DAY ?? 5_000);
const HOURS = 8;
const MB = 2 ** 20;

export type DayTill = {
  readonly client: TillClient;
  readonly folder: string;
  readonly rssMb: () => number;
  /** Lets time pass on the till's clock. */
  readonly pass: (ms: number) => void;
};

/**
 * A day of selling while the screen stays open: how much memory of the till grows after its first hour, when caches are
 * full, and how large the WAL ever is. Both in one report each; the bare till keeps neither, so there is no baseline.
 */
export async function sellingDay(
  report: Report,
  { client, folder, rssMb, pass }: DayTill,
  code: (n: number) => string,
): Promise<void> {
  const wal = join(folder, 'till.db-wal');
  const rss: number[] = [];
  let walMb = 0;
  for (let n = 0; n < SALES; n++) {
    await sell(client, [code(n), code(n + 31)]);
    pass((HOURS * 3_600_000) / SALES);
    if (n % LOOK_EVERY !== 0) continue;
    walMb = Math.max(walMb, existsSync(wal) ? statSync(wal).size / MB : 0);
    rss.push(rssMb());
  }
  const first = middle(rss.slice(Math.floor(rss.length / HOURS) - 4, Math.floor(rss.length / HOURS) + 4));
  const last = middle(rss.slice(-8));
  report({
    ...oneFigure('screen_day_rss', (last - first) / first, { unit: 'share', n: SALES }),
    says: `growth from ${first.toFixed(0)} MB after the first of ${HOURS} hours to ${last.toFixed(0)} MB; goal below 0.1`,
  });
  report({
    ...oneFigure('screen_day_wal', walMb, { unit: 'MB', n: SALES }),
    says: 'the largest the WAL was; goal below 64',
  });
}
const LOOK_EVERY = 20;

async function sell({ sales }: TillClient, codes: readonly string[]): Promise<void> {
  let due = { totalMinor: 0, cashDueMinor: 0 };
  for (const code of codes) due = (await sales.scan({ commandId: randomUUID(), code })).cart;
  const tenders = [{ kind: 'cash' as const, amountMinor: due.cashDueMinor }];
  await sales.pay({ commandId: randomUUID(), totalMinor: due.totalMinor, tenders });
}

const middle = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
