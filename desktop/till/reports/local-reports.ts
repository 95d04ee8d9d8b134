import { stringify } from 'csv-stringify/sync';
import { z } from 'zod';
import type { InPlace } from '#shared/auth/calls.ts';
import { addDays, diffDays, plainDate } from '#shared/kernel/calendar.ts';
import type { ReportQuery, ReportView } from '#shared/reports/calls-till.ts';
import {
  articlesTable,
  cashiersTable,
  createArticleSums,
  daysTable,
  expiryTable,
  hoursTable,
  taxesTable,
  tendersTable,
} from '#shared/reports/figures.ts';
import { reportCsvRows } from '#shared/reports/report-csv.ts';
import { reportPaper } from '#shared/reports/report-paper.ts';
import type { ReportTable } from '#shared/reports/report-table.ts';
import type { ReceiptDoc } from '#shared/sales/receipt.ts';
import type { Counter } from '../counter.ts';
import { createLentReading } from '../lent-reading.ts';
import type { Pins } from '../pins.ts';
import { refuse } from '../refuse.ts';
import type { Sessions } from '../sessions.ts';
import { createBreather } from './breather.ts';
import { createDayReader, type DayOf } from './read-day.ts';
import { createExpiringReader } from './read-expiring.ts';

type Deps = {
  readonly counter: Counter;
  readonly sessions: Sessions;
  readonly pins: Pins;
  readonly prints: {
    readonly add: (job: { saleId: string; kind: 'report'; doc: ReceiptDoc }) => string;
    readonly kick: () => void;
  };
};

const queued = z.object({ printJobId: z.string() });

/** Rows of articles and batches before the rest is summed up. */
const TOP = 100;
const MOST_BATCHES = 500;
/** More days in one report are refused: it is HQ's to look over years. */
const MOST_DAYS = 731;

/**
 * Reports of this store's books as this replica has them, without HQ. A range is read a day at a time, so that a year
 * of sales never keeps a customer waiting.
 */
export function createLocalReports(deps: Deps) {
  const { counter, sessions, prints } = deps;
  const reading = createLentReading(deps, 'reports.read', 'reports.lent');
  const days = createDayReader(counter);
  const expiring = createExpiringReader(counter);

  async function read(query: ReportQuery, signal?: AbortSignal): Promise<ReportTable> {
    reading.require();
    const breathe = createBreather(signal);
    const { kind, withinDays } = query;
    if (kind === 'expiry')
      return expiryTable(await expiring({ on: counter.today().date, withinDays, breathe }), MOST_BATCHES);
    const each = async <T>(read: (day: DayOf) => readonly T[]): Promise<T[]> => {
      const parts: T[] = [];
      await everyDay(query, (day) => parts.push(...read(day)), breathe);
      return parts;
    };
    const { zone } = counter.shop();
    const activity = () => each((day) => days.activity(day, zone));
    switch (kind) {
      case 'days':
        return daysTable(await activity());
      case 'hours':
        return hoursTable(await activity());
      case 'cashiers':
        return cashiersTable(await activity());
      case 'tenders':
        return tendersTable(await each(days.tenders));
      case 'taxes':
        return taxesTable(await each(days.taxes));
      case 'articles':
        return articles(query, breathe);
    }
  }

  /** Every pack of every day would be a million parts in a year: they are summed up day by day. */
  async function articles(query: ReportQuery, breathe: Breathe): Promise<ReportTable> {
    const sums = createArticleSums();
    await everyDay(query, (day) => sums.add(days.articles(day)), breathe);
    return articlesTable(sums.all(), { order: query.order, limit: TOP });
  }

  async function everyDay({ from, to, of }: ReportQuery, look: (day: DayOf) => void, breathe: Breathe) {
    const [first, last] = [plainDate(from), plainDate(to)];
    const count = diffDays(first, last) + 1;
    if (count < 1 || count > MOST_DAYS) refuse({ code: 'BAD_RANGE' });
    const { storeId } = counter;
    const tillId = of === 'till' ? counter.tillId : null;
    for (let n = 0; n < count; n += 1) {
      look({ storeId, tillId, businessDate: addDays(first, n) });
      await breathe();
    }
  }

  return {
    async open(inPlace: InPlace | undefined): Promise<{ today: string }> {
      await reading.open(inPlace);
      return { today: counter.today().business };
    },
    leave(): Record<never, never> {
      reading.leave();
      return {};
    },
    read: async (query: ReportQuery, signal?: AbortSignal): Promise<ReportView> =>
      copied(await read(query, signal)),

    /** Asked twice by one command it is printed once. */
    async print({
      commandId,
      ...query
    }: ReportQuery & { commandId: string }): Promise<{ printJobId: string }> {
      const table = await read(query);
      const { nowMs } = counter.today();
      const by = sessions.read(counter)?.name ?? refuse({ code: 'NOT_SIGNED_IN' });
      const tillName = query.of === 'till' && query.kind !== 'expiry' ? counter.till().name : null;
      const doc = reportPaper(
        table,
        { from: query.from, to: query.to, tillName, at: nowMs, by },
        counter.shop(),
      );
      const { answer } = counter.once.run({ what: 'report', commandId, answer: queued }, () => ({
        printJobId: prints.add({ saleId: commandId, kind: 'report', doc }),
      }));
      prints.kick();
      return answer;
    },

    async csv(query: ReportQuery, signal?: AbortSignal): Promise<{ fileName: string; text: string }> {
      const table = await read(query, signal);
      const { minorDigits, code } = counter.shop();
      const dates = query.kind === 'expiry' ? counter.today().date : `${query.from}-${query.to}`;
      const place = query.of === 'till' && query.kind !== 'expiry' ? `${code}-${counter.till().code}` : code;
      return {
        fileName: `${query.kind}-${place}-${dates}.csv`,
        text: stringify(
          reportCsvRows(table, minorDigits).map((row) => [...row]),
          { bom: true, record_delimiter: 'windows' },
        ),
      };
    },
  };
}

type Breathe = ReturnType<typeof createBreather>;

/** The contract's arrays may be written to; a table's may not. */
const copied = ({ kind, columns, rows, total }: ReportTable): ReportView => {
  const cells = (row: ReportTable['rows'][number]) =>
    row.map((cell) => (typeof cell === 'object' && cell !== null ? [...cell] : cell));
  return { kind, columns: [...columns], rows: rows.map(cells), total: total && cells(total) };
};
