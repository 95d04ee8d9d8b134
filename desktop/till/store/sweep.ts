import type { Store } from './store.ts';

/** Nobody gives a command again, or looks for a receipt on its way to paper, after so long. */
const KEPT_MS = 30 * 86_400_000;
const LOOK_MS = 60_000;
/** Rows at once: what a cashier does not notice. A day of a busy counter makes some thousands. */
const MOST = 200;

/**
 * Lets go of what has served on this till alone: the answers of commands carried out, and jobs that came out of the
 * printer. Facts, the journal, and jobs that left no paper stay.
 */
export function createSweep({ db, clock, transact }: Pick<Store, 'db' | 'clock' | 'transact'>) {
  const old = [
    `done_command WHERE at < @before ORDER BY at`,
    `print_job WHERE state = 'printed' AND created_at < @before ORDER BY created_at`,
  ].map((rows) => ({
    any: db.prepare(`SELECT 1 FROM ${rows} LIMIT 1`),
    drop: db.prepare(`DELETE FROM ${rows.split(' ')[0]} WHERE id IN (SELECT id FROM ${rows} LIMIT ${MOST})`),
  }));
  let timer: NodeJS.Timeout | undefined;

  /** A piece of it; nothing is written where nothing is old. */
  function sweep(): void {
    const before = { before: clock.nowMs() - KEPT_MS };
    const some = old.filter(({ any }) => any.get(before) !== undefined);
    if (some.length === 0) return;
    transact('sweep', () => {
      for (const { drop } of some) drop.run(before);
    });
  }

  return {
    sweep,
    start(): void {
      timer ??= setInterval(sweep, LOOK_MS).unref();
    },
    stop(): void {
      clearInterval(timer);
    },
  };
}
