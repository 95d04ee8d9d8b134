import { z } from 'zod';
import { openEnvelope, type Row } from '#shared/replica/changeset.ts';
import { tableFacts } from '#shared/schema.ts';
import { storeScope } from '#shared/tables/scope.ts';
import type { World } from './history.ts';
import { remembered } from './remembered.ts';
import type { Seat } from './seat.ts';

/** What went wrong, in the terms of the promise. */
export type Harm = 'lost' | 'duplicated' | 'diverged' | 'stuck';
export class Broken extends Error {
  readonly harm: Harm;
  constructor(harm: Harm, what: string) {
    super(`${harm}: ${what}`);
    this.harm = harm;
  }
}

/** What holds at a till after every single step, drained or not. */
export function checkSeat(world: World, seat: Seat): void {
  seat.latestMs = Math.max(seat.latestMs, seat.till.clock.nowMs());
  const writes = seat.till.writes();
  if (seat.checked.session === seat.session && seat.checked.writes === writes) return;
  seat.checked = { session: seat.session, writes };
  checkCursors(seat);
  checkClock(world, seat);
  checkStock(seat);
  checkOverlay(world, seat);
  if (world.movesTills) checkScope(seat);
}

function checkCursors({ name, till, seen }: Seat): void {
  for (const scope of till.scopes) {
    const at = till.cursor(scope);
    const before = seen.get(scope);
    if (at === null) continue;
    if (before && before.epoch === at.epoch && at.seq < before.seq)
      throw new Broken('diverged', `${name}'s cursor of ${scope} went from ${before.seq} back to ${at.seq}`);
    seen.set(scope, at);
  }
}

/** A till's stamps go with its own clock, or with what HQ gave, which is held to HQ's: nobody drags them along. */
function checkClock(world: World, { name, till, latestMs }: Seat): void {
  const latest = Math.max(latestMs, world.now() + 60_000);
  const at = Number.parseInt(till.store.identity.read().hlc.slice(0, 12), 16);
  if (at > latest + 1)
    throw new Broken('diverged', `${name}'s stamps are ${at - latest} ms ahead of every clock`);
}

/** On hand is the sum of the movements, whatever part of them has been numbered. */
function checkStock(seat: Seat): void {
  if (seat.till.cursor(seat.till.scopes[1]) === null) return;
  const wrong = seat.till.all<{ batch: string; held: number; moved: number }>(
    `SELECT batch_id AS batch, sum(held) AS held, sum(moved) AS moved FROM (
         SELECT batch_id, qty_base AS held, 0 AS moved FROM on_hand
         UNION ALL SELECT batch_id, 0, qty_base FROM stock_movement WHERE id NOT IN (SELECT movement_id FROM uncounted))
       GROUP BY batch_id HAVING sum(held) <> sum(moved)`,
  );
  const unseen = new Map<string, number>();
  for (const { batch, qtyBase } of seat.unseen.values())
    unseen.set(batch, (unseen.get(batch) ?? 0) + qtyBase);
  for (const { batch, held, moved } of wrong)
    if (held !== moved + (unseen.get(batch) ?? 0))
      throw new Broken(
        'diverged',
        `${seat.name} has ${held} on hand of ${batch}, its movements say ${moved}`,
      );
  if (wrong.length < [...unseen.values()].filter((sum) => sum !== 0).length)
    throw new Broken('diverged', `${seat.name} has lost a sum of history`);
}

/**
 * No row lies at a till that belongs to another store, but one it has just made itself (HQ will refuse it); nothing is
 * pending there, and nothing is kept for one.
 */
function checkScope({ name, till, gone }: Seat): void {
  const own = storeScope(till.storeId);
  const ofIts = (t: string) => {
    if (t !== 'audit_entry') return false;
    const made = new Set(till.journal().flatMap(({ text }) => factsOf(text)));
    return till
      .all<{ id: string }>(`SELECT id FROM audit_entry WHERE store_id <> ?`, till.storeId)
      .every(({ id }) => made.has(`audit_entry/${id}`) && !gone.has(`audit_entry/${id}`));
  };
  const found = till.all<{ t: string }>(FOREIGN, { storeId: till.storeId, own });
  const foreign = found.filter(({ t }) => !ofIts(t));
  if (foreign.length > 0)
    throw new Broken('duplicated', `${name} has ${foreign.map(({ t }) => t).join(', ')} of another store`);
}

const FOREIGN = [
  ...[...tableFacts.values()]
    .filter(({ scope }) => scope === 'store' || scope === 'org-or-store')
    .map(
      ({ name }) =>
        `SELECT '${name}' AS t WHERE EXISTS (SELECT 1 FROM ${name} WHERE store_id IS NOT NULL AND store_id <> @storeId)`,
    ),
  ...['cursor', 'pending_change', 'held_change', 'chain_at', 'deferred_change'].map(
    (name) =>
      `SELECT '${name}' WHERE EXISTS (SELECT 1 FROM ${name} WHERE scope LIKE 'store:%' AND scope <> @own)`,
  ),
  `SELECT 'pending_write' WHERE EXISTS (SELECT 1 FROM pending_write p JOIN journal j USING (inc, dseq)
     WHERE j.scope LIKE 'store:%' AND j.scope <> @own AND p.device = (SELECT device FROM identity))`,
  `SELECT 'batch_state' WHERE EXISTS (SELECT 1 FROM batch_state WHERE batch_id NOT IN (SELECT batch_id FROM batch_decision))`,
].join(' UNION ALL ');

/** The facts a changeset states, by table and id. */
export function factsOf(text: string): readonly string[] {
  const opened = openEnvelope(text);
  return (opened.ok ? opened.value.body.changes : []).flatMap((c) =>
    c.op === 'insert' ? [`${c.t}/${String(c.row.id)}`] : [],
  );
}

const baseText = z.object({ values: z.record(z.string(), z.unknown()), deleted: z.boolean() }).nullable();
const change = z.object({
  op: z.enum(['set', 'delete', 'undelete']),
  cols: z.record(z.string(), z.unknown()).optional(),
});

type Pending = {
  t: string;
  id: string;
  device: string;
  inc: number;
  dseq: number;
  hlc: string;
  changes: string;
};

/** What is shown of a row is its base with all that is pending carried out over it in order; no base lies about alone. */
function checkOverlay(world: World, seat: Seat): void {
  const { name, till } = seat;
  const pending = till.all<Pending>(
    `SELECT tbl AS t, row_id AS id, device, inc, dseq, hlc, "values" AS changes FROM pending_write
     ORDER BY tbl, row_id, hlc, device, inc, dseq`,
  );
  const bases = new Map(
    till
      .all<{ t: string; id: string; base: string }>(`SELECT tbl AS t, row_id AS id, base FROM overlay_base`)
      .map(({ t, id, base }) => [`${t}/${id}`, base]),
  );
  checkOwnPending(world, seat, pending);
  const rows = Map.groupBy(pending, ({ t, id }) => `${t}/${id}`);
  if (rows.size !== bases.size)
    throw new Broken('diverged', `${name} has ${rows.size} rows pending over ${bases.size} bases`);
  for (const [key, writes] of rows) {
    const expected = laidOver(bases.get(key) ?? 'null', writes);
    const { t = '', id = '' } = writes[0] ?? {};
    const shown = till.store.rows.readRegister(t, id);
    // Edits of a row that HQ has lost, or has not got yet, make no whole row.
    if (shown === null && bases.get(key) === 'null') continue;
    if (shown === null || shown.deleted !== expected.deleted || !covers(shown.values, expected.values))
      throw new Broken('diverged', `${name} shows ${key} otherwise than base and overlay say`);
  }
}

/** What is pending of a till's own is what its journal says, and what waits is pending, but where a snapshot held it. */
function checkOwnPending(world: World, { name, till, answered }: Seat, pending: readonly Pending[]): void {
  const edits = new Map<string, string>();
  const waiting: string[] = [];
  for (const made of till.journalStates()) {
    if (made.state === 'superseded') continue;
    for (const [row, changes] of editsOf(made.hash, () => till.textOf(made))) {
      const key = `${made.inc}/${made.dseq} ${row}`;
      edits.set(key, changes);
      if (
        made.state === 'waiting' &&
        isHere(till, made.scope) &&
        (made.inc !== till.inc() || made.dseq > answered)
      )
        waiting.push(key);
    }
  }
  const here = new Map(
    pending
      .filter((p) => p.device === till.device)
      .map((p) => [`${p.inc}/${p.dseq} ${p.t}/${p.id}`, changesIn(p.changes).map(said).join(' ')]),
  );
  for (const [key, changes] of here)
    if (edits.get(key) !== changes)
      throw new Broken('diverged', `${name} has ${key} pending as ${changes}, made as ${edits.get(key)}`);
  // What a restored HQ has lost, or has behind a hole, waits again and lies in the base.
  if (world.hqRestores > 0 || world.reopened) return;
  for (const key of waiting)
    if (!here.has(key)) throw new Broken('lost', `${name} no longer shows its ${key}`);
}

/** A moved till may still have to send what it made in its former store. */
export const isHere = ({ scopes }: Seat['till'], scope: string): boolean =>
  !scope.startsWith('store:') || scopes.some((own) => own === scope);

/** What a changeset does to each row it edits, in words. */
const editsOf = remembered((text) => {
  const edits = new Map<string, string>();
  const opened = openEnvelope(text);
  for (const c of opened.ok ? opened.value.body.changes : []) {
    if (c.op === 'insert') continue;
    const key = `${c.t}/${c.id}`;
    const before = edits.get(key);
    edits.set(key, before === undefined ? said(c) : `${before} ${said(c)}`);
  }
  return edits;
});
const changesIn = remembered((text) => z.array(change).parse(JSON.parse(text)));
const baseIn = remembered((text) => baseText.parse(JSON.parse(text)) ?? { values: {}, deleted: false });

const said = ({ op, cols = {} }: { readonly op: string; readonly cols?: Row | undefined }): string =>
  `${op} ${JSON.stringify(Object.entries(cols).sort(([a], [b]) => (a < b ? -1 : 1)))}`;

function laidOver(base: string, writes: readonly Pending[]): { values: Row; deleted: boolean } {
  let { values, deleted }: { values: Row; deleted: boolean } = baseIn(base);
  for (const { changes } of writes)
    for (const { op, cols } of changesIn(changes)) {
      if (op === 'set') values = { ...values, ...cols };
      else deleted = op === 'delete';
    }
  return { values, deleted };
}

/** Every known column as expected; one of no table's was never written. */
const covers = (shown: Row, expected: Row): boolean =>
  Object.entries(expected).every(
    ([column, value]) =>
      !(column in shown) || JSON.stringify(shown[column]) === JSON.stringify(value ?? null),
  );
