import type { ReceiptLine, SaleReceiptInput } from '#shared/sales/receipt.ts';
import { receiptWords } from '#shared/sales/receipt-words.ts';

/** A sale for tests, test prints and pictures, with every kind of row; below it the same in other scripts. */
export const sampleSale: SaleReceiptInput = {
  words: receiptWords.en,
  currency: { code: 'EUR', symbol: '€', minorDigits: 2 },
  shop: {
    name: 'Pharmacie du Pont',
    address: ['12 quai du Pont · 00000 Pontville'],
    licence: '00-0000',
    taxNumber: 'FR 00 000 000 000',
  },
  storeName: 'Pharmacie du Pont',
  tillName: 'Till 2',
  cashierName: 'Amélie R.',
  receiptNumber: 'S01-T02A-004518',
  date: '24 Nov 2026',
  time: '14:34',
  lines: [
    {
      name: 'Ibuvance 400 mg tab 12',
      packs: 3,
      looseUnits: 0,
      packSize: 12,
      unitPriceMinor: 420,
      amountMinor: 1260,
      taxLabel: '10 %',
      batches: [
        { code: 'K2207', expiry: '08/2027', quantity: '1×' },
        { code: 'K2311', expiry: '03/2028', quantity: '2×' },
      ],
      discounts: [],
    },
    {
      name: 'Cortavel 20 mg tab 20',
      packs: 2,
      looseUnits: 0,
      packSize: 20,
      unitPriceMinor: 362,
      amountMinor: 724,
      taxLabel: '2.1 %',
      batches: [{ code: 'CV0918', expiry: '11/2027' }],
      discounts: [],
      prescription: { number: 'P-00318', prescriber: 'Dr E. Valmont' },
    },
    {
      name: 'Pellavane balm 50 ml',
      packs: 1,
      looseUnits: 0,
      packSize: 1,
      unitPriceMinor: 990,
      amountMinor: 990,
      taxLabel: '20 %',
      batches: [{ code: 'DB441', expiry: '15/12/2026' }],
      discounts: [{ label: '-20 % near expiry', amountMinor: 198 }],
    },
  ],
  subtotalMinor: 2776,
  taxIncluded: true,
  taxes: [
    { label: '2.1 %', baseMinor: 709, taxMinor: 15 },
    { label: '10 %', baseMinor: 1145, taxMinor: 115 },
    { label: '20 %', baseMinor: 660, taxMinor: 132 },
  ],
  totalMinor: 2776,
  tenders: [
    { label: 'Card', amountMinor: 1200 },
    { label: 'Cash', amountMinor: 2000 },
  ],
  changeMinor: 424,
  code: 'qr',
  footer: ['Keep this receipt for returns within 14 days'],
  copy: false,
  training: false,
  openDrawer: true,
};

const named = (names: readonly string[]): readonly ReceiptLine[] =>
  sampleSale.lines.map((line, i) => ({ ...line, name: names[i] ?? line.name }));

export const sampleSaleArabic: SaleReceiptInput = {
  ...sampleSale,
  words: receiptWords.ar,
  shop: {
    name: 'صيدلية الجسر',
    address: ['١٢ شارع الجسر · تونس'],
    licence: '00-0000',
    taxNumber: '0000000A',
  },
  storeName: 'صيدلية الجسر',
  tillName: 'صندوق 2',
  cashierName: 'أميرة ر.',
  date: '24 نوفمبر 2026',
  lines: named(['إيبوفانس 400 ملغ 12 قرص', 'كورتافيل 20 ملغ (Cortavel)', 'Pellavane balm 50 ml']),
  tenders: [
    { label: 'بطاقة', amountMinor: 1200 },
    { label: 'نقدا', amountMinor: 2000 },
  ],
  footer: ['احتفظ بهذا الإيصال للإرجاع خلال 14 يوما'],
};

export const sampleSaleHindi: SaleReceiptInput = {
  ...sampleSale,
  currency: { code: 'INR', symbol: '₹', minorDigits: 2 },
  shop: {
    name: 'सेतु औषधालय',
    address: ['१२ नदी मार्ग, पुणे'],
    licence: 'MH-00-0000',
    taxNumber: '00AAAAA0000A0Z0',
  },
  storeName: 'सेतु औषधालय',
  cashierName: 'अमृता र.',
  lines: named(['इबुवेंस 400 मि.ग्रा. 12 गोलियाँ', 'Cortavel 20 mg', 'पेलावेन क्षीर 50 ml']),
  footer: ['धन्यवाद! रसीद संभाल कर रखें'],
};
