import type { Counter } from '../counter.ts';

/** Writes down that a scope of this replica was not what HQ has, and is taken anew. */
export function auditRepair(counter: Counter, scope: string, seq: number): void {
  const { ids, storeId, tillId, replica } = counter;
  const { nowMs, business } = counter.today();
  const row = {
    ...{ id: ids.next(), storeId, tillId, at: nowMs, businessDate: business, actorId: 'till' },
    ...{ action: 'sync.repaired', subjectId: null, reason: 'the digest is not that of HQ' },
    details: { scope, seq },
  };
  counter.transact('audit repair', () =>
    replica.record({
      ...{ type: 'sync-repair', actor: 'till', subjectId: null },
      changes: [{ t: 'audit_entry', op: 'insert', row }],
    }),
  );
}
