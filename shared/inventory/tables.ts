import { grouped, id, int, intOpt, oneOf, text, textOpt } from '#shared/tables/columns.ts';
import { defineTable } from '#shared/tables/define-table.ts';

/**
 * One production run of a pack in one store. Its id is name-based (store, pack, normalised code: batch.ts), so two
 * tills that meet a batch offline make one row.
 */
export const batch = defineTable(
  'batch',
  {
    id: id(),
    storeId: text(),
    packId: text(),
    code: text(),
    expiresOn: text(),
    receivedAt: int(),
    /** Cost as an exact fraction: total paid ÷ all base units received with it, free ones included. */
    costMinor: grouped('cost', int()),
    costQtyBase: grouped('cost', int()),
    /** A price printed on the pack that goes before the price list; null when the list decides. */
    packPriceMinor: intOpt(),
  },
  {
    policy: 'lww',
    scope: 'store',
    writers: ['till', 'hq'],
    indexes: [['packId']],
    checks: { cost: 'cost_minor >= 0 and cost_qty_base > 0' },
  },
);

export const movementKinds = [
  'receive',
  'sell',
  'customerReturn',
  'supplierReturn',
  'adjust',
  'dispose',
  'transferOut',
  'transferIn',
  'count',
] as const;

/** A signed ledger entry on one batch. On hand is the sum of them. */
export const stockMovement = defineTable(
  'stock_movement',
  {
    id: id(),
    storeId: text(),
    batchId: text(),
    packId: text(),
    kind: oneOf(...movementKinds),
    /** Signed: negative leaves the shelf. */
    qtyBase: int(),
    /** The document that caused it: a sale, a GRN, an import. */
    documentId: text(),
    /** The line of that document. */
    documentLine: intOpt(),
    at: int(),
    businessDate: text(),
    actorId: text(),
    reason: textOpt(),
  },
  {
    policy: 'append',
    scope: 'store',
    writers: ['till', 'hq'],
    indexes: [['batchId'], ['documentId']],
    checks: { moves: 'qty_base <> 0' },
  },
);

/**
 * A decision about a batch. `quarantine` and `recall` hold until a `release` or `lift` names them in `endsId`:
 * a set of facts, so the order of arrival changes nothing. Only HQ lifts a recall.
 */
export const batchDecision = defineTable(
  'batch_decision',
  {
    id: id(),
    storeId: text(),
    batchId: text(),
    kind: oneOf('quarantine', 'release', 'recall', 'lift'),
    endsId: textOpt(),
    reason: text(),
    at: int(),
    businessDate: text(),
    actorId: text(),
  },
  { policy: 'append', scope: 'store', writers: ['till', 'hq'], indexes: [['batchId']] },
);
