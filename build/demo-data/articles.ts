import type { Draft } from './draft.ts';
import type { TaxName } from './taxes.ts';

/**
 * What a pharmacy sells besides medicines. One a line: `name | tax: d reduced, s standard | sizes with price in cents`.
 * A number is a count of pieces that are sold together; anything else is the size as printed.
 */
const list = `
Plasters | s | 20=290, 40=490, strips 1 m=450
Plasters for children | s | 20=340
Blister plasters | s | 5=590, 10=990
Sterile gauze 7.5 cm | d | 10=290, 50=890
Elastic bandage 5 cm | d | 1=340
Elastic bandage 10 cm | d | 1=480
Adhesive tape | d | 1.25 cm=260, 2.5 cm=390
Digital thermometer | s | 1=790
Infrared thermometer | s | 1=3490
Hand gel | s | 75 ml=260, 300 ml=590, 500 ml=790
Surgical masks | d | 10=250, 50=890
FFP2 masks | d | 5=490, 20=1590
Nitrile gloves S | s | 20=390, 100=1190
Nitrile gloves M | s | 20=390, 100=1190
Nitrile gloves L | s | 20=390, 100=1190
Syrup spoon | s | 1=60
Oral syringe 5 ml | s | 1=120
Oral syringe 10 ml | s | 1=140
Paper bag | s | 1=10
Delivery | s | 1=300
Tablet cutter | s | 1=690
Weekly pill box | s | 1=990
Blood pressure monitor, arm | s | 1=5990
Blood pressure monitor, wrist | s | 1=4490
Glucose test strips | d | 50=2490, 100=4290
Lancets | d | 100=890, 200=1490
Pen needles 4 mm | d | 100=1890
Pen needles 6 mm | d | 100=1790
Pregnancy test | s | 1=490, 2=790
Antigen self-test | d | 1=240, 5=990
Condoms | d | 6=390, 12=690, 24=1190
Tampons regular | d | 16=340, 32=590
Sanitary towels | d | 10=290, 14=360
Incontinence pads | d | 12=890, 28=1690
Baby milk stage 1 | d | 800 g=1890
Baby milk stage 2 | d | 800 g=1790
Nappies size 2 | s | 31=990
Nappies size 3 | s | 29=990
Baby wipes | s | 60=290, 180=750
Saline wipes | s | 30=450
Feeding bottle | s | 150 ml=890, 270 ml=990
Soother 0-6 months | s | 2=690
Soother 6-18 months | s | 2=690
Sun cream SPF 30 | s | 50 ml=990, 200 ml=1690
Sun cream SPF 50 | s | 50 ml=1090, 200 ml=1890
After-sun lotion | s | 200 ml=1190
Face cream dry skin | s | 40 ml=1290, 75 ml=1890
Face cream sensitive skin | s | 40 ml=1390
Cleansing gel | s | 200 ml=1090, 400 ml=1590
Micellar water | s | 250 ml=890, 500 ml=1290
Hand cream | s | 50 ml=490, 75 ml=650
Foot cream | s | 75 ml=890
Lip balm | s | 4.8 g=390
Body lotion | s | 200 ml=990, 400 ml=1490
Shower oil | s | 200 ml=890, 500 ml=1590
Mild shampoo | s | 200 ml=790, 400 ml=1190
Anti-dandruff shampoo | s | 125 ml=1090
Deodorant | s | 50 ml=750
Toothbrush soft | s | 1=390, 2=650
Toothbrush medium | s | 1=390, 2=650
Toothpaste sensitive | s | 75 ml=490
Toothpaste for children | s | 50 ml=390
Dental floss | s | 50 m=450
Interdental brushes | s | 6=590
Denture tablets | s | 32=490, 96=1190
Contact lens solution | d | 100 ml=690, 360 ml=1290
Reading glasses +1.5 | d | 1=1490
Reading glasses +2.0 | d | 1=1490
Reading glasses +2.5 | d | 1=1490
Ear plugs foam | s | 6=390, 20=890
Ear plugs wax | s | 12=590
Knee support S | d | 1=2490
Knee support M | d | 1=2490
Knee support L | d | 1=2490
Wrist support | d | 1=1990
Ankle support | d | 1=2190
Compression stockings S | d | 2=2990
Compression stockings M | d | 2=2990
Compression stockings L | d | 2=2990
Crutches | d | 2=2490
Hot water bottle | s | 1=1290
Cold and hot pack | s | 1=790
Insect repellent | s | 75 ml=890, 100 ml=1090
After-bite stick | s | 15 ml=690
Lice comb | s | 1=890
Nail clippers | s | 1=590
Nail file | s | 5=290
Tweezers | s | 1=490
Vitamin D drops for children | d | 20 ml=790
Multivitamin | d | 30=890, 60=1490
Omega 3 | d | 60=1590
Probiotic | d | 10=990, 30=2190
Royal jelly | d | 10=1290
Herbal tea sleep | d | 20=390
Herbal tea digestion | d | 20=390
Honey sweets | d | 100 g=390
Throat pastilles | d | 24=450, 36=590
Electrolyte powder | d | 10=690
First aid kit | s | 1=1990
`;

/** What is sold without stock: a fee, a bag that comes back, a voucher, and anything else at the price somebody types. */
export const withoutStockDrafts: readonly Draft[] = [
  { ...article('Dispensing fee', 'reduced', 102), soldAs: 'service' },
  { ...article('Cool bag deposit', 'standard', 200), soldAs: 'deposit' },
  { ...article('Gift card', 'standard', 2500), soldAs: 'voucher' },
  { ...article('Other article', 'standard', 0), soldAs: 'open-price' },
];

/** Loose teas out of the drawer, by the gram at the price of a kilogram. */
export const weighedDrafts: readonly Draft[] = [
  byWeight('Camomile flowers', 4800),
  byWeight('Lime blossom', 5600),
];

export const articleDrafts: readonly Draft[] = list.trim().split('\n').flatMap(draftsOf);

function draftsOf(line: string): Draft[] {
  const [brand = '', letter = '', sizes = ''] = line.split(' | ');
  const tax: TaxName = letter === 'd' ? 'reduced' : 'standard';
  return sizes.split(', ').map((text) => {
    const [size = '', price = ''] = text.split('=');
    return {
      ...article(brand, tax, Number(price)),
      discountAllowed: brand !== 'Delivery' && brand !== 'Paper bag',
      label: size === '1' ? 'one' : /^\d+$/.test(size) ? `× ${size}` : size,
      sku: skuOf(`${brand} ${size}`),
    };
  });
}

/** Sold by the piece at one price everywhere, and never at a discount unless somebody says so. */
function article(brand: string, tax: TaxName, priceMinor: number): Draft {
  return {
    kind: 'article',
    brand,
    generics: [],
    ...{ form: '', route: '', holder: '', tallMan: '' },
    scheduleClass: 'general',
    discountAllowed: false,
    label: 'one',
    packSize: 1,
    baseUnit: 'piece',
    breakable: false,
    tax,
    priceMinor,
    fixedPrice: true,
    sku: skuOf(brand),
  };
}

function byWeight(brand: string, priceMinor: number): Draft {
  const loose = { label: 'loose, by weight', packSize: 1000, baseUnit: 'g', breakable: true };
  return { ...article(brand, 'reduced', priceMinor), ...loose, discountAllowed: true };
}

function skuOf(text: string): string {
  return text.replace(/[^0-9A-Za-z.]+/g, '-');
}
