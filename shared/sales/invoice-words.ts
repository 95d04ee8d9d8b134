/** The fixed words of a tax invoice in one language, beside those of the receipt (receipt-words.ts). */
export type InvoiceWords = {
  readonly title: string;
  readonly invoiceNo: string;
  readonly date: string;
  readonly receipt: string;
  readonly soldOn: string;
  readonly buyer: string;
  /** In place of a buyer who was erased. */
  readonly buyerErased: string;
  readonly columns: {
    readonly article: string;
    readonly quantity: string;
    readonly price: string;
    readonly reduction: string;
    readonly rate: string;
    readonly amount: string;
  };
  readonly rates: { readonly rate: string; readonly base: string; readonly tax: string };
  readonly net: string;
  readonly taxTotal: string;
  readonly total: string;
  readonly paid: string;
  readonly taxIncluded: string;
  readonly taxExcluded: string;
  /** `{certificate}`: what the customer showed. */
  readonly exempt: string;
  /** `{page}` of `{pages}`. */
  readonly page: string;
};

export const invoiceWords = {
  en: {
    title: 'TAX INVOICE',
    invoiceNo: 'Invoice no.',
    date: 'Date',
    receipt: 'Receipt',
    soldOn: 'Sold on',
    buyer: 'Invoiced to',
    buyerErased: 'Private person, details erased on request',
    columns: {
      article: 'Article',
      quantity: 'Packs',
      price: 'Price of a pack',
      reduction: 'Reduction',
      rate: 'Tax',
      amount: 'Amount',
    },
    rates: { rate: 'Tax rate', base: 'Net', tax: 'Tax' },
    net: 'Net total',
    taxTotal: 'Total tax',
    total: 'TOTAL',
    paid: 'Paid',
    taxIncluded: 'Prices and amounts include tax.',
    taxExcluded: 'Prices and amounts are without tax; it is added to their sum.',
    exempt: 'Exempt from tax: certificate {certificate}. No tax was charged.',
    page: 'Page {page} of {pages}',
  },
  fr: {
    title: 'FACTURE',
    invoiceNo: 'Facture n°',
    date: 'Date',
    receipt: 'Ticket',
    soldOn: 'Vendu le',
    buyer: 'Facturé à',
    buyerErased: 'Particulier, coordonnées effacées sur demande',
    columns: {
      article: 'Article',
      quantity: 'Boîtes',
      price: 'Prix de la boîte',
      reduction: 'Réduction',
      rate: 'TVA',
      amount: 'Montant',
    },
    rates: { rate: 'Taux', base: 'HT', tax: 'TVA' },
    net: 'Total HT',
    taxTotal: 'Total TVA',
    total: 'TOTAL TTC',
    paid: 'Payé',
    taxIncluded: 'Prix et montants TTC.',
    taxExcluded: 'Prix et montants HT ; la taxe s’ajoute à leur somme.',
    exempt: 'Exonéré de taxe : certificat {certificate}. Aucune taxe n’a été perçue.',
    page: 'Page {page} sur {pages}',
  },
  ar: {
    title: 'فاتورة ضريبية',
    invoiceNo: 'رقم الفاتورة',
    date: 'التاريخ',
    receipt: 'الإيصال',
    soldOn: 'تاريخ البيع',
    buyer: 'فاتورة إلى',
    buyerErased: 'شخص عادي، حُذفت بياناته بناءً على طلبه',
    columns: {
      article: 'الصنف',
      quantity: 'العلب',
      price: 'سعر العلبة',
      reduction: 'التخفيض',
      rate: 'الضريبة',
      amount: 'المبلغ',
    },
    rates: { rate: 'النسبة', base: 'الصافي', tax: 'الضريبة' },
    net: 'الإجمالي الصافي',
    taxTotal: 'إجمالي الضريبة',
    total: 'الإجمالي',
    paid: 'المدفوع',
    taxIncluded: 'الأسعار والمبالغ شاملة الضريبة.',
    taxExcluded: 'الأسعار والمبالغ دون ضريبة؛ تُضاف إلى مجموعها.',
    exempt: 'معفى من الضريبة: شهادة {certificate}. لم تُحصَّل ضريبة.',
    page: 'صفحة {page} من {pages}',
  },
} as const satisfies Readonly<Record<string, InvoiceWords>>;
