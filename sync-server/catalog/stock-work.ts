import type { ClientBase } from 'pg';
import type { ImportSummary } from '#shared/catalog/calls.ts';
import { type Report, tallyIssues } from '#shared/catalog/import-issues.ts';
import {
  type PresentStock,
  planStock,
  type StockLine,
  type StockLookups,
  type StockRow,
  type StockStore,
  stockReader,
} from '#shared/inventory/stock-import.ts';
import type { StockProfile } from '#shared/inventory/stock-import-profile.ts';
import type { Clock } from '#shared/kernel/clock.ts';
import { err, ok, type Result } from '#shared/kernel/result.ts';
import type { Change } from '#shared/replica/changeset.ts';
import { reading, sha256 } from './catalogue-work.ts';
import type { JobFailure } from './import-jobs.ts';
import type { ImportWork, WorkContext } from './import-work.ts';
import { eachRow } from './present-register.ts';
import { type FileScan, scanFile, TableFault, tableRows } from './table-file.ts';

const SAMPLES_PER_KIND = 20;

/** The import of opening stock: batches, and movements that receive them. `documentId`: the import's own id. */
export function stockWork(
  profile: StockProfile,
  { clock, documentId }: { readonly clock: Clock; readonly documentId: string },
): ImportWork {
  let lines: readonly StockLine[] = [];

  const plan = async (client: ClientBase, actorId: string, report: Report) => {
    const present = await readStock(client, lines);
    return planStock(lines, { present, documentId, actorId, atMs: clock.nowMs(), report });
  };

  return {
    async dryRun(context) {
      const tally = tallyIssues(SAMPLES_PER_KIND);
      const report: Report = (issue) => {
        tally.add(issue);
        context.report(issue);
      };
      const lookups = await reading(context.pool, (client) => readLookups(client, clock.nowMs()));
      const read = await readLines(profile, { ...context, report, lookups });
      if (!read.ok) return read;
      lines = read.value.lines;
      const { rowsRead, scan } = read.value;
      let created = 0;
      for (const changes of await reading(context.pool, (client) => plan(client, '', report))) {
        if (changes.length > 0) created += 1;
        if (!context.breather.due()) continue;
        await context.slice(rowsRead, rowsRead);
        await context.breather.breathe();
      }
      const summary: ImportSummary = {
        rowsRead,
        created,
        withdrawn: 0,
        repriced: 0,
        restated: 0,
        unchanged: 0,
        issues: tally.counts(),
        samples: tally.samples().map((issue) => ({ ...issue, params: { ...issue.params } })),
        encodings: [{ file: scan.file.name, encoding: scan.encoding, separator: profile.separator }],
      };
      return ok(summary);
    },
    async changes(client, { breather, actor }) {
      const changes: Change[] = [];
      for (const step of await plan(client, actor, () => {})) {
        changes.push(...step);
        if (breather.due()) await breather.breathe();
      }
      return changes;
    },
  };
}

type ReadLines = { readonly lines: readonly StockLine[]; readonly rowsRead: number; readonly scan: FileScan };

async function readLines(
  profile: StockProfile,
  context: WorkContext & { readonly lookups: StockLookups },
): Promise<Result<ReadLines, JobFailure>> {
  const [file, ...others] = context.files;
  if (file === undefined) return err({ code: 'FILE_MISSING', file: '*' });
  if (others.length > 0)
    return err({ code: 'TWO_FILES', file: '*', others: context.files.map((f) => f.name) });
  const scanned = await scanFile(file, profile.encodings);
  if (!scanned.ok) return scanned;
  const scan = scanned.value;
  const read = stockReader(profile, context.lookups, context.report);
  const lines: StockLine[] = [];
  let rowsRead = 0;
  let places: Places | null = null;
  try {
    for await (const rows of tableRows(scan, profile)) {
      for (const row of rows) {
        if (places === null) {
          const found = placesOf(profile, row.fields);
          if (!found.ok) return err({ code: 'missing-column', file: file.name, column: found.error });
          places = found.value;
          if (profile.header) continue;
        }
        const line = read(stockRow(file.name, row, places));
        if (line !== null) lines.push(line);
        rowsRead += 1;
        if (context.breather.due()) await context.breather.breathe();
      }
      await context.slice(rowsRead, Math.max(rowsRead, scan.lines));
    }
  } catch (error) {
    if (error instanceof TableFault) return err(error.refusal);
    throw error;
  }
  return ok({ lines, rowsRead, scan });
}

type Places = ReadonlyMap<string, number>;

function placesOf(profile: StockProfile, heading: readonly string[]): Result<Places, string> {
  const names = heading.map((name) => name.trim().toLowerCase());
  const places = new Map<string, number>();
  for (const [field, at] of Object.entries(profile.columns)) {
    if (at === undefined) continue;
    const place = typeof at === 'number' ? at - 1 : names.indexOf(at.trim().toLowerCase());
    if (place < 0 && field !== 'cost') return err(String(at));
    if (place >= 0) places.set(field, place);
  }
  return ok(places);
}

const stockRow = (
  file: string,
  row: { readonly line: number; readonly fields: readonly string[] },
  places: Places,
): StockRow => ({
  file,
  line: row.line,
  text: (column) => row.fields[places.get(column) ?? -1] ?? '',
});

async function readLookups(client: ClientBase, nowMs: number): Promise<StockLookups> {
  const stores = new Map<string, StockStore>();
  const packs = new Map<string, { id: string; packSize: number }>();
  await eachRow<StockStore & { code: string }>(
    client,
    `select id, upper(code) as code, zone, day_start_hour::int as "dayStartHour", minor_digits::int as "minorDigits"
       from store where not deleted`,
    [],
    ({ code, ...store }) => stores.set(code, store),
  );
  await eachRow<{ code: string; id: string; packSize: number }>(
    client,
    `select c.code, p.id, p.pack_size::int as "packSize"
       from pack_code c join pack p on p.id = c.pack_id where not c.deleted and not p.deleted`,
    [],
    ({ code, ...pack }) => packs.set(code, pack),
  );
  return { stores, packs, digest: sha256, todayYear: new Date(nowMs).getUTCFullYear() };
}

async function readStock(client: ClientBase, lines: readonly StockLine[]): Promise<PresentStock> {
  const batches = new Map<string, string>();
  const movements = new Set<string>();
  for (let at = 0; at < lines.length; at += 1000) {
    const slice = lines.slice(at, at + 1000);
    const batchRows = await client.query<{ id: string; expiresOn: string }>(
      'select id, expires_on as "expiresOn" from batch where id = any($1)',
      [slice.map((line) => line.batchId)],
    );
    for (const row of batchRows.rows) batches.set(row.id, row.expiresOn);
    const moved = await client.query<{ id: string }>('select id from stock_movement where id = any($1)', [
      slice.map((line) => line.movementId),
    ]);
    for (const row of moved.rows) movements.add(row.id);
  }
  return { batches, movements };
}
