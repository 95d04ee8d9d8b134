import { readsAsWeight } from '#shared/catalog/weighed-sale.ts';
import { overReturned } from './return.ts';

/** What says in the audit that a person has looked at a second refund, with their note. */
export const secondRefundSettled = 'sales.second-refund-settled';

/** A sale of which more came back than was sold, line by line; base units. */
export type SecondRefund = {
  readonly saleId: string;
  readonly lines: readonly {
    readonly saleLineId: string;
    readonly name: string;
    readonly packSize: number;
    readonly weighed: boolean;
    readonly soldBase: number;
    readonly overBase: number;
  }[];
  /** Of all lines: what was settled is settled for so much, and is open again when more comes. */
  readonly overBase: number;
};

type Sold = {
  readonly saleId: string;
  readonly saleLineId: string;
  readonly name: string;
  readonly packSize: number;
  readonly baseUnit: string;
  /** As its pack is today. */
  readonly breakable: boolean;
  readonly qtyBase: number;
};

/**
 * Sales whose goods came back at two counters while neither could hear of the other: both returns stand, and a person
 * looks at them. A fold over the facts of a store, the same at its tills and at HQ. `isSettled`: somebody has said so.
 */
export function secondRefunds(
  sold: readonly Sold[],
  returned: readonly { readonly saleLineId: string | null; readonly qtyBase: number }[],
  isSettled: (saleId: string, overBase: number) => boolean,
): readonly SecondRefund[] {
  const over = new Map(overReturned(sold, returned).map((one) => [one.saleLineId, one.overBase]));
  const concerned = sold.filter(({ saleLineId }) => over.has(saleLineId));
  return [...new Set(concerned.map(({ saleId }) => saleId))].flatMap((saleId) => {
    const own = concerned.filter((line) => line.saleId === saleId);
    const lines = own.map(({ saleId: _, qtyBase: soldBase, baseUnit, breakable, ...line }) => ({
      ...{ ...line, soldBase, overBase: over.get(line.saleLineId) ?? 0 },
      weighed: readsAsWeight({ baseUnit, breakable, qtyBase: soldBase, packSize: line.packSize }),
    }));
    const overBase = lines.reduce((sum, line) => sum + line.overBase, 0);
    return isSettled(saleId, overBase) ? [] : [{ saleId, lines, overBase }];
  });
}

/**
 * The name of the entry that settles a second refund, at a till or at HQ (`where`: the till, or `hq`). By it every replica
 * finds it without looking through the audit, and a command repeated makes it once.
 */
export const settlingName = (saleId: string, overBase: number, where: string): string =>
  `audit_entry:second-refund:${saleId}:${overBase}:${where}`;
