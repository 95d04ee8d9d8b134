import type pg from 'pg';
import { createBreather } from './breather.ts';
import { type JobFailure, type JobRow, saveJob, saveProgress } from './import-jobs.ts';
import { Cancelled, type ImportWork } from './import-work.ts';
import type { ImportDeps } from './imports.ts';
import { createIssuesFile } from './issues-file.ts';
import { TableFault } from './table-file.ts';

/** One import while this process works on it or keeps it ready. */
export type ImportRun = {
  job(): JobRow;
  read(): void;
  apply(actor: string): void;
  cancel(): void;
  busy(): boolean;
  rowsPerSecond(): number | null;
  /** The next time anything about it is different. */
  changed(): Promise<void>;
  settled(): Promise<void>;
};

type RunDeps = ImportDeps & { readonly work: ImportWork; readonly issuesPath: string };

/** Between two notes of progress; also how soon a cancel asked through another HQ node is seen. */
const PROGRESS_MS = 400;
/** Any number that no other advisory lock of HQ uses: imports are applied one at a time. */
const APPLY_LOCK = 7_365_747;

export function createImportRun(first: JobRow, deps: RunDeps): ImportRun {
  const { pool, clock, work } = deps;
  let job = first;
  let running: Promise<void> | null = null;
  let cancelled = false;
  let hasRead = false;
  let since = 0;
  let notedAt = 0;
  let next = Promise.withResolvers<void>();

  const update = (changes: Partial<JobRow>): void => {
    job = { ...job, ...changes };
    const seen = next;
    next = Promise.withResolvers();
    seen.resolve();
  };
  const stopIfAsked = (): void => {
    if (cancelled) throw new Cancelled();
  };
  const note = async (rowsDone: number, rowsTotal: number): Promise<void> => {
    stopIfAsked();
    if (performance.now() - notedAt < PROGRESS_MS) return;
    notedAt = performance.now();
    update({ rowsDone, rowsTotal });
    if (await saveProgress(pool, job)) cancelled = true;
  };

  async function read(): Promise<void> {
    const issues = await createIssuesFile(deps.issuesPath);
    try {
      const outcome = await work.dryRun({
        pool,
        files: job.files,
        breather: createBreather(),
        report: issues.add,
        async slice(rowsDone, rowsTotal) {
          await issues.flush();
          await note(rowsDone, rowsTotal);
        },
      });
      stopIfAsked();
      if (!outcome.ok) return fail(outcome.error);
      hasRead = true;
      const { rowsRead } = outcome.value;
      update({
        state: 'checked',
        rowsDone: rowsRead,
        rowsTotal: rowsRead,
        summary: { ...job.summary, summary: outcome.value },
      });
    } finally {
      await issues.close();
    }
  }

  async function apply(actor: string): Promise<void> {
    if (!hasRead) await readAgain();
    const client = await pool.connect();
    let broken: Error | undefined;
    // A client that is lent out has no listener of the pool's: a lost connection would end the process.
    const lost = (problem: Error): void => {
      broken = problem;
    };
    client.on('error', lost);
    try {
      await client.query('begin');
      await write(client, actor);
      await client.query('commit');
      update({ state: 'applied' });
    } catch (problem) {
      await client.query('rollback').catch(lost);
      throw problem;
    } finally {
      client.off('error', lost);
      client.release(broken);
    }
  }

  async function write(client: pg.PoolClient, actor: string): Promise<void> {
    await client.query('select pg_advisory_xact_lock($1)', [APPLY_LOCK]);
    const changes = await work.changes(client, { breather: createBreather(), actor });
    update({ rowsDone: 0, rowsTotal: changes.length });
    stopIfAsked();
    await deps.writeChanges(client, actor, `import.${job.kind}`, changes, (rowsDone) => {
      stopIfAsked();
      update({ rowsDone });
      if (performance.now() - notedAt < PROGRESS_MS) return;
      notedAt = performance.now();
      saveProgress(pool, job).then(
        (asked) => {
          if (asked) cancelled = true;
        },
        () => {},
      );
    });
    stopIfAsked();
    // In the same transaction, so that what is written and what is said of it cannot differ.
    await saveJob(client, { ...job, state: 'applied', rowsDone: changes.length, endedAt: clock.nowMs() });
    update({ rowsDone: changes.length, endedAt: clock.nowMs() });
  }

  /** The process that made the dry run is gone: its files are read once more. */
  async function readAgain(): Promise<void> {
    const outcome = await work.dryRun({
      pool,
      files: job.files,
      breather: createBreather(),
      report: () => {},
      slice: note,
    });
    if (!outcome.ok) throw new Refused(outcome.error);
    hasRead = true;
  }

  const fail = (failure: JobFailure): void =>
    update({ state: 'failed', endedAt: clock.nowMs(), summary: { ...job.summary, failure } });

  async function settle(doing: Promise<void>): Promise<void> {
    try {
      await doing;
    } catch (problem) {
      if (problem instanceof Cancelled) update({ state: 'cancelled', endedAt: clock.nowMs() });
      else fail(failureOf(problem));
    }
    running = null;
    // An unreachable database leaves the row as it was; `recover` puts it right at the next start.
    if (job.state !== 'applied') await saveJob(pool, job).catch(() => {});
    update({});
  }

  const begin = (state: JobRow['state'], doing: () => Promise<void>): void => {
    cancelled = false;
    since = performance.now();
    update({ state, rowsDone: 0 });
    running = settle(saveJob(pool, job).then(doing));
  };

  return {
    job: () => job,
    read: () => begin('reading', read),
    apply: (actor) => begin('applying', () => apply(actor)),
    cancel: () => {
      cancelled = true;
    },
    busy: () => running !== null,
    rowsPerSecond: () =>
      running === null || job.rowsDone === 0
        ? null
        : Math.round((job.rowsDone * 1000) / (performance.now() - since)),
    changed: () => next.promise,
    settled: async () => {
      await running;
    },
  };
}

/** Carries a typed refusal of the files out of the apply. */
class Refused extends Error {
  readonly failure: JobFailure;
  constructor(failure: JobFailure) {
    super(failure.code);
    this.failure = failure;
  }
}

function failureOf(problem: unknown): JobFailure {
  if (problem instanceof Refused) return problem.failure;
  if (problem instanceof TableFault) return problem.refusal;
  return { code: 'BROKEN', detail: problem instanceof Error ? problem.message : String(problem) };
}
