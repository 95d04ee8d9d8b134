import type pg from 'pg';
import type { ImportSummary } from '#shared/catalog/calls.ts';
import type { Report } from '#shared/catalog/import-issues.ts';
import type { Result } from '#shared/kernel/result.ts';
import type { Change } from '#shared/replica/changeset.ts';
import type { Breather } from './breather.ts';
import type { JobFailure } from './import-jobs.ts';
import type { TableFile } from './table-file.ts';

/** What reading needs of the job that it is part of. */
export type WorkContext = {
  readonly pool: pg.Pool;
  readonly files: readonly TableFile[];
  readonly breather: Breather;
  readonly report: Report;
  /** Notes progress, writes out what was reported, and throws `Cancelled` when the job is to stop. */
  readonly slice: (rowsDone: number, rowsTotal: number) => Promise<void>;
};

/** One kind of import, from files to changes. */
export type ImportWork = {
  /** Reads the files and says what applying them would do now. Writes nothing. */
  dryRun(context: WorkContext): Promise<Result<ImportSummary, JobFailure>>;
  /** What must be written, worked out anew against what `client`'s transaction sees. */
  changes(
    client: pg.ClientBase,
    doing: { readonly breather: Breather; readonly actor: string },
  ): Promise<readonly Change[]>;
};

/** Thrown through the layers of a job that was cancelled. */
export class Cancelled extends Error {}
