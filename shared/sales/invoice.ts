import { sumMinor } from '#shared/kernel/money.ts';
import { splitPacks } from '#shared/kernel/quantity.ts';
import { type InvoiceWords, invoiceWords } from './invoice-words.ts';
import { perText, weightText } from './receipt.ts';
import { amountText, fillIn } from './receipt-amount.ts';
import { receiptNumber, receiptSeries } from './receipt-number.ts';
import { localText, type ReceiptShop, rateLabel, type SoldSale } from './receipt-of-sale.ts';
import { type ReceiptWords, receiptWords } from './receipt-words.ts';

/** Whom an invoice is made out to. */
export type InvoiceBuyer = {
  readonly name: string;
  readonly address: readonly string[];
  readonly taxNumber: string | null;
};

/**
 * Whether what an invoice says of its buyer is that person's to have erased. Who gives a tax number buys as a business:
 * its invoice must name it for as long as invoices are kept (Directive 2006/112/EC, art. 226 (4) and (5), art. 247), while
 * one to a private person need not (art. 226b).
 */
export const isPrivateBuyer = ({ taxNumber }: Pick<InvoiceBuyer, 'taxNumber'>): boolean =>
  (taxNumber ?? '') === '';

/** A sale as an invoice needs it: what each line came to, and the certificate of a sale without tax. */
export type InvoicedSale = Omit<SoldSale, 'lines'> & {
  readonly lines: readonly (SoldSale['lines'][number] & { readonly amountMinor: number })[];
  readonly taxExemption: string | null;
};

type Named = { readonly label: string; readonly value: string };

/** A tax invoice as it stands on paper, all in text: how it is drawn is the drawer's. */
export type InvoiceDoc = {
  readonly direction: 'ltr' | 'rtl';
  readonly title: string;
  /** Of every paper but the first. */
  readonly copy: string | null;
  /** At the head and the foot of every page: what this paper is not. */
  readonly mark?: string;
  readonly seller: { readonly name: string; readonly lines: readonly string[] };
  readonly buyer: { readonly label: string; readonly name: string; readonly lines: readonly string[] };
  readonly facts: readonly Named[];
  readonly columns: InvoiceWords['columns'];
  readonly rows: readonly InvoiceRow[];
  readonly rateColumns: InvoiceWords['rates'];
  readonly rates: readonly InvoiceWords['rates'][];
  readonly sums: readonly (Named & { readonly strong: boolean })[];
  readonly notes: readonly string[];
  /** With `{page}` and `{pages}` still in it. */
  readonly page: string;
};

export type InvoiceRow = {
  readonly article: string;
  /** Batches with their expiry, under the name. */
  readonly detail: string;
  readonly quantity: string;
  readonly price: string;
  readonly reduction: string;
  readonly rate: string;
  readonly amount: string;
};

/** `S01-T02AI`: a series of its own beside the till's receipts, with the same letter (RULES.md §3). */
export const invoiceSeries = (till: Parameters<typeof receiptSeries>[0]): string => `${receiptSeries(till)}I`;

export const invoiceNumber = receiptNumber;

/**
 * The invoice of a stored sale, in its store's language. Every figure is the sale's own: net + tax = its total, and a
 * row's reduction is whatever lies between its price and its amount (discounts, offers, tax an exempt buyer is spared).
 */
export function invoiceOf(
  sale: InvoicedSale,
  shop: ReceiptShop,
  invoice: {
    readonly invoiceNo: string;
    readonly at: number;
    /** Null where they were erased: the sale, its sums and its tax are kept without them. */
    readonly buyer: InvoiceBuyer | null;
    readonly copy: boolean;
  },
): InvoiceDoc {
  const language = shop.language === 'fr' || shop.language === 'ar' ? shop.language : 'en';
  const [words, receipt] = [invoiceWords[language], receiptWords[language]];
  const form = { minorDigits: shop.minorDigits, ...receipt.numbers };
  const amount = (minor: number) => amountText(minor, form);
  const day = (at: number) =>
    localText(at, shop.zone, { language, parts: { day: '2-digit', month: 'short', year: 'numeric' } });
  const { buyer } = invoice;
  const netMinor = sumMinor(sale.taxes.map(({ baseMinor }) => baseMinor));
  const taxMinor = sumMinor(sale.taxes.map((tax) => tax.taxMinor));
  const numbered = (label: string, value: string) => (value === '' ? [] : [`${label} ${value}`]);
  return {
    direction: receipt.direction,
    title: words.title,
    copy: invoice.copy ? receipt.copy : null,
    seller: {
      name: shop.name,
      lines: [
        ...shop.addressLines,
        ...numbered(receipt.taxNumber, shop.taxNumber),
        ...numbered(receipt.licence, shop.licence),
      ],
    },
    buyer: {
      label: words.buyer,
      name: buyer?.name ?? words.buyerErased,
      lines: [...(buyer?.address ?? []), ...numbered(receipt.taxNumber, buyer?.taxNumber ?? '')],
    },
    facts: [
      { label: words.invoiceNo, value: invoice.invoiceNo },
      { label: words.date, value: day(invoice.at) },
      { label: words.receipt, value: sale.receiptNo },
      { label: words.soldOn, value: day(sale.at) },
    ],
    columns: words.columns,
    rows: sale.lines.map((line) => toRow(line, { amount, decimal: receipt.numbers.decimal, receipt })),
    rateColumns: words.rates,
    rates: sale.taxes.map((tax) => ({
      rate: rateLabel(tax.taxPct3, receipt.numbers.decimal),
      base: amount(tax.baseMinor),
      tax: amount(tax.taxMinor),
    })),
    sums: [
      { label: words.net, value: amount(netMinor), strong: false },
      { label: words.taxTotal, value: amount(taxMinor), strong: false },
      { label: `${words.total} ${sale.currency}`, value: amount(sale.totalMinor), strong: true },
      ...(sale.cashRoundingMinor === 0
        ? []
        : [{ label: receipt.rounding, value: amount(sale.cashRoundingMinor), strong: false }]),
      ...paidBy(sale).map(({ kind, minor }) => ({
        label: `${words.paid} · ${receipt.tenders[kind]}`,
        value: amount(minor),
        strong: false,
      })),
    ],
    notes: [
      sale.taxExemption === null
        ? sale.taxMode === 'inclusive'
          ? words.taxIncluded
          : words.taxExcluded
        : fillIn(words.exempt, { certificate: sale.taxExemption }),
    ],
    page: words.page,
  };
}

type RowForm = {
  readonly amount: (minor: number) => string;
  readonly decimal: string;
  readonly receipt: ReceiptWords;
};

function toRow(line: InvoicedSale['lines'][number], { amount, decimal, receipt }: RowForm): InvoiceRow {
  const { packs, looseBase } = splitPacks(line.qtyBase, line.packSize);
  const loose = `${looseBase}/${line.packSize}`;
  const reductionMinor = line.grossMinor - line.amountMinor;
  const batches = line.batches.map(({ code, expiresOn }) =>
    fillIn(receipt.batch, { batch: code, expiry: `${expiresOn.slice(5, 7)}/${expiresOn.slice(0, 4)}` }),
  );
  return {
    article: line.name,
    detail: batches.join(' · '),
    ...(line.weighed
      ? {
          quantity: weightText(line.qtyBase, receipt),
          price: `${amount(line.packPriceMinor)} /${perText(line.packSize, receipt)}`,
        }
      : {
          quantity: looseBase === 0 ? String(packs) : packs === 0 ? loose : `${packs} + ${loose}`,
          price: amount(line.packPriceMinor),
        }),
    reduction: reductionMinor === 0 ? '' : amount(-reductionMinor),
    rate: rateLabel(line.taxPct3, decimal),
    amount: amount(line.amountMinor),
  };
}

/** What stays of each tender once the change is given, which is cash. */
function paidBy({ tenders, changeMinor }: InvoicedSale) {
  const kinds = [...new Set(tenders.map(({ kind }) => kind))];
  return kinds.map((kind) => ({
    kind,
    minor:
      sumMinor(tenders.map((one) => (one.kind === kind ? one.amountMinor : 0))) -
      (kind === 'cash' ? changeMinor : 0),
  }));
}
