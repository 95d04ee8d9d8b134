import type { Database } from 'better-sqlite3';
import type { Clock } from '#shared/kernel/clock.ts';
import type { Ids } from '#shared/kernel/ids.ts';
import type { Sealer } from '#shared/replica/changeset.ts';
import type { Live, Topic } from '../live.ts';
import { createIdentityStore } from './identity.ts';
import { createReplica, type Projection } from './replica.ts';
import { createRowStore } from './rows.ts';

export type Store = ReturnType<typeof createStore>;

type Deps = {
  readonly db: Database;
  readonly sealer: Sealer;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly live: Live;
  readonly projections: readonly Projection[];
  readonly onSlow: (what: string, ms: number) => void;
  /** The device's own clock beside till time; see Replica. */
  readonly wall?: () => { readonly at: number; readonly skew: number | null };
};

/** Anything local that takes this long is written down. */
const SLOW_MS = 40;

/** The one writer of an enrolled till: transactions, and the replica that journals what they do. */
export function createStore({ db, sealer, clock, ids, live, projections, onSlow, wall }: Deps) {
  const rows = createRowStore(db);
  const identity = createIdentityStore(db);
  const replica = createReplica({
    ...{ db, rows, identity, sealer, clock, ids, projections },
    ...(wall && { wall }),
  });
  const runner = db.transaction((work: () => unknown) => work());
  return {
    db,
    rows,
    identity,
    replica,
    ids,
    clock,
    live,
    /** Does all of `work` or nothing of it; on disk when it returns. `topics` are announced after the commit. */
    transact<T>(what: string, work: () => T, ...topics: readonly Topic[]): T {
      const started = performance.now();
      let result: T | undefined;
      runner.immediate(() => {
        result = work();
      });
      const took = performance.now() - started;
      if (took >= SLOW_MS) onSlow(what, took);
      for (const topic of topics) live.changed(topic);
      return result as T;
    },
  };
}
