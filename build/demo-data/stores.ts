import type { RowOf } from '#shared/schema.ts';

/** One store of the demo: its row, its range and how it trades. */
export type StorePlan = Pick<
  RowOf<'store'>,
  | 'code'
  | 'name'
  | 'addressLines'
  | 'licence'
  | 'taxNumber'
  | 'receiptFooter'
  | 'dayStartHour'
  | 'cashStepMinor'
  | 'minShelfLifeDays'
  | 'language'
> & {
  readonly tills: readonly { readonly code: string; readonly name: string }[];
  /** How many packs of the catalogue it keeps on its shelves. */
  readonly range: number;
  /** Sales of an ordinary day, by weekday from Sunday; 0 is closed. */
  readonly salesByWeekday: readonly number[];
  /** Minutes after midnight between which it sells; the last sale lies before `closesAt`. */
  readonly opensAt: number;
  readonly closesAt: number;
  /** Share of sales paid by card. */
  readonly cardShare: number;
  /** Whether a pharmacist's PIN stands for a prescription here; where not, the history has no prescription lines. */
  readonly prescriptionByPin: boolean;
};

/** A town pharmacy with two tills, and a small one by the Belgian border that rounds cash to five cents. */
export const storePlans: readonly StorePlan[] = [
  {
    code: 'S01',
    name: 'Pharmacie du Pont',
    addressLines: ['12 quai des Tanneurs', '99001 Corvelle'],
    licence: '99#000112',
    taxNumber: 'FR00 000 000 112',
    receiptFooter: 'Merci de votre visite',
    dayStartHour: 4,
    cashStepMinor: 1,
    minShelfLifeDays: 0,
    language: 'fr',
    tills: [
      { code: 'T01', name: 'Front counter' },
      { code: 'T02', name: 'Dispensary' },
    ],
    range: 4100,
    salesByWeekday: [0, 78, 66, 62, 70, 76, 58],
    opensAt: 8 * 60 + 30,
    closesAt: 19 * 60 + 30,
    cardShare: 0.68,
    prescriptionByPin: true,
  },
  {
    code: 'S02',
    name: 'Pharmacie des Halles',
    addressLines: ['3 place des Halles', '99040 Saint-Orvain'],
    licence: '99#000240',
    taxNumber: 'FR00 000 000 240',
    receiptFooter: 'Ouvert le dimanche matin',
    dayStartHour: 0,
    cashStepMinor: 5,
    minShelfLifeDays: 7,
    language: 'en',
    tills: [{ code: 'T01', name: 'Counter' }],
    range: 2700,
    salesByWeekday: [40, 44, 42, 48, 46, 60, 72],
    opensAt: 9 * 60,
    closesAt: 19 * 60,
    cardShare: 0.52,
    prescriptionByPin: false,
  },
];
