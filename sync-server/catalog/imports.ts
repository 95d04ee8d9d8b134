import { join } from 'node:path';
import type pg from 'pg';
import { z } from 'zod';
import type { ImportJobView } from '#shared/catalog/calls.ts';
import { checkProfile, type ProfileRefusal } from '#shared/catalog/import-profile.ts';
import { stockProfileSchema, stockTemplate } from '#shared/inventory/stock-import-profile.ts';
import type { Clock } from '#shared/kernel/clock.ts';
import type { Ids } from '#shared/kernel/ids.ts';
import { err, ok, type Result } from '#shared/kernel/result.ts';
import type { Change } from '#shared/replica/changeset.ts';
import { catalogueWork } from './catalogue-work.ts';
import {
  askCancel,
  findJob,
  insertJob,
  type JobRow,
  latestJobs,
  saveJob,
  workingJobs,
} from './import-jobs.ts';
import { createImportRun, type ImportRun } from './import-run.ts';
import type { ImportWork } from './import-work.ts';
import { listFiles } from './source-files.ts';
import { stockWork } from './stock-work.ts';
import type { TableFile } from './table-file.ts';

export type ImportDeps = {
  readonly pool: pg.Pool;
  /** Reports of imports are kept under it. */
  readonly dataDir: string;
  readonly clock: Clock;
  readonly ids: Ids;
  /**
   * Writes changes as changesets of HQ in `client`'s open transaction. May call `written` with the count so far; that
   * throws when the import was cancelled.
   */
  readonly writeChanges: (
    client: pg.PoolClient,
    actor: string,
    type: string,
    changes: readonly Change[],
    written?: (count: number) => void,
  ) => Promise<void>;
};

export type StartImport = {
  readonly kind: 'catalogue' | 'stock';
  /** Folders and files, read where they lie. They must stay there until the import is applied. */
  readonly paths: readonly string[];
  readonly profile: unknown;
  readonly startedBy: string;
  /** 'YYYY-MM-DD' from which new prices count; else the day of the import. */
  readonly validFrom?: string;
};
export type JobRefusal =
  | { readonly code: 'NOT_FOUND' }
  | { readonly code: 'WRONG_STATE'; readonly state: string };
export type Imports = ReturnType<typeof createImports>;

/** How many dry runs keep what they have read, ready to be applied; older ones read their files again. */
const KEPT_RUNS = 2;

/** Imports at HQ: each is read and checked first, then applied in one transaction, all of it or nothing. */
export function createImports(deps: ImportDeps) {
  const { pool } = deps;
  const runs = new Map<string, ImportRun>();

  const runOf = (job: JobRow): Result<ImportRun, ProfileRefusal> => {
    const kept = runs.get(job.id);
    if (kept) return ok(kept);
    const work = workOf(job, deps);
    if (!work.ok) return work;
    const run = createImportRun(job, { ...deps, work: work.value, issuesPath: issuesPath(job.id) });
    runs.set(job.id, run);
    for (const [id, old] of runs) if (runs.size > KEPT_RUNS && id !== job.id && !old.busy()) runs.delete(id);
    return ok(run);
  };
  const issuesPath = (id: string) => join(deps.dataDir, 'imports', `${id}.csv`);
  const current = async (id: string): Promise<JobRow | null> =>
    runs.get(id)?.job() ?? (await findJob(pool, id));

  return {
    /** Begins the dry run; the job goes on by itself. */
    async start(request: StartImport): Promise<Result<{ id: string }, ProfileRefusal>> {
      const files = (await Promise.all(request.paths.map(listFiles))).flat();
      const job = newJob(request, files, deps);
      const run = runOf(job);
      if (!run.ok) return run;
      await insertJob(pool, job);
      run.value.read();
      return ok({ id: job.id });
    },
    /** Applies a checked import; answers at once, `watch` shows how it goes. */
    async apply(id: string, actor: string): Promise<Result<null, JobRefusal | ProfileRefusal>> {
      const job = await current(id);
      if (job === null) return err({ code: 'NOT_FOUND' });
      if (job.state !== 'checked') return err({ code: 'WRONG_STATE', state: job.state });
      const run = runOf(job);
      if (!run.ok) return run;
      run.value.apply(actor);
      return ok(null);
    },
    /** Stops it where it is; nothing stays written. A finished import cannot be cancelled. */
    async cancel(id: string): Promise<Result<null, JobRefusal>> {
      const job = await current(id);
      if (job === null) return err({ code: 'NOT_FOUND' });
      const run = runs.get(id);
      if (job.state === 'reading' || job.state === 'applying') {
        run?.cancel();
        await askCancel(pool, id);
      } else if (job.state === 'checked') {
        await saveJob(pool, { ...job, state: 'cancelled', endedAt: deps.clock.nowMs() });
        runs.delete(id);
      } else return err({ code: 'WRONG_STATE', state: job.state });
      return ok(null);
    },
    async view(id: string): Promise<ImportJobView | null> {
      const job = await current(id);
      return job && viewOf(job, runs.get(id)?.rowsPerSecond() ?? null);
    },
    async list(limit = 50): Promise<ImportJobView[]> {
      const jobs = await latestJobs(pool, limit);
      return jobs.map((job) =>
        viewOf(runs.get(job.id)?.job() ?? job, runs.get(job.id)?.rowsPerSecond() ?? null),
      );
    },
    /** The job now and whenever it changes, until it waits for a person or has ended. */
    async *watch(id: string): AsyncGenerator<ImportJobView> {
      for (;;) {
        const run = runs.get(id);
        const changed = run?.changed();
        const job = await current(id);
        if (job === null) return;
        yield viewOf(job, run?.rowsPerSecond() ?? null);
        if (changed === undefined || !run?.busy()) return;
        await changed;
      }
    },
    /** Resolves when the job is not being worked on in this process. */
    settled: (id: string): Promise<void> => runs.get(id)?.settled() ?? Promise.resolve(),
    /** Path of the CSV file with every issue of the dry run. */
    issuesPath,
    /** To be called at start: a job whose process died is marked failed. Nothing of it was written. */
    async recover(): Promise<number> {
      const dead = (await workingJobs(pool)).filter((job) => !runs.has(job.id));
      for (const job of dead) {
        await saveJob(pool, {
          ...job,
          state: 'failed',
          endedAt: deps.clock.nowMs(),
          summary: { ...job.summary, failure: { code: 'INTERRUPTED' } },
        });
      }
      return dead.length;
    },
    /** Cancels what is running and waits for it: for a clean shutdown. */
    async close(): Promise<void> {
      for (const run of runs.values()) run.cancel();
      await Promise.all([...runs.values()].map((run) => run.settled()));
    },
  };
}

function workOf(job: JobRow, { clock }: ImportDeps): Result<ImportWork, ProfileRefusal> {
  if (job.kind === 'stock') {
    const stock = stockProfileSchema.safeParse(job.profile);
    if (!stock.success)
      return err({ code: 'BAD_PROFILE', problem: z.prettifyError(stock.error).slice(0, 500) });
    return ok(stockWork(stock.data, { clock, documentId: job.id }));
  }
  const profile = checkProfile(job.profile);
  return profile.ok
    ? ok(catalogueWork(profile.value, { clock, validFrom: job.summary.validFrom ?? undefined }))
    : profile;
}

function newJob(request: StartImport, files: readonly TableFile[], { clock, ids }: ImportDeps): JobRow {
  return {
    id: ids.next(),
    kind: request.kind,
    state: 'reading',
    profile: request.profile ?? (request.kind === 'stock' ? stockTemplate : null),
    files,
    rowsDone: 0,
    rowsTotal: null,
    summary: { summary: null, failure: null, validFrom: request.validFrom ?? null },
    startedBy: request.startedBy,
    startedAt: clock.nowMs(),
    endedAt: null,
  };
}

const viewOf = (job: JobRow, rowsPerSecond: number | null): ImportJobView => ({
  id: job.id,
  kind: job.kind,
  state: job.state,
  files: job.files.map((file) => file.name),
  rowsDone: job.rowsDone,
  rowsTotal: job.rowsTotal,
  rowsPerSecond,
  summary: job.summary.summary,
  failure: job.summary.failure === null ? null : JSON.stringify(job.summary.failure),
  startedAt: job.startedAt,
  endedAt: job.endedAt,
});
