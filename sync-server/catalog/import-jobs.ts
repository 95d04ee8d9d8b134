import type pg from 'pg';
import type { ImportJobView } from '#shared/catalog/calls.ts';
import type { TableFile } from './table-file.ts';

/** Rows of import_job: what outlives the process. */
export type JobState = ImportJobView['state'];
export type JobRow = {
  readonly id: string;
  readonly kind: 'catalogue' | 'stock';
  readonly state: JobState;
  readonly profile: unknown;
  readonly files: readonly TableFile[];
  readonly rowsDone: number;
  readonly rowsTotal: number | null;
  /** The summary once there is one, and why it failed where it did. */
  readonly summary: JobOutcome;
  readonly startedBy: string;
  readonly startedAt: number;
  readonly endedAt: number | null;
};
export type JobOutcome = {
  readonly summary: ImportJobView['summary'];
  readonly failure: JobFailure | null;
  /** The day from which prices count, where the person who started it chose one. */
  readonly validFrom: string | null;
};
/** A typed failure of the whole import; `code` is what screens translate. */
export type JobFailure = { readonly code: string } & Readonly<Record<string, unknown>>;

type Queryable = Pick<pg.ClientBase, 'query'>;

export async function insertJob(db: Queryable, job: JobRow): Promise<void> {
  await db.query(
    `insert into import_job (id, kind, state, profile, files, rows_done, rows_total, summary, started_by, started_at)
     values ($1, $2, $3, $4, $5, 0, null, $6, $7, $8)`,
    [
      job.id,
      job.kind,
      job.state,
      JSON.stringify(job.profile),
      JSON.stringify(job.files),
      JSON.stringify(job.summary),
      job.startedBy,
      job.startedAt,
    ],
  );
}

export async function saveJob(db: Queryable, job: JobRow): Promise<void> {
  await db.query(
    `update import_job set state = $2, rows_done = $3, rows_total = $4, summary = $5, ended_at = $6 where id = $1`,
    [job.id, job.state, job.rowsDone, job.rowsTotal, JSON.stringify(job.summary), job.endedAt],
  );
}

/** Progress only; tells whether someone, maybe through another HQ node, asked to stop. */
export async function saveProgress(db: Queryable, job: JobRow): Promise<boolean> {
  const row = await db.query<{ cancel: boolean }>(
    'update import_job set rows_done = $2, rows_total = $3 where id = $1 returning cancel_asked as cancel',
    [job.id, job.rowsDone, job.rowsTotal],
  );
  return row.rows[0]?.cancel ?? true;
}

export async function askCancel(db: Queryable, id: string): Promise<void> {
  await db.query('update import_job set cancel_asked = true where id = $1', [id]);
}

export async function findJob(db: Queryable, id: string): Promise<JobRow | null> {
  const found = await db.query<JobRow>(`${SELECT} where id = $1`, [id]);
  return found.rows[0] ?? null;
}

export async function latestJobs(db: Queryable, limit: number): Promise<JobRow[]> {
  return (await db.query<JobRow>(`${SELECT} order by started_at desc, id desc limit $1`, [limit])).rows;
}

/** Jobs that some process was working on when it was last heard of. */
export async function workingJobs(db: Queryable): Promise<JobRow[]> {
  return (await db.query<JobRow>(`${SELECT} where state in ('reading', 'applying')`)).rows;
}

const SELECT = `select id, kind, state, profile, files, rows_done as "rowsDone", rows_total as "rowsTotal", summary,
  started_by as "startedBy", started_at as "startedAt", ended_at as "endedAt" from import_job`;
