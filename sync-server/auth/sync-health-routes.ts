import { implement } from '@orpc/server';
import type pg from 'pg';
import { hqContract } from '#shared/contract.ts';
import type { Clock } from '#shared/kernel/clock.ts';
import type { Ids } from '#shared/kernel/ids.ts';
import type { Caller } from '../http/rpc-caller.ts';
import type { OutageImports } from '../intake/outage-bundle.ts';
import { createQuarantine, type DecisionProblem } from '../intake/quarantine.ts';
import { listFlags, listQuarantine, readQuarantined } from './back-office-quarantine.ts';
import { readSyncFigures, readTaken } from './back-office-sync-health.ts';
import { reviewFlag } from './review-flag.ts';

export type SyncHealthDeps = {
  readonly pool: pg.Pool;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly outages: OutageImports;
  /** The folder of an upload; null when there is none. */
  readonly uploadPath: (uploadId: string) => Promise<string | null>;
};

/** The calls about how the chain's data stand, and what a person at HQ decides about them. */
export function syncHealthHandlers({ pool, clock, ids, outages, uploadPath }: SyncHealthDeps) {
  const os = implement(hqContract.auth).$context<Caller>();
  const quarantine = createQuarantine({ pool, ids });
  return {
    syncHealth: os.syncHealth.handler(() => readSyncFigures(pool)),
    changesetsTaken: os.changesetsTaken.handler(() => readTaken(pool, clock.nowMs())),
    quarantine: os.quarantine.handler(({ input }) => listQuarantine(pool, input)),
    quarantined: os.quarantined.handler(async ({ input, errors }) => {
      const found = await readQuarantined(pool, input.id);
      if (!found) throw errors.NOT_FOUND();
      return found;
    }),
    retryQuarantined: os.retryQuarantined.handler(async ({ input, context, errors }) => {
      const done = await quarantine.retry({ ...input, actor: context.user.id });
      if (!done.ok) throw refusalOf(done.error, errors);
      return done.value;
    }),
    dismissQuarantined: os.dismissQuarantined.handler(async ({ input, context, errors }) => {
      const done = await quarantine.dismiss({ ...input, actor: context.user.id });
      if (!done.ok) throw refusalOf(done.error, errors);
      return {};
    }),
    flags: os.flags.handler(({ input }) => listFlags(pool, input)),
    reviewFlag: os.reviewFlag.handler(async ({ input, context, errors }) => {
      const done = await reviewFlag(pool, { id: input.id, actor: context.user.id, auditId: ids.next() });
      if (done.ok) return {};
      const { error } = done;
      if (error.code === 'NOT_FOUND') throw errors.NOT_FOUND();
      throw errors.ALREADY_REVIEWED({ data: { by: error.by, at: error.at } });
    }),
    importOutageFile: os.importOutageFile.handler(async ({ input, context, errors }) => {
      const folder = await uploadPath(input.uploadId);
      if (folder === null) throw errors.NOT_FOUND();
      const done = await outages.take(folder, context.user.id);
      if (done.ok) return done.value;
      const { error } = done;
      if (error.code === 'ALREADY_IMPORTED')
        throw errors.ALREADY_IMPORTED({ data: { at: error.at, by: error.by } });
      if (error.code === 'GAP') throw errors.GAP({ data: { from: error.from, to: error.to } });
      if (error.code === 'FORK') throw errors.FORK({ data: { dseq: error.dseq } });
      throw errors[error.code]();
    }),
    outageFiles: os.outageFiles.handler(() => outages.list()),
  };
}

type DecisionErrors = {
  readonly NOT_FOUND: () => Error;
  readonly ALREADY_DECIDED: (options: {
    data: Extract<DecisionProblem, { code: 'ALREADY_DECIDED' }>['decided'];
  }) => Error;
};

const refusalOf = (problem: DecisionProblem, errors: DecisionErrors): Error =>
  problem.code === 'NOT_FOUND' ? errors.NOT_FOUND() : errors.ALREADY_DECIDED({ data: problem.decided });
