import type { Change, Row } from '#shared/replica/changeset.ts';
import { readable } from '#shared/replica/upcast.ts';
import { receiptNumber, receiptSeries } from '#shared/sales/receipt-number.ts';
import { tableFacts } from '#shared/schema.ts';
import {
  batchCodes,
  batchCols,
  batchIdOf,
  orgSettingId,
  packs,
  people,
  settingIds,
  stores,
  tillId,
} from './shop.ts';
import type { Till } from './till.ts';

/** One business transaction at a till, as it is about to be recorded. */
export type Deed = {
  readonly type: string;
  readonly actor: string;
  readonly changes: readonly Change[];
  /** HQ is going to refuse it, or a part of it. */
  readonly poisoned?: boolean;
};

/** A power cut in the middle of a transaction. */
export class PowerCut extends Error {}

/** Does some business at a till, in one transaction with its number and its changeset; null where there was nothing to do. */
export function doBusiness(
  till: Till,
  options: { readonly poison: boolean; readonly powerFails: boolean },
): Deed | null {
  return till.store.transact('business', () => {
    const deed = options.poison ? poisoned(till) : asKnown(till, till.dice.pick(deeds)(till));
    if (deed === null || deed.changes.length === 0) return null;
    till.store.replica.record({ ...deed, subjectId: null });
    if (options.powerFails) throw new PowerCut();
    return deed;
  });
}

/** An older version writes what it has tables, columns and words for. */
function asKnown({ takeIn }: Till, deed: Deed | null): Deed | null {
  if (deed === null || takeIn.tables === tableFacts) return deed;
  return { ...deed, changes: readable(deed.changes, takeIn.tables).known };
}

type Make = (till: Till) => Deed | null;

/** More sales than anything else. */
const deeds: readonly Make[] = [
  sell,
  sell,
  sell,
  sell,
  adjust,
  editSetting,
  editSetting,
  receive,
  receive,
  editBatch,
  remove,
  decide,
  decide,
  decideByName,
  note,
];

function sell(till: Till): Deed | null {
  const { store, dice, storeId, index } = till;
  const sold = batchesOf(till)
    .filter(() => dice.chance(0.4))
    .slice(0, 3);
  if (sold.length === 0) return null;
  const series = receiptSeries({ storeCode: storeId, tillCode: tillId(index), inc: till.inc() });
  const n = nextNumber(till, series);
  const sale = {
    ...{ id: store.ids.next(), storeId, tillId: tillId(index), receiptNo: receiptNumber(series, n) },
    ...{ receiptSeries: series, receiptN: n, ...day(till), cashierId: people.cashier, currency: 'EUR' },
    ...{ taxMode: 'inclusive', lineCount: sold.length, discountMinor: 0, taxMinor: 10 * sold.length },
    ...{ totalMinor: 500 * sold.length, cashRoundingMinor: 0, changeMinor: 0 },
  };
  const of = { saleId: sale.id, storeId };
  const tax = {
    ...{ taxPct3: [2100], baseMinor: 490, taxMinor: 10, componentsMinor: [10] },
    id: store.ids.next(),
    ...of,
  };
  const tender = {
    ...{ lineNo: 1, kind: 'cash', reference: null, authorisedAt: null },
    id: store.ids.next(),
    ...of,
    amountMinor: sale.totalMinor,
  };
  const lines = sold.flatMap((batch, i) => saleLine(till, batch, { saleId: sale.id, lineNo: i + 1 }));
  const changes = [insert('sale', sale), ...lines, insert('sale_tax', tax), insert('tender', tender)];
  return { type: 'sale', actor: dice.chance(0.05) ? people.stranger : people.cashier, changes };
}

function saleLine(
  till: Till,
  { id, packId }: HeldBatch,
  { saleId, lineNo }: { saleId: string; lineNo: number },
): Change[] {
  const { store, dice, storeId } = till;
  const qtyBase = 1 + dice.below(20);
  const line = {
    ...{
      id: store.ids.next(),
      saleId,
      storeId,
      lineNo,
      packId,
      name: packId,
      scheduleClass: 'general',
      qtyBase,
    },
    ...{ packSize: 16, baseUnit: 'tablet', packPriceMinor: 500, grossMinor: 500, lineDiscountMinor: 0 },
    ...{
      cartDiscountMinor: 0,
      amountMinor: 500,
      taxMinor: 10,
      taxClassId: 'tax-1',
      taxPct3: [2100],
      discountReason: null,
    },
  };
  return [
    insert('sale_line', line),
    movement(till, { id, packId }, { kind: 'sell', qtyBase: -qtyBase, documentId: saleId }),
  ];
}

function adjust(till: Till): Deed | null {
  const batch = anyBatch(till);
  if (!batch) return null;
  const qtyBase = till.dice.chance(0.5) ? 3 : -2;
  return {
    type: 'stock-adjustment',
    actor: people.manager,
    changes: [movement(till, batch, { kind: 'adjust', qtyBase, documentId: 'adjustment' })],
  };
}

function editSetting(till: Till): Deed {
  const { dice, storeId } = till;
  const id = dice.pick(settingIds(storeId));
  const edits = [edit('setting', id, { value: dice.below(1000) })];
  if (dice.chance(0.3))
    edits.push(edit('setting', id, { storeId, key: `sim.${dice.below(9)}`, value: dice.below(1000) }));
  if (dice.chance(0.2))
    edits.push(edit('setting', dice.pick(settingIds(storeId)), { value: dice.below(1000) }));
  return { type: 'setting', actor: people.manager, changes: edits };
}

/** A delivery: a batch this till may be the first to meet, or the second without knowing it, with its movement. */
function receive(till: Till): Deed {
  const { dice, storeId } = till;
  const [packId, code] = [dice.pick(packs), dice.pick(batchCodes)];
  const id = batchIdOf(storeId, packId, code);
  const known = batchesOf(till).some((batch) => batch.id === id);
  const expiresOn = dice.chance(0.2) ? '2028-01-31' : '2027-06-30';
  const cols = batchCols(storeId, { packId, code, expiresOn, at: till.clock.nowMs() });
  const moved = movement(till, { id, packId }, { kind: 'receive', qtyBase: 48, documentId: 'delivery' });
  return {
    type: 'goods-receipt',
    actor: people.manager,
    changes: known && dice.chance(0.7) ? [moved] : [edit('batch', id, cols), moved],
  };
}

function editBatch(till: Till): Deed | null {
  const batch = anyBatch(till);
  if (!batch) return null;
  const { dice } = till;
  const cols = dice.chance(0.5)
    ? { packPriceMinor: dice.below(900) }
    : { costMinor: dice.below(900), costQtyBase: 1 + dice.below(30) };
  return { type: 'batch-edit', actor: people.manager, changes: [edit('batch', batch.id, cols)] };
}

/** Deletions and what undoes them, alone and with an edit of the same row on either side. */
function remove(till: Till): Deed {
  const { dice, storeId } = till;
  const id = dice.pick(settingIds(storeId));
  const gone: Change = { t: 'setting', op: 'delete', id };
  const back: Change = { t: 'setting', op: 'undelete', id };
  const value = edit('setting', id, { value: dice.below(1000) });
  const changes = dice.pick<readonly Change[]>([
    [gone],
    [back],
    [gone, value],
    [value, gone],
    [back, value],
    [gone, back],
  ]);
  return { type: 'setting', actor: people.manager, changes };
}

function decide(till: Till): Deed | null {
  const batch = anyBatch(till);
  if (!batch) return null;
  const held = till.all<{ id: string }>(
    `SELECT id FROM batch_decision WHERE batch_id = ? AND kind = 'quarantine' ORDER BY id`,
    batch.id,
  );
  const release = held.length > 0 && till.dice.chance(0.6);
  const row = {
    ...{
      id: till.store.ids.next(),
      storeId: till.storeId,
      batchId: batch.id,
      kind: release ? 'release' : 'quarantine',
    },
    ...{
      endsId: release ? till.dice.pick(held).id : null,
      reason: 'looks odd',
      ...day(till),
      actorId: people.manager,
    },
  };
  return { type: 'batch-quarantine', actor: people.manager, changes: [insert('batch_decision', row)] };
}

/**
 * A fact with a name of its own: two tills that state it offline state one fact. A decision, not a movement: a till
 * whose snapshot counts a movement of that name already would add its own to the sum (docs/proofs-sync.md).
 */
function decideByName(till: Till): Deed | null {
  const { dice, storeId } = till;
  const id = `maker-warns-${storeId}-${dice.below(12)}`;
  if (till.one(`SELECT 1 FROM batch_decision WHERE id = ?`, id) !== undefined) return null;
  const row = {
    ...{ id, storeId, batchId: batchIdOf(storeId, 'pack-0', 'OPEN0'), kind: 'quarantine', endsId: null },
    ...{ reason: 'the maker warns', at: WARNED_AT, businessDate: '2026-03-01', actorId: people.manager },
  };
  return { type: 'batch-quarantine', actor: people.manager, changes: [insert('batch_decision', row)] };
}

function note(till: Till): Deed {
  return { type: 'no-sale', actor: people.manager, changes: [auditEntry(till)] };
}

/** What the till's own tables take and HQ does not. */
function poisoned(till: Till): Deed {
  const { dice, storeId } = till;
  const elsewhere = stores.find((id) => id !== storeId) ?? storeId;
  const setting = dice.pick(settingIds(storeId));
  const batch = anyBatch(till) ?? { id: batchIdOf(storeId, 'pack-0', 'OPEN0'), packId: 'pack-0' };
  const moved = movement(till, batch, { kind: 'adjust', qtyBase: -1, documentId: 'poison' });
  const of = (type: string, changes: readonly Change[], actor: string = people.manager): Deed => ({
    type,
    actor,
    changes,
    poisoned: true,
  });
  return dice.pick<() => Deed>([
    () => of('no-sale', [insert('audit_entry', { ...rowOf(auditEntry(till)), storeId: elsewhere })]),
    () => of('price', [edit('price', 'price-pack-1', { priceMinor: 1, validFrom: '2026-02-01' })]),
    () => of('setting', [edit('setting', setting, { value: -1 })], people.cashier),
    () => of('setting', [edit('setting', setting, { value: -2, colour: 'red' })]),
    () => of('batch-edit', [edit('batch', batch.id, { costMinor: 7 }), moved]),
    () => of('no-sale', [insert('audit_entry', { ...rowOf(auditEntry(till)), colour: 'red' }), moved]),
    () =>
      of('setting', [edit('setting', setting, { value: -3 }), edit('setting', orgSettingId, { value: -3 })]),
  ])();
}

const WARNED_AT = Date.UTC(2026, 2, 1, 12);
const insert = (t: string, row: Row): Change => ({ t, op: 'insert', row });
const edit = (t: string, id: string, cols: Row): Change => ({ t, op: 'set', id, cols });
const rowOf = (change: Change): Row => (change.op === 'insert' ? change.row : {});
const day = ({ clock }: Till) => ({ at: clock.nowMs(), businessDate: '2026-03-02' });

type HeldBatch = { readonly id: string; readonly packId: string };

const batchesOf = ({ all, storeId }: Till): readonly HeldBatch[] =>
  all<HeldBatch>(
    `SELECT id, pack_id AS packId FROM batch WHERE store_id = ? AND NOT deleted ORDER BY id`,
    storeId,
  );

function anyBatch(till: Till): HeldBatch | null {
  const batches = batchesOf(till);
  return batches.length > 0 ? till.dice.pick(batches) : null;
}

function movement(
  till: Till,
  { id, packId }: HeldBatch,
  what: { readonly kind: string; readonly qtyBase: number; readonly documentId: string },
): Change {
  return insert('stock_movement', {
    ...{ id: till.store.ids.next(), storeId: till.storeId, batchId: id, packId, ...what, documentLine: null },
    ...{ ...day(till), actorId: people.cashier, reason: null },
  });
}

const auditEntry = (till: Till): Change =>
  insert('audit_entry', {
    ...{ id: till.store.ids.next(), storeId: till.storeId, tillId: tillId(till.index), ...day(till) },
    ...{ actorId: people.manager, action: 'sim.note', subjectId: null, reason: null, details: null },
  });

/** The next number of a series, taken as complete-sale.ts takes it. */
const nextNumber = ({ one }: Till, series: string): number =>
  Number(
    one(
      `INSERT INTO counter (series, n) VALUES (?, 1) ON CONFLICT (series) DO UPDATE SET n = n + 1 RETURNING n`,
      series,
    ),
  );
