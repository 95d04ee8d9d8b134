import { z } from 'zod';
import { type ShiftFact, type ShiftFigures, shiftFigures } from '#shared/sales/shift-totals.ts';
import type { TenderKind } from '#shared/sales/tender-kinds.ts';
import type { Counter } from '../counter.ts';

/** What happened in a shift as this replica has it, whoever did it and on whatever day. */
export function createShiftFacts({ db, tillId }: Counter) {
  const sales = db.prepare<[string], SaleRow>(
    `SELECT id, total_minor AS totalMinor, discount_minor AS discountMinor, cash_rounding_minor AS cashRoundingMinor,
            change_minor AS changeMinor FROM sale WHERE shift_id = ?`,
  );
  const returns = db.prepare<[string], ReturnRow>(
    `SELECT id, total_minor AS totalMinor, cash_rounding_minor AS cashRoundingMinor FROM sale_return WHERE shift_id = ?`,
  );
  const paid = db.prepare<[string], TenderRow>(
    `SELECT kind, amount_minor AS amountMinor FROM tender WHERE sale_id = ?`,
  );
  const refunded = db.prepare<[string], TenderRow>(
    `SELECT kind, amount_minor AS amountMinor FROM refund_tender WHERE return_id = ?`,
  );
  const taxed = db.prepare<[string], TaxRow>(
    `SELECT tax_pct3 AS taxPct3, base_minor AS baseMinor, tax_minor AS taxMinor FROM sale_tax WHERE sale_id = ?`,
  );
  const untaxed = db.prepare<[string], TaxRow>(
    `SELECT tax_pct3 AS taxPct3, base_minor AS baseMinor, tax_minor AS taxMinor FROM sale_return_tax WHERE return_id = ?`,
  );
  const moved = db.prepare<[string], { kind: 'pay-in' | 'pay-out' | 'no-sale'; amountMinor: number }>(
    `SELECT kind, amount_minor AS amountMinor FROM cash_movement WHERE shift_id = ?`,
  );
  const settled = db.prepare<[string], { tender: TenderKind; amountMinor: number }>(
    `SELECT coalesce(tender_kind, 'cash') AS tender, -amount_minor AS amountMinor
     FROM account_entry WHERE shift_id = ? AND kind = 'payment'`,
  );
  const untold = db
    .prepare<{ tillId: string; shiftId: string }, number>(
      `SELECT coalesce((SELECT sum(total_minor) FROM sale WHERE till_id = :tillId AND coalesce(shift_id, :shiftId) = :shiftId), 0)
            - coalesce((SELECT sum(total_minor) FROM sale_return WHERE till_id = :tillId AND coalesce(shift_id, :shiftId) = :shiftId), 0)`,
    )
    .pluck();

  const of = (shiftId: string): ShiftFact[] => [
    ...sales.all(shiftId).map(({ id, ...sale }): ShiftFact => {
      const tenders = paid.all(id);
      return { kind: 'sale', ...sale, tenders, taxes: taxed.all(id).map(toTax) };
    }),
    ...returns.all(shiftId).map(({ id, ...back }): ShiftFact => {
      const tenders = refunded.all(id);
      return { kind: 'return', ...back, tenders, taxes: untaxed.all(id).map(toTax) };
    }),
    ...moved.all(shiftId),
    ...settled.all(shiftId).map((payment): ShiftFact => ({ kind: 'payment', ...payment })),
  ];
  return {
    figures: ({ id, floatMinor }: { readonly id: string; readonly floatMinor: number }): ShiftFigures =>
      shiftFigures(floatMinor, of(id)),
    /** Sales less returns of this till that no close has told of, this shift's and those from before there were shifts. */
    soldUntilFirstClose: (shiftId: string): number => untold.get({ tillId, shiftId }) ?? 0,
  };
}

type SaleRow = {
  readonly id: string;
  readonly totalMinor: number;
  readonly discountMinor: number;
  readonly cashRoundingMinor: number;
  readonly changeMinor: number;
};
type ReturnRow = Pick<SaleRow, 'id' | 'totalMinor' | 'cashRoundingMinor'>;
type TenderRow = { readonly kind: TenderKind; readonly amountMinor: number };
type TaxRow = { readonly taxPct3: string; readonly baseMinor: number; readonly taxMinor: number };
const rate = z.array(z.int());
const toTax = (tax: TaxRow) => ({ ...tax, taxPct3: rate.parse(JSON.parse(tax.taxPct3)) });
