/** The fixed words of X- and Z-reports in one language; the others are the receipt's (receipt-words.ts). */
type ReportWords = {
  readonly x: string;
  readonly z: string;
  readonly opened: string;
  readonly closed: string;
  readonly sales: string;
  readonly returns: string;
  readonly net: string;
  readonly discounts: string;
  readonly expected: string;
  readonly counted: string;
  readonly variance: string;
  readonly notCounted: string;
  readonly float: string;
  readonly payIn: string;
  readonly payOut: string;
  readonly noSales: string;
  readonly left: string;
  readonly takenOut: string;
  readonly reason: string;
  readonly grandTotal: string;
  readonly chainHead: string;
  readonly signature: string;
};

export const reportWords = {
  en: {
    ...{
      x: 'X-REPORT',
      z: 'Z-REPORT',
      opened: 'Opened',
      closed: 'Closed',
      sales: 'Sales',
      returns: 'Returns',
    },
    ...{
      net: 'NET',
      discounts: 'Discounts given',
      expected: 'expected',
      counted: 'counted',
      variance: 'diff.',
    },
    ...{ notCounted: 'not counted', float: 'Float', payIn: 'Paid in', payOut: 'Paid out' },
    ...{
      noSales: 'Drawer opened without sale',
      left: 'Left in drawer',
      takenOut: 'Taken out',
      reason: 'Reason',
    },
    ...{ grandTotal: 'Grand total', chainHead: 'Chain', signature: 'Signature' },
  },
  fr: {
    ...{
      x: 'RAPPORT X',
      z: 'RAPPORT Z',
      opened: 'Ouvert',
      closed: 'Fermé',
      sales: 'Ventes',
      returns: 'Retours',
    },
    ...{
      net: 'NET',
      discounts: 'Remises accordées',
      expected: 'attendu',
      counted: 'compté',
      variance: 'écart',
    },
    ...{ notCounted: 'non compté', float: 'Fond de caisse', payIn: 'Apports', payOut: 'Retraits' },
    ...{ noSales: 'Ouvertures sans vente', left: 'Laissé en caisse', takenOut: 'Prélevé', reason: 'Motif' },
    ...{ grandTotal: 'Grand total perpétuel', chainHead: 'Chaîne', signature: 'Signature' },
  },
  ar: {
    ...{
      x: 'تقرير X',
      z: 'تقرير Z',
      opened: 'فُتحت',
      closed: 'أُغلقت',
      sales: 'المبيعات',
      returns: 'المرتجعات',
    },
    ...{ net: 'الصافي', discounts: 'الخصومات', expected: 'المتوقع', counted: 'المعدود', variance: 'الفرق' },
    ...{ notCounted: 'لم يُعدّ', float: 'رصيد البداية', payIn: 'إيداعات', payOut: 'مسحوبات' },
    ...{ noSales: 'فتح الدرج دون بيع', left: 'المتروك في الدرج', takenOut: 'المسحوب', reason: 'السبب' },
    ...{ grandTotal: 'الإجمالي التراكمي', chainHead: 'السلسلة', signature: 'التوقيع' },
  },
} as const satisfies Record<string, ReportWords>;
