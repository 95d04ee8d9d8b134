import type { Database } from 'better-sqlite3';
import type { Counter } from '../counter.ts';
import type { TillPorts } from '../ports.ts';
import { createHq } from '../replication/hq.ts';
import type { Sessions } from '../sessions.ts';
import type { Projection } from '../store/replica.ts';
import { createCustomers } from './customers.ts';
import { createForgetting } from './customers-forget.ts';
import { createCustomerIndex } from './customers-index.ts';
import { createKeyExchange } from './customers-key-exchange.ts';

type Deps = Pick<TillPorts, 'subjectKeys' | 'fetch' | 'clock' | 'log'> & { readonly hqUrl: string };

/** Everything about customers at one till: keys, search, erasure, and the calls. */
export function createCustomerDesk(db: Database, { subjectKeys: keys, fetch, clock, log, hqUrl }: Deps) {
  const index = createCustomerIndex({ db, keys });
  const forgetting = createForgetting({ db, keys, index, log });
  const hq = createHq({ url: hqUrl, fetch, nowMs: clock.nowMs });
  const exchange = createKeyExchange({ db, keys, index, forgetting, hq, log });
  const follow: Projection = {
    table: 'customer',
    apply(id) {
      index.touch(id);
      exchange.expect(id);
    },
  };
  return {
    projections: [follow, forgetting.projection] as const,
    /** To be called in every turn of the link, after the push: keys up, keys down, erasures that are still due. */
    sync: exchange.sync,
    /** A snapshot has replaced the table; its facts went past the projections. */
    reset(): void {
      index.reset();
      exchange.reset();
      forgetting.settleLater();
    },
    /** What a stop cut off goes on. */
    start: forgetting.settleLater,
    at: (counter: Counter, sessions: Sessions) =>
      createCustomers(counter, { sessions, keys, index, forgetting, retention: [] }),
  };
}
