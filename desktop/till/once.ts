import { z } from 'zod';
import type { Store } from './store/store.ts';

/** A command as it came: its own id (UUID), what the slow log calls it, and what its answer is. */
type Command<T> = {
  readonly what: string;
  readonly commandId: string;
  readonly answer: z.ZodType<T>;
};

/** A command's answer; `fresh` where it was carried out now and not found to have been before. */
export type Answered<T> = { readonly answer: T; readonly fresh: boolean };

/** The answer of a command that has nothing to say. */
export const nothing = z.object({});

/**
 * Commands carried out once: one repeated after a lost answer, a crash or a restart is answered the same and does
 * nothing. The answer stands in the transaction of what was done; it holds no personal data, for it is kept.
 */
export function createOnce({ db, clock, transact }: Pick<Store, 'db' | 'clock' | 'transact'>) {
  const select = db.prepare<[string], string>(`SELECT answer FROM done_command WHERE id = ?`).pluck();
  const insert = db.prepare(`INSERT INTO done_command (id, answer, at) VALUES (?, ?, ?)`);
  const answered = <T>(commandId: string, schema: z.ZodType<T>): T | null => {
    const kept = select.get(commandId);
    return kept === undefined ? null : schema.parse(JSON.parse(kept));
  };
  const keep = (commandId: string, answer: unknown): void => {
    insert.run(commandId, JSON.stringify(answer), clock.nowMs());
  };
  return {
    /** What the command was answered, or null where it has not been carried out. */
    answered,
    /** Marks a command done that did its work outside of any transaction: on paper. */
    keep: (what: string, commandId: string, answer: unknown): void =>
      transact(what, () => keep(commandId, answer)),
    /** Does the work and keeps its answer, in one transaction. */
    run<T>(command: Command<T>, work: () => T): Answered<T> {
      const { what, commandId } = command;
      return transact(what, () => {
        const repeated = answered(commandId, command.answer);
        if (repeated !== null) return { answer: repeated, fresh: false };
        const answer = work();
        keep(commandId, answer);
        return { answer, fresh: true };
      });
    },
  };
}
