import { kilograms } from '#shared/catalog/weighed-sale.ts';
import { amountText, fillIn } from './receipt-amount.ts';
import type { ReceiptWords } from './receipt-words.ts';

/**
 * A receipt before it knows its paper: what stands on it and in what order, never how wide. Everything that
 * leaves the till on paper or as a picture of paper is one of these; receipt-layout.ts gives it a width.
 */
export type ReceiptDoc = {
  readonly direction: 'ltr' | 'rtl';
  readonly nodes: readonly ReceiptNode[];
};

export type ReceiptNode =
  | ({ readonly kind: 'text'; readonly text: string; readonly align?: ReceiptAlign } & ReceiptStyle)
  | ({ readonly kind: 'columns'; readonly cells: readonly ReceiptCell[] } & ReceiptStyle)
  | { readonly kind: 'rule' }
  | { readonly kind: 'feed'; readonly lines: number }
  | { readonly kind: 'qr'; readonly data: string }
  | { readonly kind: 'code128'; readonly data: string }
  /** `image` is a PNG in base64, filled in when it goes to paper; without it the counter's own is printed. */
  | { readonly kind: 'logo'; readonly slot: 'shop'; readonly image?: string }
  | { readonly kind: 'pulse'; readonly drawer: 1 | 2 }
  | { readonly kind: 'cut' };

export type ReceiptSize = 'small' | 'normal' | 'double';
/** Along the reading direction: `start` is the left in English and the right in Arabic. */
export type ReceiptAlign = 'start' | 'center' | 'end';
export type ReceiptStyle = { readonly bold?: boolean; readonly size?: ReceiptSize };

export type ReceiptCell = {
  readonly text: string;
  /** Characters of the row's own size, or `fit` (as wide as its text), or `fill` (shares what is left). */
  readonly width: number | 'fit' | 'fill';
  readonly align?: ReceiptAlign;
  /** Reads left to right whatever surrounds it: amounts, numbers, codes. */
  readonly ltr?: boolean;
};

export type ReceiptCurrency = {
  readonly code: string;
  readonly symbol: string;
  readonly minorDigits: number;
};

/** One sold line. `amountMinor` is its gross, before `discounts` (each a positive sum taken off). */
export type ReceiptLine = {
  readonly name: string;
  readonly packs: number;
  /** Base units beyond whole packs, of packs of `packSize`. */
  readonly looseUnits: number;
  readonly packSize: number;
  /** Sold by weight: it reads as one, and the packs stay unread. */
  readonly weightG?: number;
  /** Of one pack. */
  readonly unitPriceMinor: number;
  readonly amountMinor: number;
  readonly taxLabel: string;
  /** `expiry` and `quantity` as they are to be read: `08/2027`, `2×`, `0.250 kg`; no quantity where one batch gave all. */
  readonly batches: readonly {
    readonly code: string;
    readonly expiry: string;
    readonly quantity?: string;
  }[];
  readonly discounts: readonly { readonly label: string; readonly amountMinor: number }[];
  readonly prescription?: ReceiptPrescription;
};

export type ReceiptPrescription = { readonly number: string; readonly prescriber?: string };

/** A finished sale in the words and figures of its receipt; every sum is given, none is worked out here. */
export type SaleReceiptInput = {
  readonly words: ReceiptWords;
  readonly currency: ReceiptCurrency;
  readonly shop: {
    readonly name: string;
    readonly address: readonly string[];
    readonly licence?: string;
    readonly taxNumber?: string;
    readonly logo?: boolean;
  };
  readonly storeName: string;
  readonly tillName: string;
  readonly cashierName: string;
  readonly receiptNumber: string;
  /** Local to the store, already in the reader's form: `24 Nov 2026`, `14:34`. */
  readonly date: string;
  readonly time: string;
  readonly lines: readonly ReceiptLine[];
  /** Σ line amounts after line discounts, before cart discount and exclusive tax. */
  readonly subtotalMinor: number;
  readonly cartDiscountMinor?: number;
  /** Whether the prices above contain the tax (RULES.md §1.4); else the taxes are added below the subtotal. */
  readonly taxIncluded: boolean;
  readonly taxes: readonly {
    readonly label: string;
    readonly baseMinor: number;
    readonly taxMinor: number;
  }[];
  /** RULES.md §1.5: a row of its own, signed, absent when nothing was rounded. */
  readonly cashRoundingMinor?: number;
  /** Before cash rounding. */
  readonly totalMinor: number;
  readonly tenders: readonly { readonly label: string; readonly amountMinor: number }[];
  readonly changeMinor: number;
  readonly prescription?: ReceiptPrescription & { readonly patient?: string };
  readonly code: 'qr' | 'code128' | 'none';
  readonly footer: readonly string[];
  /** Every print but the first says COPY and opens no drawer. */
  readonly copy: boolean;
  readonly training: boolean;
  readonly openDrawer: boolean;
};

/**
 * The receipt of a completed sale, top to bottom as UX.md "Receipt" has it. Pure: the same sale gives the same
 * receipt on the printer, on the screen, at HQ and in ten years.
 */
export function saleReceipt(input: SaleReceiptInput): ReceiptDoc {
  const nodes: ReceiptNode[] = [
    ...(input.openDrawer && !input.copy ? [{ kind: 'pulse', drawer: 1 } as const] : []),
    ...head(input),
    ...warnings(input),
    { kind: 'rule' },
    ...input.lines.flatMap((line) => soldLine(line, input)),
    { kind: 'rule' },
    ...totals(input),
    ...payment(input),
    ...taxTable(input),
    ...prescription(input),
    ...foot(input),
  ];
  return { direction: input.words.direction, nodes };
}

function head({ shop, words, ...sale }: SaleReceiptInput): ReceiptNode[] {
  const legal = [
    shop.licence ? `${words.licence} ${shop.licence}` : '',
    shop.taxNumber ? `${words.taxNumber} ${shop.taxNumber}` : '',
  ];
  const store = sale.storeName === shop.name ? sale.tillName : `${sale.storeName} · ${sale.tillName}`;
  return [
    ...(shop.logo ? [{ kind: 'logo', slot: 'shop' } as const] : []),
    { kind: 'text', text: shop.name, align: 'center', bold: true, size: 'double' },
    ...shop.address.map((text) => centred(text)),
    ...legal.filter((text) => text !== '').map((text) => centred(text)),
    { kind: 'feed', lines: 1 },
    pair(number(sale.receiptNumber), plain(`${sale.date} ${sale.time}`)),
    pair(plain(store), plain(sale.cashierName)),
  ];
}

function warnings({ copy, training, words }: SaleReceiptInput): ReceiptNode[] {
  const said = [copy && words.copy, training && words.training].filter((text) => text !== false);
  return said.map((text) => ({
    kind: 'text',
    text: `*** ${text} ***`,
    align: 'center',
    bold: true,
    size: 'double',
  }));
}

function soldLine(line: ReceiptLine, input: SaleReceiptInput): ReceiptNode[] {
  const { words } = input;
  const money = moneyOf(input);
  const batches = line.batches.map((batch) => {
    const text = fillIn(words.batch, { batch: batch.code, expiry: batch.expiry });
    return batch.quantity === undefined ? text : `${batch.quantity} ${text}`;
  });
  const small = [...batches, ...(line.prescription ? [prescriptionText(line.prescription, words)] : [])];
  return [
    { kind: 'text', text: line.name },
    pair(plain(`  ${quantityText(line, input)} · ${line.taxLabel}`), number(money(line.amountMinor))),
    ...line.discounts.map((d) => pair(plain(`  ${d.label}`), number(money(-d.amountMinor)))),
    ...(small.length ? [{ kind: 'text', text: `  ${small.join(' · ')}`, size: 'small' } as const] : []),
  ];
}

function quantityText(line: ReceiptLine, input: SaleReceiptInput): string {
  const { quantity } = input.words;
  if (line.weightG !== undefined)
    return fillIn(quantity.weight, {
      weight: weightText(line.weightG, input.words),
      price: moneyOf(input)(line.unitPriceMinor),
      per: perText(line.packSize, input.words),
    });
  const form = line.looseUnits === 0 ? quantity.packs : line.packs === 0 ? quantity.loose : quantity.both;
  return fillIn(form, {
    packs: String(line.packs),
    loose: String(line.looseUnits),
    size: String(line.packSize),
    price: moneyOf(input)(line.unitPriceMinor),
  });
}

/** `0.250 kg`: what the scale showed. */
export const weightText = (grams: number, { numbers, weights }: ReceiptWords): string =>
  `${kilograms(grams, numbers.decimal)} ${weights.kg}`;

/** What a price is of where packs are weights: `kg`, `100 g`. */
export const perText = (packSize: number, { weights }: ReceiptWords): string =>
  packSize === 1000 ? weights.kg : `${packSize} ${weights.g}`;

function totals(input: SaleReceiptInput): ReceiptNode[] {
  const { words, currency, totalMinor, cashRoundingMinor = 0, cartDiscountMinor = 0 } = input;
  const money = moneyOf(input);
  const steps: ReceiptNode[] = [];
  if (cartDiscountMinor !== 0) steps.push(pair(plain(words.discount), number(money(-cartDiscountMinor))));
  if (!input.taxIncluded) {
    for (const tax of input.taxes) {
      steps.push(pair(plain(`${words.tax} ${tax.label}`), number(money(tax.taxMinor))));
    }
  }
  if (cashRoundingMinor !== 0) steps.push(pair(plain(words.rounding), number(money(cashRoundingMinor))));
  const due = currency.symbol + money(totalMinor + cashRoundingMinor);
  return [
    pair(plain(words.subtotal), number(money(input.subtotalMinor))),
    ...steps,
    { ...pair(plain(`${words.total} ${currency.code}`), number(due)), bold: true, size: 'double' },
  ];
}

function payment(input: SaleReceiptInput): ReceiptNode[] {
  const { words, tenders, changeMinor } = input;
  const money = moneyOf(input);
  return [
    ...tenders.map((tender) => pair(plain(tender.label), number(money(tender.amountMinor)))),
    ...(changeMinor === 0 ? [] : [{ ...pair(plain(words.change), number(money(changeMinor))), bold: true }]),
  ];
}

function taxTable(input: SaleReceiptInput): ReceiptNode[] {
  const { words, taxes } = input;
  if (taxes.length === 0) return [];
  const money = moneyOf(input);
  const row = (label: string, base: ReceiptCell, tax: ReceiptCell): ReceiptNode => ({
    kind: 'columns',
    size: 'small',
    cells: [
      { text: label, width: 'fill' },
      { ...base, width: 12 },
      { ...tax, width: 11 },
    ],
  });
  return [
    { kind: 'rule' },
    row(words.tax, atEnd(words.taxBase), atEnd(words.taxAmount)),
    ...taxes.map((t) => row(t.label, number(money(t.baseMinor)), number(money(t.taxMinor)))),
  ];
}

function prescription({ prescription: given, words }: SaleReceiptInput): ReceiptNode[] {
  if (!given) return [];
  const patient = given.patient ? [{ kind: 'text', text: `${words.patient} ${given.patient}` } as const] : [];
  return [{ kind: 'rule' }, { kind: 'text', text: prescriptionText(given, words) }, ...patient];
}

function prescriptionText(given: ReceiptPrescription, words: ReceiptWords): string {
  const text = `${words.prescription} ${given.number}`;
  return given.prescriber ? `${text}, ${given.prescriber}` : text;
}

function foot({ code, receiptNumber, footer, copy, words }: SaleReceiptInput): ReceiptNode[] {
  return [
    { kind: 'feed', lines: 1 },
    ...(code === 'none'
      ? []
      : ([
          { kind: code, data: receiptNumber },
          { kind: 'feed', lines: 1 },
        ] as const)),
    ...footer.map((text) => centred(text, 'small')),
    ...(copy ? [{ ...centred(words.copy), bold: true }] : []),
    { kind: 'feed', lines: 1 },
    { kind: 'cut' },
  ];
}

const centred = (text: string, size: ReceiptSize = 'normal'): ReceiptNode & { kind: 'text' } => ({
  kind: 'text',
  text,
  align: 'center',
  size,
});
const plain = (text: string): ReceiptCell => ({ text, width: 'fill' });
const atEnd = (text: string): ReceiptCell => ({ text, width: 'fit', align: 'end' });
const number = (text: string): ReceiptCell => ({ text, width: 'fit', align: 'end', ltr: true });

/** A label that may wrap and, at the far edge, what it amounts to. */
const pair = (label: ReceiptCell, value: ReceiptCell): ReceiptNode & { kind: 'columns' } => ({
  kind: 'columns',
  cells: [
    { ...label, width: 'fill', align: 'start' },
    { ...value, width: 'fit', align: 'end' },
  ],
});

const moneyOf =
  ({ currency, words }: SaleReceiptInput) =>
  (amountMinor: number): string =>
    amountText(amountMinor, { minorDigits: currency.minorDigits, ...words.numbers });
