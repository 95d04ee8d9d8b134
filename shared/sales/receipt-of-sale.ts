import { type ReceiptDesign, receiptDesign } from '#shared/auth/receipt-design.ts';
import { splitPacks } from '#shared/kernel/quantity.ts';
import { type ReceiptDoc, type ReceiptLine, saleReceipt, weightText } from './receipt.ts';
import { amountText } from './receipt-amount.ts';
import { type ReceiptWords, receiptWords } from './receipt-words.ts';
import type { TenderKind } from './tender-kinds.ts';

/** A stored sale with all that belongs to it: what a receipt is made of, at the till and at HQ. */
export type SoldSale = {
  readonly receiptNo: string;
  readonly at: number;
  readonly tillName: string;
  readonly cashierName: string;
  readonly currency: string;
  readonly taxMode: 'inclusive' | 'exclusive';
  readonly totalMinor: number;
  readonly cashRoundingMinor: number;
  readonly changeMinor: number;
  readonly lines: readonly {
    readonly name: string;
    readonly qtyBase: number;
    readonly packSize: number;
    /** It reads as a weight (weighed-sale.ts). */
    readonly weighed?: boolean;
    readonly packPriceMinor: number;
    readonly grossMinor: number;
    readonly lineDiscountMinor: number;
    readonly cartDiscountMinor: number;
    readonly taxPct3: readonly number[];
    readonly batches: readonly {
      readonly code: string;
      readonly expiresOn: string;
      readonly qtyBase: number;
    }[];
  }[];
  readonly taxes: readonly {
    readonly taxPct3: readonly number[];
    readonly baseMinor: number;
    readonly taxMinor: number;
  }[];
  readonly tenders: readonly { readonly kind: TenderKind; readonly amountMinor: number }[];
  /** Vouchers that the sale made: what their owner pays with. */
  readonly vouchers?: readonly { readonly code: string; readonly amountMinor: number }[];
};

/** What the receipt says of the shop. */
export type ReceiptShop = {
  readonly name: string;
  readonly addressLines: readonly string[];
  readonly licence: string;
  readonly taxNumber: string;
  readonly receiptFooter: string;
  readonly zone: string;
  readonly minorDigits: number;
  readonly language: string;
};

const plainDesign = receiptDesign.parse({});

/** The receipt of a stored sale, as its store designed it. `copy` marks every print but the first. */
export function receiptOfSale(
  sale: SoldSale,
  shop: ReceiptShop,
  {
    copy,
    training = false,
    design = plainDesign,
  }: { readonly copy: boolean; readonly training?: boolean; readonly design?: ReceiptDesign },
): ReceiptDoc {
  const { show } = design;
  const language = shop.language === 'fr' || shop.language === 'ar' ? shop.language : 'en';
  const words = receiptWords[language];
  const voucherLine = ({ code, amountMinor }: { code: string; amountMinor: number }) =>
    `${words.tenders.voucher} ${code}: ${amountText(amountMinor, { ...words.numbers, minorDigits: shop.minorDigits })}`;
  const lineSums = sale.lines.map((line) => line.grossMinor - line.lineDiscountMinor);
  return saleReceipt({
    words,
    currency: {
      code: sale.currency,
      symbol: currencySymbol(sale.currency, language),
      minorDigits: shop.minorDigits,
    },
    shop: {
      name: shop.name,
      address: [...(show.address ? shop.addressLines : []), ...design.header],
      licence: show.licence ? shop.licence : '',
      taxNumber: shop.taxNumber,
      logo: design.logo !== null,
    },
    storeName: shop.name,
    tillName: sale.tillName,
    cashierName: show.cashier ? sale.cashierName : '',
    receiptNumber: sale.receiptNo,
    date: localText(sale.at, shop.zone, {
      language,
      parts: { day: '2-digit', month: 'short', year: 'numeric' },
    }),
    time: localText(sale.at, shop.zone, {
      language,
      parts: { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' },
    }),
    lines: sale.lines.map((line) => toReceiptLine(show.batches ? line : { ...line, batches: [] }, words)),
    subtotalMinor: lineSums.reduce((sum, minor) => sum + minor, 0),
    cartDiscountMinor: sale.lines.reduce((sum, line) => sum + line.cartDiscountMinor, 0),
    taxIncluded: sale.taxMode === 'inclusive',
    taxes: sale.taxes.map((tax) => ({
      label: rateLabel(tax.taxPct3, words.numbers.decimal),
      baseMinor: tax.baseMinor,
      taxMinor: tax.taxMinor,
    })),
    cashRoundingMinor: sale.cashRoundingMinor,
    totalMinor: sale.totalMinor,
    tenders: sale.tenders.map((tender) => ({
      label: words.tenders[tender.kind],
      amountMinor: tender.amountMinor,
    })),
    changeMinor: sale.changeMinor,
    code: design.code,
    footer: [
      ...(sale.vouchers ?? []).map(voucherLine),
      ...(design.footer ?? [shop.receiptFooter]).filter((line) => line !== ''),
    ],
    copy,
    training,
    openDrawer: sale.tenders.some((tender) => tender.kind === 'cash'),
  });
}

/** `2.1 %`, `2.5 + 2.5 %`: thousandths of a percent as people write them, with their decimal sign. */
export const rateLabel = (pct3: readonly number[], decimal: string): string =>
  `${(pct3.length > 0 ? pct3 : [0]).map((p) => String(p / 1000).replace('.', decimal)).join(' + ')} %`;

function toReceiptLine(line: SoldSale['lines'][number], words: ReceiptWords): ReceiptLine {
  const { packs, looseBase } = splitPacks(line.qtyBase, line.packSize);
  return {
    name: line.name,
    packs,
    looseUnits: looseBase,
    packSize: line.packSize,
    ...(line.weighed && { weightG: line.qtyBase }),
    unitPriceMinor: line.packPriceMinor,
    amountMinor: line.grossMinor,
    taxLabel: rateLabel(line.taxPct3, words.numbers.decimal),
    batches: line.batches.map((batch) => ({
      code: batch.code,
      expiry: `${batch.expiresOn.slice(5, 7)}/${batch.expiresOn.slice(0, 4)}`,
      ...(line.batches.length > 1 && { quantity: shortQuantity(batch.qtyBase, { line, words }) }),
    })),
    discounts:
      line.lineDiscountMinor > 0 ? [{ label: words.discount, amountMinor: line.lineDiscountMinor }] : [],
  };
}

/** `2×` packs, or `1+14×`: a pack and 14 loose units; a weight as it is. */
function shortQuantity(
  qtyBase: number,
  { line, words }: { readonly line: SoldSale['lines'][number]; readonly words: ReceiptWords },
): string {
  if (line.weighed) return weightText(qtyBase, words);
  const { packs, looseBase } = splitPacks(qtyBase, line.packSize);
  return `${looseBase === 0 ? packs : `${packs}+${looseBase}`}×`;
}

/** A date or time of the shop in its language, in figures that every printer has. */
export function localText(
  atMs: number,
  zone: string,
  { language, parts }: { language: string; parts: Intl.DateTimeFormatOptions },
): string {
  const locale = language === 'ar' ? 'ar-u-nu-latn' : language === 'en' ? 'en-GB' : language;
  const key = `${locale} ${zone} ${Object.entries(parts).join(' ')}`;
  const format = formats.get(key) ?? new Intl.DateTimeFormat(locale, { ...parts, timeZone: zone });
  formats.set(key, format);
  return format.format(atMs);
}

/** The currency's own sign in the reader's language: `€`, `₹`. */
export function currencySymbol(currency: string, language: string): string {
  const key = `${currency} ${language}`;
  const known = symbols.get(key);
  if (known !== undefined) return known;
  const options = { style: 'currency', currency, currencyDisplay: 'narrowSymbol' } as const;
  const parts = new Intl.NumberFormat(language, options).formatToParts(0);
  const symbol = parts.find((p) => p.type === 'currency')?.value ?? currency;
  symbols.set(key, symbol);
  return symbol;
}

/** A formatter takes a millisecond to make, and a shop has one language, one zone and one currency. */
const formats = new Map<string, Intl.DateTimeFormat>();
const symbols = new Map<string, string>();
