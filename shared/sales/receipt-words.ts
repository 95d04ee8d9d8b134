import type { TenderKind } from './tender-kinds.ts';

/** The fixed words of a receipt in one language. `{…}` are places filled by the receipt. */
export type ReceiptWords = {
  readonly direction: 'ltr' | 'rtl';
  readonly numbers: { readonly decimal: string; readonly group: string };
  readonly licence: string;
  readonly taxNumber: string;
  readonly copy: string;
  readonly training: string;
  /** What a paper of a training is not. */
  readonly notAReceipt: string;
  readonly quantity: {
    readonly packs: string;
    readonly loose: string;
    readonly both: string;
    readonly weight: string;
  };
  /** Signs of kilogram and gram. */
  readonly weights: { readonly kg: string; readonly g: string };
  readonly batch: string;
  readonly prescription: string;
  readonly patient: string;
  readonly subtotal: string;
  readonly discount: string;
  readonly rounding: string;
  readonly total: string;
  readonly change: string;
  readonly tax: string;
  readonly taxBase: string;
  readonly taxAmount: string;
  readonly tenders: Readonly<Record<TenderKind, string>>;
  readonly returned: {
    readonly return: string;
    readonly void: string;
    readonly blind: string;
    readonly ofReceipt: string;
  };
  readonly fiscal: { readonly signature: string; readonly failed: string };
};

/** A store's receipts come in the languages of the screens; other languages are one more entry here. */
export const receiptWords = {
  en: {
    direction: 'ltr',
    numbers: { decimal: '.', group: ',' },
    licence: 'Licence',
    taxNumber: 'Tax no.',
    copy: 'COPY',
    training: 'TRAINING',
    notAReceipt: 'NOT A RECEIPT',
    quantity: {
      packs: '{packs} × {price}',
      loose: '{loose} units (pack of {size}: {price})',
      both: '{packs} × {price} + {loose} units (pack of {size})',
      weight: '{weight} × {price} /{per}',
    },
    weights: { kg: 'kg', g: 'g' },
    batch: '{batch} exp {expiry}',
    prescription: 'Rx',
    patient: 'Patient',
    subtotal: 'Subtotal',
    discount: 'Discount',
    rounding: 'Cash rounding',
    total: 'TOTAL',
    change: 'Change',
    tax: 'Tax',
    taxBase: 'net',
    taxAmount: 'tax',
    tenders: {
      cash: 'Cash',
      card: 'Card',
      mobile: 'Mobile',
      account: 'Account',
      voucher: 'Voucher',
      exchange: 'Exchange',
    },
    returned: { return: 'RETURN', void: 'VOID', blind: 'RETURN', ofReceipt: 'of receipt' },
    fiscal: { signature: 'Signature', failed: 'Fiscal device failed' },
  },
  fr: {
    direction: 'ltr',
    numbers: { decimal: ',', group: ' ' },
    licence: 'Licence',
    taxNumber: 'N° TVA',
    copy: 'DUPLICATA',
    training: 'FORMATION',
    notAReceipt: 'CECI N’EST PAS UN TICKET',
    quantity: {
      packs: '{packs} × {price}',
      loose: '{loose} unités (boîte de {size} : {price})',
      both: '{packs} × {price} + {loose} unités (boîte de {size})',
      weight: '{weight} × {price} /{per}',
    },
    weights: { kg: 'kg', g: 'g' },
    batch: '{batch} pér. {expiry}',
    prescription: 'Ord.',
    patient: 'Patient',
    subtotal: 'Sous-total',
    discount: 'Remise',
    rounding: 'Arrondi espèces',
    total: 'TOTAL',
    change: 'Rendu',
    tax: 'TVA',
    taxBase: 'HT',
    taxAmount: 'TVA',
    tenders: {
      cash: 'Espèces',
      card: 'Carte',
      mobile: 'Mobile',
      account: 'Compte',
      voucher: 'Bon',
      exchange: 'Échange',
    },
    returned: { return: 'RETOUR', void: 'ANNULATION', blind: 'RETOUR', ofReceipt: 'du ticket' },
    fiscal: { signature: 'Signature', failed: 'Dispositif fiscal en panne' },
  },
  ar: {
    direction: 'rtl',
    numbers: { decimal: '.', group: ',' },
    licence: 'رخصة',
    taxNumber: 'الرقم الضريبي',
    copy: 'نسخة',
    training: 'تدريب',
    notAReceipt: 'ليس إيصالاً',
    quantity: {
      packs: '{packs} × {price}',
      loose: '{loose} وحدات (علبة من {size}: {price})',
      both: '{packs} × {price} + {loose} وحدات (علبة من {size})',
      weight: '{weight} × {price} /{per}',
    },
    weights: { kg: 'كغ', g: 'غ' },
    batch: '{batch} صلاحية {expiry}',
    prescription: 'وصفة',
    patient: 'المريض',
    subtotal: 'المجموع الفرعي',
    discount: 'خصم',
    rounding: 'تقريب النقد',
    total: 'المجموع',
    change: 'الباقي',
    tax: 'الضريبة',
    taxBase: 'الصافي',
    taxAmount: 'الضريبة',
    tenders: {
      cash: 'نقدًا',
      card: 'بطاقة',
      mobile: 'هاتف',
      account: 'حساب',
      voucher: 'قسيمة',
      exchange: 'استبدال',
    },
    returned: { return: 'إرجاع', void: 'إلغاء', blind: 'إرجاع', ofReceipt: 'من الإيصال' },
    fiscal: { signature: 'التوقيع', failed: 'تعطل الجهاز الضريبي' },
  },
} as const satisfies Record<string, ReceiptWords>;
