import { boxOf, type Draft } from './draft.ts';
import { type FormWord, forms } from './forms.ts';
import { genericsOf } from './generics.ts';
import { tallManOf } from './tall-man.ts';

const medicine = (
  brand: string,
  [generics, strength, form, size]: readonly [
    generics: string,
    strength: string,
    form: FormWord,
    size: number | string,
  ],
  rest: Pick<Draft, 'priceMinor' | 'scheduleClass' | 'tax'>,
): Draft => {
  const { name, route, baseUnit, container } = forms[form];
  const names = generics.split(' + ');
  return {
    kind: 'medicine',
    brand,
    generics: genericsOf(names, strength),
    ...{ form: name, route, baseUnit },
    holder: 'Halden',
    tallMan: tallManOf(names),
    discountAllowed: rest.tax === 'standard',
    label: typeof size === 'number' ? boxOf(size, baseUnit) : `${container} of ${size}`,
    packSize: typeof size === 'number' ? size : 1,
    breakable: false,
    fixedPrice: true,
    ...rest,
  };
};

/** The packs that pictures, guides and demo drivers speak of, at fixed prices. */
export const signatureDrafts: readonly Draft[] = [
  medicine('Dolorane 1 g', ['paracetamol', '1 g', 'tab', 8], {
    priceMinor: 218,
    scheduleClass: 'general',
    tax: 'reimbursed',
  }),
  medicine('Dolorane 500 mg', ['paracetamol', '500 mg', 'cap', 16], {
    priceMinor: 218,
    scheduleClass: 'general',
    tax: 'reimbursed',
  }),
  medicine('Dolorane 500 mg', ['paracetamol', '500 mg', 'tab', 16], {
    priceMinor: 218,
    scheduleClass: 'general',
    tax: 'reimbursed',
  }),
  medicine('Febrilis 2.4 %', ['paracetamol', '2.4 %', 'sol', '100 ml'], {
    priceMinor: 263,
    scheduleClass: 'general',
    tax: 'reimbursed',
  }),
  medicine('Codorane 400 mg / 20 mg', ['paracetamol + codeine', '400 mg/20 mg', 'tab', 16], {
    priceMinor: 314,
    scheduleClass: 'prescription',
    tax: 'reimbursed',
  }),
  medicine('Migralene Duo', ['paracetamol + caffeine', '500 mg/65 mg', 'tab', 20], {
    priceMinor: 590,
    scheduleClass: 'general',
    tax: 'medicine',
  }),
  medicine('Ibuvance 400 mg', ['ibuprofen', '400 mg', 'tab', 12], {
    priceMinor: 420,
    scheduleClass: 'general',
    tax: 'medicine',
  }),
  medicine('Ibuvance 200 mg', ['ibuprofen', '200 mg', 'tab', 20], {
    priceMinor: 390,
    scheduleClass: 'general',
    tax: 'medicine',
  }),
  medicine('Cortavel 20 mg', ['prednisolone', '20 mg', 'odt', 20], {
    priceMinor: 362,
    scheduleClass: 'prescription',
    tax: 'reimbursed',
  }),
  medicine('Cortavel 5 mg', ['prednisolone', '5 mg', 'odt', 30], {
    priceMinor: 294,
    scheduleClass: 'prescription',
    tax: 'reimbursed',
  }),
  medicine('Corticel 20 mg', ['prednisolone', '20 mg', 'odt', 20], {
    priceMinor: 398,
    scheduleClass: 'prescription',
    tax: 'reimbursed',
  }),
  medicine('Solvétine 20 mg', ['prednisolone', '20 mg', 'odt', 20], {
    priceMinor: 412,
    scheduleClass: 'prescription',
    tax: 'reimbursed',
  }),
  medicine('Pellavane balm', ['dexpanthenol', '5 %', 'cream', '50 ml'], {
    priceMinor: 990,
    scheduleClass: 'general',
    tax: 'standard',
  }),
  medicine('Vitamin C 500', ['ascorbic acid', '500 mg', 'chew', 24], {
    priceMinor: 540,
    scheduleClass: 'general',
    tax: 'medicine',
  }),
  medicine('Saline 0.9 %', ['sodium chloride', '0.9 %', 'sdu', 20], {
    priceMinor: 390,
    scheduleClass: 'general',
    tax: 'medicine',
  }),
];

/** The quick keys of a new till, Ctrl+1…9: the brand of the pack and the word on the key. */
export const quickKeyBrands: readonly (readonly [brand: string, label: string])[] = [
  ['Vitamin C 500', 'Vitamin C 500'],
  ['Saline 0.9 %', 'Saline 0.9 %'],
  ['Plasters', 'Plasters × 20'],
  ['Digital thermometer', 'Thermometer'],
  ['Hand gel', 'Hand gel 75 ml'],
  ['Surgical masks', 'Masks × 10'],
  ['Syrup spoon', 'Syrup spoon'],
  ['Paper bag', 'Paper bag'],
  ['Delivery', 'Delivery'],
];
