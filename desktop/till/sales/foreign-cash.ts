import type { Change } from '#shared/replica/changeset.ts';
import { foreignWorth } from '#shared/sales/foreign-cash.ts';
import type { RowOf } from '#shared/schema.ts';
import type { Counter } from '../counter.ts';
import { refuse } from '../refuse.ts';

export type ForeignGiven = { readonly currency: string; readonly foreignMinor: number };

/**
 * What was handed over for a cash tender in another currency, at the rate stored here: a fact beside the tender, whose
 * amount is what it is worth. Refuses another amount, and a currency that is not taken.
 */
export function foreignCashChange(
  counter: Counter,
  sale: RowOf<'sale'>,
  { tender, foreign }: { readonly tender: RowOf<'tender'>; readonly foreign: ForeignGiven | undefined },
): Change[] {
  if (!foreign) return [];
  const { currency, foreignMinor } = foreign;
  const ratePpm = counter.setting('sales.foreign-cash').find((one) => one.currency === currency)?.ratePpm;
  if (
    ratePpm === undefined ||
    tender.kind !== 'cash' ||
    foreignWorth(foreignMinor, ratePpm) !== tender.amountMinor
  )
    return refuse({ code: 'FOREIGN_RATE', currency });
  const row: RowOf<'foreign_cash'> = {
    ...{ id: counter.ids.next(), storeId: sale.storeId, saleId: sale.id, tenderId: tender.id },
    ...{ tenderKind: tender.kind, currency, foreignMinor, ratePpm, amountMinor: tender.amountMinor },
    changeMinor: sale.changeMinor,
  };
  return [{ t: 'foreign_cash', op: 'insert', row }];
}
