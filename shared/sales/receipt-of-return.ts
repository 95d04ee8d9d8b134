import type { ReceiptDesign } from '#shared/auth/receipt-design.ts';
import { mulDivRound } from '#shared/kernel/money.ts';
import type { ReceiptDoc, ReceiptNode } from './receipt.ts';
import { type ReceiptShop, receiptOfSale, type SoldSale } from './receipt-of-sale.ts';
import { receiptWords } from './receipt-words.ts';
import type { TenderKind } from './tender-kinds.ts';

/** A stored return with all that belongs to it. Amounts as given back, positive. */
export type ReturnedGoods = {
  readonly returnNo: string;
  readonly kind: 'return' | 'void' | 'blind';
  readonly at: number;
  readonly tillName: string;
  readonly cashierName: string;
  readonly currency: string;
  readonly taxMode: 'inclusive' | 'exclusive';
  readonly totalMinor: number;
  readonly cashRoundingMinor: number;
  /** The receipt the goods were sold on; null where none is known. */
  readonly saleReceiptNo: string | null;
  readonly lines: readonly {
    readonly name: string;
    readonly qtyBase: number;
    readonly packSize: number;
    /** It reads as a weight (weighed-sale.ts). */
    readonly weighed?: boolean;
    readonly amountMinor: number;
    readonly taxPct3: readonly number[];
    readonly batch: { readonly code: string; readonly expiresOn: string } | null;
  }[];
  readonly taxes: SoldSale['taxes'];
  readonly tenders: readonly { readonly kind: TenderKind; readonly amountMinor: number }[];
};

/**
 * The receipt of a return: the sale's receipt with everything given back instead of taken, under its own number and
 * title, with the number of the sale. The drawer opens only where cash goes out, and on the first print only.
 */
export function receiptOfReturn(
  made: ReturnedGoods,
  shop: ReceiptShop,
  {
    copy,
    training = false,
    design,
  }: { readonly copy: boolean; readonly training?: boolean; readonly design?: ReceiptDesign },
): ReceiptDoc {
  const { returnNo, lines, ...money } = made;
  const doc = receiptOfSale(
    {
      ...money,
      receiptNo: returnNo,
      totalMinor: -money.totalMinor,
      cashRoundingMinor: -money.cashRoundingMinor,
      changeMinor: 0,
      lines: lines.map(({ amountMinor, batch, ...line }) => ({
        ...line,
        packPriceMinor: mulDivRound(amountMinor, line.packSize, line.qtyBase),
        grossMinor: -amountMinor,
        lineDiscountMinor: 0,
        cartDiscountMinor: 0,
        batches: batch ? [{ ...batch, qtyBase: line.qtyBase }] : [],
      })),
      taxes: money.taxes.map((tax) => ({
        ...tax,
        baseMinor: -tax.baseMinor,
        taxMinor: -tax.taxMinor,
      })),
      tenders: money.tenders.map(({ kind, amountMinor }) => ({ kind, amountMinor: -amountMinor })),
    },
    shop,
    { copy, training, ...(design && { design }) },
  );
  const cashOut = money.tenders.some((tender) => tender.kind === 'cash' && tender.amountMinor > 0);
  return {
    ...doc,
    nodes: titled(doc.nodes, { made, shop }).filter((node) => node.kind !== 'pulse' || cashOut),
  };
}

/** The title stands before the first rule, where warnings do. */
function titled(
  nodes: readonly ReceiptNode[],
  { made, shop }: { readonly made: ReturnedGoods; readonly shop: ReceiptShop },
): ReceiptNode[] {
  const language = shop.language === 'fr' || shop.language === 'ar' ? shop.language : 'en';
  const words = receiptWords[language].returned;
  const at = nodes.findIndex((node) => node.kind === 'rule');
  const title: ReceiptNode[] = [
    { kind: 'text', text: words[made.kind], align: 'center', bold: true, size: 'double' },
    ...(made.saleReceiptNo === null
      ? []
      : ([{ kind: 'text', text: `${words.ofReceipt} ${made.saleReceiptNo}`, align: 'center' }] as const)),
  ];
  return [...nodes.slice(0, at), ...title, ...nodes.slice(at)];
}
