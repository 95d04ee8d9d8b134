import { cashDue, settle } from '#shared/sales/cash.ts';
import type { RowOf } from '#shared/schema.ts';
import type { Seeded } from './random.ts';

export type Paid = {
  readonly tenders: readonly Pick<RowOf<'tender'>, 'kind' | 'amountMinor' | 'reference'>[];
  readonly changeMinor: number;
  readonly cashRoundingMinor: number;
};

/** Pays a total as people do: card, cash with a note that is too large, sometimes both. */
export function payBasket(
  totalMinor: number,
  {
    draw,
    cashStepMinor,
    cardShare,
  }: { readonly draw: Seeded; readonly cashStepMinor: number; readonly cardShare: number },
): Paid {
  const byCard = totalMinor > 0 && draw.chance(cardShare);
  const cardMinor = byCard ? (totalMinor > 3000 && draw.chance(0.04) ? totalMinor - 1000 : totalMinor) : 0;
  const tenders: Paid['tenders'][number][] = [];
  if (cardMinor > 0)
    tenders.push({
      kind: 'card',
      amountMinor: cardMinor,
      reference: `SLIP ${String(draw.int(0, 999_999)).padStart(6, '0')}`,
    });
  if (cardMinor < totalMinor || totalMinor === 0) {
    const due = cashDue({ totalMinor, otherTendersMinor: cardMinor, cashStepMinor });
    if (!due.ok) throw new Error(`cash due: ${due.error.code}`);
    tenders.push({ kind: 'cash', amountMinor: handedOver(due.value.cashDueMinor, draw), reference: null });
  }
  const settled = settle({ totalMinor, tenders, cashStepMinor });
  if (!settled.ok) throw new Error(`settle: ${settled.error.code}`);
  const { changeMinor, cashRoundingMinor } = settled.value;
  return { tenders, changeMinor, cashRoundingMinor };
}

/** The exact sum, the next round one, or the smallest single note that covers it. */
function handedOver(dueMinor: number, draw: Seeded): number {
  const up = (step: number) => Math.ceil(dueMinor / step) * step;
  const way = draw.weighted([25, 25, 50]);
  if (way === 0) return dueMinor;
  if (way === 1) return up(500);
  return [500, 1000, 2000, 5000].find((note) => note >= dueMinor) ?? up(5000);
}
