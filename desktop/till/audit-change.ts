import type { Change } from '#shared/replica/changeset.ts';
import type { RowOf } from '#shared/schema.ts';
import type { Counter } from './counter.ts';

/** What is told of a privileged act: by whom, what, on what, why. */
export type Told = Pick<RowOf<'audit_entry'>, 'actorId' | 'action'> &
  Partial<Pick<RowOf<'audit_entry'>, 'subjectId' | 'reason' | 'details'>>;

/** Somebody did something privileged: one line of the audit. */
export function auditChange(
  { ids, storeId, tillId }: Pick<Counter, 'ids' | 'storeId' | 'tillId'>,
  { nowMs: at, business: businessDate }: { readonly nowMs: number; readonly business: string },
  { actorId, action, subjectId = null, reason = null, details = null }: Told,
): Change {
  const row: RowOf<'audit_entry'> = {
    ...{ id: ids.next(), storeId, tillId, at, businessDate, actorId, action, subjectId, reason, details },
  };
  return { t: 'audit_entry', op: 'insert', row };
}
