import { hash } from 'node:crypto';
import type { ClientBase, Pool } from 'pg';
import { diffRegister } from '#shared/catalog/import-diff.ts';
import { importIds } from '#shared/catalog/import-ids.ts';
import { type Report, tallyIssues } from '#shared/catalog/import-issues.ts';
import type { ImportProfile } from '#shared/catalog/import-profile.ts';
import type { WantedRegister } from '#shared/catalog/import-register.ts';
import { compareDates } from '#shared/kernel/calendar.ts';
import type { Clock } from '#shared/kernel/clock.ts';
import { ok } from '#shared/kernel/result.ts';
import { businessDate } from '#shared/kernel/zone.ts';
import type { Change } from '#shared/replica/changeset.ts';
import { createSummary } from './import-summary.ts';
import type { ImportWork } from './import-work.ts';
import { readPresent, type StoreDay, storeDays } from './present-register.ts';
import { readRegister } from './read-register.ts';

const SAMPLES_PER_KIND = 20;
export const sha256 = (text: string): Uint8Array => hash('sha256', text, 'buffer');

/** The import of a register into the catalogue. `validFrom`: the day from which its prices count, else today. */
export function catalogueWork(
  profile: ImportProfile,
  { clock, validFrom }: { readonly clock: Clock; readonly validFrom?: string | undefined },
): ImportWork {
  const ids = importIds(sha256, profile.source);
  let wanted: WantedRegister | null = null;

  const diff = async (client: ClientBase, report: Report) => {
    if (wanted === null) throw new Error('nothing was read');
    const from = validFrom ?? earliestDay(clock.nowMs(), await storeDays(client));
    const present = await readPresent(client, profile.source, from);
    return { present, steps: diffRegister({ profile, wanted, present, ids, validFrom: from, report }) };
  };

  return {
    async dryRun(context) {
      const tally = tallyIssues(SAMPLES_PER_KIND);
      const report: Report = (issue) => {
        tally.add(issue);
        context.report(issue);
      };
      const read = await readRegister(profile, context.files, { ...context, report });
      if (!read.ok) return read;
      wanted = read.value.wanted;
      const { present, steps } = await reading(context.pool, (client) => diff(client, report));
      const summary = createSummary((id) => present.packs.get(id)?.stocked ?? false);
      const { rowsRead } = read.value;
      for (const step of steps) {
        summary.add(step);
        if (!context.breather.due()) continue;
        await context.slice(rowsRead, rowsRead);
        await context.breather.breathe();
      }
      return ok(summary.of(read.value, tally));
    },
    async changes(client, { breather }) {
      const changes: Change[] = [];
      for (const step of (await diff(client, () => {})).steps) {
        changes.push(...step.edits);
        if (breather.due()) await breather.breathe();
      }
      return changes;
    },
  };
}

/**
 * The earliest business day it is in any store now: a price valid from then on counts in every store at once, also for
 * the night's last customers, whose day in the books is yesterday.
 */
function earliestDay(nowMs: number, stores: readonly StoreDay[]): string {
  const utc = { zone: 'UTC', startHour: 0 };
  const days = (stores.length > 0 ? stores : [utc]).map(({ zone, startHour }) =>
    businessDate(nowMs, zone, startHour),
  );
  return days.toSorted(compareDates)[0] ?? businessDate(nowMs, utc.zone, utc.startHour);
}

/** One moment of the database, without holding anyone up. */
export async function reading<T>(pool: Pool, use: (client: ClientBase) => Promise<T>): Promise<T> {
  const client = await pool.connect();
  let broken: Error | undefined;
  const lost = (problem: Error): void => {
    broken = problem;
  };
  client.on('error', lost);
  try {
    await client.query('begin isolation level repeatable read read only');
    return await use(client);
  } finally {
    await client.query('rollback').catch(lost);
    client.off('error', lost);
    client.release(broken);
  }
}
