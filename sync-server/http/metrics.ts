import type pg from 'pg';
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';

export type Metrics = ReturnType<typeof createMetrics>;

/** What `/metrics` tells a monitoring system. No label ever holds anything of a person. */
export function createMetrics(pool: Pick<pg.Pool, 'totalCount' | 'idleCount' | 'waitingCount'>) {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const registers = [registry];
  new Gauge({
    name: 'pestle_hq_pool_connections',
    help: 'Connections to Postgres by state',
    labelNames: ['state'],
    registers,
    collect() {
      this.set({ state: 'total' }, pool.totalCount);
      this.set({ state: 'idle' }, pool.idleCount);
      this.set({ state: 'waited_for' }, pool.waitingCount);
    },
  });
  return {
    registry,
    push: new Histogram({
      name: 'pestle_hq_push_seconds',
      help: 'Time to take in one pushed batch',
      buckets: [0.005, 0.01, 0.02, 0.05, 0.1, 0.25, 0.5, 1, 2.5],
      registers,
    }),
    changesets: new Counter({
      name: 'pestle_hq_changesets_total',
      help: 'Changesets answered, by verdict',
      labelNames: ['verdict'],
      registers,
    }),
    refusedBatches: new Counter({
      name: 'pestle_hq_refused_batches_total',
      help: 'Batches refused as a whole, by code',
      labelNames: ['code'],
      registers,
    }),
  };
}
