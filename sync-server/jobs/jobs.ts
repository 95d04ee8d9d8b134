import type pg from 'pg';
import { PgBoss } from 'pg-boss';
import type { Logger } from 'pino';
import { readStores } from '../auth/back-office-stores.ts';
import { FLOOR_AFTER_MS, prepareCompaction, purgeTombstones, raiseFloors } from '../intake/compaction.ts';
import { sealLog } from '../intake/seal-log.ts';
import { tellStock } from '../inventory/tell-stock.ts';
import { openLogMonths } from '../store/log-months.ts';
import { archiveMonths } from './archive-months.ts';
import { tidyFiles } from './tidy-files.ts';

export type JobsOptions = {
  readonly pool: pg.Pool;
  readonly dataDir: string;
  readonly log: Logger;
  readonly now: () => number;
  /** Months of the log older than this leave it for the archive. */
  readonly archiveAfterMonths: number;
  /** So often tills hear of other stores' stock: a divisor of 60, below it. 0: never. */
  readonly tellStockMinutes: number;
};

export type Jobs = {
  /** Runs a job at the next look instead of at its hour; on one of the nodes. */
  readonly runSoon: (name: JobName) => Promise<void>;
  readonly stop: () => Promise<void>;
};

type Job = {
  /** When it runs, in UTC; null: not by itself. */
  readonly cron: string | ((options: JobsOptions) => string | null);
  readonly run: (options: JobsOptions) => Promise<unknown>;
};

/** Each job can be run again at any time, and cut off anywhere. What it answers stays with pg-boss for a week. */
const jobs = {
  'open-log-months': { cron: '10 0 * * *', run: ({ pool }: JobsOptions) => openLogMonths(pool) },
  'seal-log': { cron: '5 * * * *', run: async ({ pool }: JobsOptions) => ({ sealed: await sealLog(pool) }) },
  'raise-floors': {
    cron: '20 2 * * *',
    run: async ({ pool, now }: JobsOptions) => ({ risen: await raiseFloors(pool, now() - FLOOR_AFTER_MS) }),
  },
  'purge-tombstones': {
    cron: '40 2 * * *',
    run: async ({ pool }: JobsOptions) => ({ purged: await purgeTombstones(pool) }),
  },
  'archive-log-months': {
    cron: '0 3 * * *',
    run: async ({ pool, dataDir, now, archiveAfterMonths }: JobsOptions) => {
      const before = new Date(now());
      before.setUTCMonth(before.getUTCMonth() - archiveAfterMonths);
      return { moved: await archiveMonths(pool, { dataDir, before }) };
    },
  },
  'tell-stock': {
    cron: ({ tellStockMinutes: every }) => (every === 0 ? null : `*/${every} * * * *`),
    run: async ({ pool, now }) => tellStock(pool, { stores: await readStores(pool, now()), nowMs: now() }),
  },
} as const satisfies Readonly<Record<string, Job>>;
export type JobName = keyof typeof jobs;
const names = Object.keys(jobs).filter((name): name is JobName => name in jobs);

const DAY_MS = 86_400_000;
/** Nobody waits for this work, so a node asks seldom whether there is some. */
const LOOK_SECONDS = 30;

/**
 * HQ's own work by the clock on pg-boss, in the same Postgres: every node runs this, each job runs on one of them. Files are a
 * node's own, so each tidies its own. What fails is tried again after a while, three times, and is in the log.
 */
export async function startJobs(
  options: JobsOptions,
  { lookSeconds = LOOK_SECONDS }: { readonly lookSeconds?: number } = {},
): Promise<Jobs> {
  const { pool, dataDir, log, now } = options;
  await prepareCompaction(pool);
  const boss = new PgBoss({ db: { executeSql: (text, values) => pool.query(text, values) } });
  boss.on('error', (problem) => log.warn({ reason: problem.message }, 'the jobs lost Postgres'));
  await boss.start();
  for (const name of names) {
    await boss.createQueue(name, {
      ...{ policy: 'exclusive', retryLimit: 3, retryDelay: 300, expireInSeconds: 2 * 3_600 },
    });
    const { cron } = jobs[name];
    const when = typeof cron === 'string' ? cron : cron(options);
    await (when === null ? boss.unschedule(name) : boss.schedule(name, when, null, { tz: 'UTC' }));
    await boss.work(name, { pollingIntervalSeconds: lookSeconds }, async () => {
      try {
        const done = await jobs[name].run(options);
        log.info({ job: name, ...done }, 'a job is done');
        return done;
      } catch (problem) {
        log.warn({ job: name, problem }, 'a job failed');
        throw problem;
      }
    });
  }
  const tidy = () =>
    tidyFiles(dataDir, now()).catch((problem: unknown) =>
      log.warn({ problem }, 'old files could not be dropped'),
    );
  void tidy();
  const daily = setInterval(tidy, DAY_MS);
  return {
    runSoon: async (name) => void (await boss.send(name)),
    stop: async () => {
      clearInterval(daily);
      await boss.stop({ graceful: true, timeout: 5_000 });
    },
  };
}
