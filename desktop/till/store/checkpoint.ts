import { Worker } from 'node:worker_threads';
import type { Database } from 'better-sqlite3';
import { z } from 'zod';

/** How often the thread looks, and pages in the WAL that are worth a checkpoint (4 MB). */
export const LOOK_MS = 100;
const WORTH_IT = 1_000;

export type Checkpoints = { readonly stop: () => Promise<void> };

/**
 * Checkpoints in a thread of its own. In the writer's they take 20 to 40 ms of one commit in ten or so, half of the time
 * that taking in a long feed takes, and the cashier waits for it. Nothing that was committed hangs on it: it lasts once
 * the WAL is synced, which the writer does. `worker` is quick-check-worker's file. `onEnd`: the thread is gone without
 * having been stopped.
 */
export function checkpointAside({
  onEnd,
  worker,
  ...database
}: {
  readonly worker: string;
  readonly file: string;
  readonly keyHex: string;
  readonly onEnd: (problem: string) => void;
}): Checkpoints {
  const thread = new Worker(worker, { workerData: { ...database, work: 'checkpoint' } });
  let stopping = false;
  let problem = '';
  thread.on('error', (error) => {
    problem = String(error);
  });
  const ended = new Promise<void>((resolve) => {
    thread.once('exit', (code) => {
      if (!stopping) onEnd(problem || `code ${code}`);
      resolve();
    });
  });
  // A till that ends without closing does not wait for it.
  thread.unref();
  return {
    async stop() {
      stopping = true;
      thread.postMessage('stop');
      thread.ref();
      await ended;
    },
  };
}

/** Moves what is committed from the WAL to the file where there is enough of it. Holds up neither writer nor readers. */
export function checkpointNow(db: Database): void {
  const { log, checkpointed } = standing.parse(db.pragma('wal_checkpoint(NOOP)'))[0];
  if (log - checkpointed >= WORTH_IT) db.pragma('wal_checkpoint(PASSIVE)');
}

const standing = z.tuple([z.object({ log: z.int(), checkpointed: z.int() })]);
