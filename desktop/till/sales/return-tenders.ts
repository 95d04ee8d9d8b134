import type { Change } from '#shared/replica/changeset.ts';
import type { GivenBack } from '#shared/sales/card-refunds.ts';
import type { CancelledCard } from '#shared/sales/gift-card-return.ts';
import type { PlannedReturn, TenderPart } from '#shared/sales/return.ts';
import type { RowOf } from '#shared/schema.ts';
import type { Counter } from '../counter.ts';

/** The money side of a return to be written. */
export type RefundsToWrite = {
  readonly planned: PlannedReturn;
  readonly kind: RowOf<'sale_return'>['kind'];
  /** By kind: the slip of a card or of a mobile payment. */
  readonly references: ReadonlyMap<string, string>;
  /** The vouchers that paid, with what of them has not gone back yet. */
  readonly vouchers?: readonly PaidVoucher[];
  readonly exchangeSaleId: string | null;
  /** What a card terminal gave back of it. */
  readonly given?: readonly GivenBack[];
  /** Gift cards that were sold with it and go. */
  readonly cancelled?: readonly CancelledCard[];
};

export type PaidVoucher = { readonly code: string; readonly leftMinor: number };

/** Money handed back by its means. What goes back to an account or a voucher is an entry of its ledger too. */
export function refundChanges(counter: Counter, row: RowOf<'sale_return'>, made: RefundsToWrite): Change[] {
  const { given = [], cancelled = [], vouchers = [] } = made;
  const partsOf = (tender: TenderPart): readonly Part[] => {
    if (tender.kind === 'card') return cardParts(tender, given);
    return tender.kind === 'voucher' && made.kind !== 'blind' ? voucherParts(tender, vouchers) : [tender];
  };
  return [
    ...made.planned.tenders
      .flatMap(partsOf)
      .flatMap((tender, i) => tenderChanges(counter, row, { tender, lineNo: i + 1, made })),
    ...cancelled.map((card) => cancelChange(counter, row, card)),
  ];
}

type Part = TenderPart & { readonly given?: GivenBack; readonly voucher?: string };

/** What each attempt at the terminal gave back, and what a person gives back by hand. */
function cardParts({ kind, amountMinor }: TenderPart, given: readonly GivenBack[]): Part[] {
  const parts = given.map((one) => ({ kind, amountMinor: one.amountMinor, given: one }));
  const restMinor = amountMinor - parts.reduce((sum, part) => sum + part.amountMinor, 0);
  if (restMinor < 0) throw new RangeError('a terminal gave back no more than the return does');
  return restMinor > 0 || parts.length === 0 ? [...parts, { kind, amountMinor: restMinor }] : parts;
}

/** To each voucher as much as it paid; what is more (a second refund elsewhere) goes to the last. */
function voucherParts(tender: TenderPart, vouchers: readonly PaidVoucher[]): readonly Part[] {
  if (vouchers.length === 0) return [tender];
  const { kind, amountMinor } = tender;
  let restMinor = amountMinor;
  return vouchers.flatMap(({ code: voucher, leftMinor }, i) => {
    const last = i === vouchers.length - 1;
    const backMinor = last ? restMinor : Math.min(restMinor, Math.max(0, leftMinor));
    restMinor -= backMinor;
    return backMinor > 0 ? [{ kind, amountMinor: backMinor, voucher }] : [];
  });
}

type Tender = { readonly tender: Part; readonly lineNo: number; readonly made: RefundsToWrite };

function tenderChanges(
  counter: Counter,
  row: RowOf<'sale_return'>,
  { tender, lineNo, made }: Tender,
): Change[] {
  const { kind, amountMinor, given } = tender;
  const { storeId, at } = row;
  const voucher = kind === 'voucher' ? (tender.voucher ?? row.returnNo) : null;
  const reference = given ? given.reference : (voucher ?? made.references.get(kind) ?? null);
  const refund: RowOf<'refund_tender'> = {
    // An attempt's own: by it the attempt is known to have its return, and cannot have a second one.
    ...{
      id: given?.id ?? counter.ids.next(),
      returnId: row.id,
      storeId,
      lineNo,
      kind,
      amountMinor,
      reference,
    },
    ...{ exchangeSaleId: kind === 'exchange' ? made.exchangeSaleId : null, authorisedAt: given?.at ?? at },
  };
  return [
    { t: 'refund_tender', op: 'insert', row: refund },
    ...accountChange(counter, row, tender),
    ...(voucher === null
      ? []
      : [
          voucherChange(counter, row, {
            code: voucher,
            kind: tender.voucher ? 'refund' : 'issue',
            amountMinor,
          }),
        ]),
  ];
}

function accountChange(counter: Counter, row: RowOf<'sale_return'>, { kind, amountMinor }: Part): Change[] {
  const { customerId, shiftId = null } = row;
  if (kind !== 'account' || !customerId) return [];
  const owed: RowOf<'account_entry'> = {
    ...entryOf(row),
    ...{ id: counter.ids.next(), customerId, kind: 'refund', amountMinor: -amountMinor },
    ...{ tenderKind: null, shiftId, reason: null },
  };
  return [{ t: 'account_entry', op: 'insert', row: owed }];
}

/** A gift card whose sale was taken back pays nothing any more. */
const cancelChange = (counter: Counter, row: RowOf<'sale_return'>, card: CancelledCard): Change =>
  voucherChange(counter, row, { code: card.code, kind: 'expire', amountMinor: -card.amountMinor });

function voucherChange(
  counter: Counter,
  row: RowOf<'sale_return'>,
  entry: Pick<RowOf<'voucher_entry'>, 'code' | 'kind' | 'amountMinor'>,
): Change {
  const owes: RowOf<'voucher_entry'> = {
    ...entryOf(row),
    ...{ ...entry, id: counter.ids.next(), expiresOn: null },
  };
  return { t: 'voucher_entry', op: 'insert', row: owes };
}

const entryOf = ({
  id: documentId,
  storeId,
  tillId,
  at,
  businessDate,
  cashierId: actorId,
}: RowOf<'sale_return'>) => ({
  ...{ storeId, tillId, documentId, at, businessDate, actorId },
});
