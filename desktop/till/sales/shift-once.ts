import type { z } from 'zod';
import type { Change } from '#shared/replica/changeset.ts';
import type { RowOf } from '#shared/schema.ts';
import type { Counter, Today } from '../counter.ts';

/** A command's answer; `fresh` where it was carried out now and not found to have been before. */
type Answered<T> = { readonly answer: T; readonly fresh: boolean };

/** Commands carried out once: one repeated after a lost answer is answered the same and does nothing. */
export function createOnce({ db, clock, transact }: Counter) {
  const before = db.prepare<[string], { answer: string }>(`SELECT answer FROM done_command WHERE id = ?`);
  const mark = db.prepare(`INSERT INTO done_command (id, answer, at) VALUES (?, ?, ?)`);
  const answered = <T>(commandId: string, schema: z.ZodType<T>): T | null => {
    const row = before.get(commandId);
    return row ? schema.parse(JSON.parse(row.answer)) : null;
  };
  return {
    /** What the command was answered, or null where it has not been carried out. */
    answered,
    /** Does the work and keeps its answer, in one transaction. */
    run<T>(commandId: string, schema: z.ZodType<T>, work: () => T): Answered<T> {
      return transact('shift', () => {
        const repeated = answered(commandId, schema);
        if (repeated !== null) return { answer: repeated, fresh: false };
        const answer = work();
        mark.run(commandId, JSON.stringify(answer), clock.nowMs());
        return { answer, fresh: true };
      });
    },
  };
}

/** Somebody did something privileged: one line of the audit. */
export function auditChange(
  { ids, storeId, tillId }: Counter,
  { nowMs: at, business: businessDate }: Today,
  told: Pick<RowOf<'audit_entry'>, 'actorId' | 'action' | 'subjectId' | 'reason' | 'details'>,
): Change {
  const row: RowOf<'audit_entry'> = { id: ids.next(), storeId, tillId, at, businessDate, ...told };
  return { t: 'audit_entry', op: 'insert', row };
}
