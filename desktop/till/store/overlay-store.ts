import type { Database } from 'better-sqlite3';
import { z } from 'zod';
import type { Origin, Pending, RegisterChange, RegisterRow } from '#shared/replica/merge.ts';

/** Register edits HQ has not numbered yet, and the bases that lie under them. */
export function createOverlayStore(db: Database) {
  const has = db.prepare(`SELECT 1 FROM pending_write WHERE tbl = ? AND row_id = ? LIMIT 1`).pluck();
  const list = db.prepare<[string, string], PendingRow>(
    `SELECT device, inc, dseq, hlc, "values" AS changes FROM pending_write WHERE tbl = ? AND row_id = ?`,
  );
  const add = db.prepare(
    `INSERT INTO pending_write (tbl, row_id, device, inc, dseq, hlc, "values") VALUES (?, ?, ?, ?, ?, ?, ?)
     ON CONFLICT (tbl, row_id, device, inc, dseq) DO UPDATE SET "values" = excluded."values"`,
  );
  const drop = db.prepare(
    `DELETE FROM pending_write WHERE tbl = ? AND row_id = ? AND device = ? AND inc = ? AND dseq = ?`,
  );
  const ofOrigin = db.prepare<[string, number, number], { table: string; rowId: string }>(
    `SELECT tbl AS "table", row_id AS rowId FROM pending_write WHERE device = ? AND inc = ? AND dseq = ?`,
  );
  const all = db.prepare<[], Origin>(`SELECT DISTINCT device, inc, dseq FROM pending_write`);
  const base = db.prepare<[string, string], { base: string }>(
    `SELECT base FROM overlay_base WHERE tbl = ? AND row_id = ?`,
  );
  const keep = db.prepare(
    `INSERT INTO overlay_base (tbl, row_id, base) VALUES (?, ?, ?) ON CONFLICT (tbl, row_id) DO UPDATE SET base = excluded.base`,
  );
  const forget = db.prepare(`DELETE FROM overlay_base WHERE tbl = ? AND row_id = ?`);

  return {
    hasPending: (table: string, id: string): boolean => has.get(table, id) !== undefined,
    pendingOf: (table: string, id: string): readonly Pending[] =>
      list
        .all(table, id)
        .flatMap(({ changes, ...origin }) => changesOf(changes).map((change) => ({ ...origin, change }))),
    addPending(
      change: RegisterChange,
      { device, inc, dseq, hlc }: Origin & { readonly hlc: string },
      under: RegisterRow | null,
    ): void {
      if (has.get(change.t, change.id) === undefined) keep.run(change.t, change.id, JSON.stringify(under));
      const earlier = this.pendingOf(change.t, change.id).filter(
        (p) => p.device === device && p.inc === inc && p.dseq === dseq,
      );
      const all = [...earlier.map((p) => p.change), change];
      add.run(change.t, change.id, device, inc, dseq, hlc, JSON.stringify(all));
    },
    dropPending(table: string, id: string, { device, inc, dseq }: Origin): void {
      drop.run(table, id, device, inc, dseq);
    },
    /** Everything that lies over a base. */
    origins: (): readonly Origin[] => all.all(),
    rowsOf: ({ device, inc, dseq }: Origin) => ofOrigin.all(device, inc, dseq),
    baseOf(table: string, id: string): RegisterRow | null {
      const found = base.get(table, id);
      return found ? baseRow.parse(JSON.parse(found.base)) : null;
    },
    /** Keeps a base while something lies over it; forgets it when nothing does any more. */
    keepBase(table: string, id: string, row: RegisterRow | null): void {
      keep.run(table, id, JSON.stringify(row));
    },
    forgetBase(table: string, id: string): void {
      forget.run(table, id);
    },
  };
}

/** `changes`: the edits of one row in one changeset, in their order. */
type PendingRow = Origin & { readonly hlc: string; readonly changes: string };

const cols = z.record(z.string(), z.unknown());
const pendingChange = z.discriminatedUnion('op', [
  z.object({ t: z.string(), op: z.literal('set'), id: z.string(), cols }),
  z.object({ t: z.string(), op: z.enum(['delete', 'undelete']), id: z.string() }),
]);
const changesOf = (text: string): readonly RegisterChange[] => z.array(pendingChange).parse(JSON.parse(text));
const baseRow = z
  .object({ values: cols, deleted: z.boolean(), stamps: z.record(z.string(), z.string()) })
  .nullable();
