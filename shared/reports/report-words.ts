import type { ColumnName, ReportKind } from './report-table.ts';

/** The fixed words of a printed report in one language; means of payment are named as on receipts. */
export type LocalReportWords = {
  readonly titles: Readonly<Record<ReportKind, string>>;
  readonly columns: Readonly<Record<ColumnName, string>>;
  readonly store: string;
  readonly total: string;
  readonly others: string;
  readonly nothing: string;
};

export const localReportWords = {
  en: {
    titles: {
      ...{ days: 'SALES BY DAY', hours: 'SALES BY HOUR', cashiers: 'BY CASHIER', tenders: 'BY TENDER' },
      ...{ taxes: 'TAX', articles: 'TOP ARTICLES', expiry: 'NEAR EXPIRY' },
    },
    columns: {
      ...{ day: 'Day', hour: 'Hour', cashier: 'Cashier', tender: 'Tender', rate: 'Rate', article: 'Article' },
      ...{ batch: 'Batch', expires: 'Expires', daysLeft: 'Days left', quantity: 'Packs', onHand: 'On hand' },
      ...{
        sales: 'Sales',
        sold: 'Sold',
        returns: 'Returns',
        returned: 'Returned',
        total: 'Total',
        net: 'Net',
      },
      ...{ tax: 'Tax', discount: 'Discounts', rounding: 'Cash rounding', payments: 'Payments' },
      ...{ taken: 'Taken', givenBack: 'Given back', cost: 'At cost' },
    },
    ...{ store: 'Whole store', total: 'TOTAL', others: 'All others', nothing: 'Nothing in these days.' },
  },
  fr: {
    titles: {
      ...{ days: 'VENTES PAR JOUR', hours: 'VENTES PAR HEURE', cashiers: 'PAR CAISSIER' },
      ...{ tenders: 'PAR MOYEN DE PAIEMENT', taxes: 'TVA', articles: 'MEILLEURES VENTES' },
      expiry: 'PROCHES PÉREMPTIONS',
    },
    columns: {
      ...{ day: 'Jour', hour: 'Heure', cashier: 'Caissier', tender: 'Paiement', rate: 'Taux' },
      ...{ article: 'Article', batch: 'Lot', expires: 'Péremption', daysLeft: 'Jours restants' },
      ...{ quantity: 'Boîtes', onHand: 'En stock', sales: 'Ventes', sold: 'Vendu', returns: 'Retours' },
      ...{ returned: 'Rendu', total: 'Total', net: 'HT', tax: 'TVA', discount: 'Remises' },
      ...{ rounding: 'Arrondi espèces', payments: 'Paiements', taken: 'Encaissé', givenBack: 'Rendu' },
      cost: 'Au coût',
    },
    ...{ store: 'Tout le magasin', total: 'TOTAL', others: 'Tous les autres' },
    nothing: 'Rien sur ces jours.',
  },
  ar: {
    titles: {
      ...{ days: 'المبيعات حسب اليوم', hours: 'المبيعات حسب الساعة', cashiers: 'حسب أمين الصندوق' },
      ...{ tenders: 'حسب وسيلة الدفع', taxes: 'الضريبة', articles: 'الأكثر مبيعًا' },
      expiry: 'قرب انتهاء الصلاحية',
    },
    columns: {
      ...{ day: 'اليوم', hour: 'الساعة', cashier: 'أمين الصندوق', tender: 'وسيلة الدفع', rate: 'النسبة' },
      ...{ article: 'الصنف', batch: 'التشغيلة', expires: 'الانتهاء', daysLeft: 'الأيام المتبقية' },
      ...{ quantity: 'العلب', onHand: 'المتوفر', sales: 'المبيعات', sold: 'المباع', returns: 'المرتجعات' },
      ...{ returned: 'المرتجع', total: 'الإجمالي', net: 'الصافي', tax: 'الضريبة', discount: 'الخصومات' },
      ...{ rounding: 'تقريب النقد', payments: 'المدفوعات', taken: 'المقبوض', givenBack: 'المعاد' },
      cost: 'بالتكلفة',
    },
    ...{ store: 'المتجر كله', total: 'الإجمالي', others: 'كل ما عداها', nothing: 'لا شيء في هذه الأيام.' },
  },
} as const satisfies Readonly<Record<'en' | 'fr' | 'ar', LocalReportWords>>;
