import type { Counter } from '../counter.ts';

/** A held sale was taken up or given up, at which till. */
export type HeldEnd = {
  readonly id: string;
  readonly at: number;
  readonly tillId: string;
  readonly tillName: string;
};

/** How held sales ended, as this replica knows it: more than once where tills were apart. */
export function createHeldEnds({ db }: Pick<Counter, 'db'>) {
  const ends = db.prepare<[string], HeldEnd>(
    `SELECT e.id, e.at, e.till_id AS tillId, coalesce(t.name, '') AS tillName
     FROM held_end e LEFT JOIN till t ON t.id = e.till_id WHERE e.held_id = ?`,
  );
  return (heldId: string): HeldEnd[] => ends.all(heldId);
}
