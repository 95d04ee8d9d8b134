import { auditChange } from '../audit-change.ts';
import type { Counter } from '../counter.ts';

/** Writes down that a scope of this replica was not what HQ has, and is taken anew. */
export function auditRepair(counter: Counter, scope: string, seq: number): void {
  const told = { actorId: 'till', action: 'sync.repaired', reason: 'the digest is not that of HQ' };
  const change = auditChange(counter, counter.today(), { ...told, details: { scope, seq } });
  counter.transact('audit repair', () =>
    counter.replica.record({
      ...{ type: 'sync-repair', actor: 'till', subjectId: null },
      changes: [change],
    }),
  );
}
