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
    { table: 'done_command', at: 'at', where: 'at < @before' },
    { table: 'print_job', at: 'created_at', where: `state = 'printed' AND created_at < @before` },
  ].map(({ table, at, where }) => ({
    any: db.prepare(`SELECT 1 FROM ${table} WHERE ${where} LIMIT 1`),
    drop: db.prepare(
      `DELETE FROM ${table} WHERE id IN (SELECT id FROM ${table} WHERE ${where} ORDER BY ${at} LIMIT ${MOST})`,
    ),
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
