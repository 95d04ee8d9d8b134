/**
 * Words of dosage that are written in many ways. Spellings of several languages side by side: data, which a country
 * may add to, and never a rule of one.
 */

/** Units of strength and volume under one name each. */
export const units: ReadonlyMap<string, string> = new Map([
  ...spelled('mg', 'mg milligramme milligrammes milligram milligrams'),
  ...spelled('g', 'g gramme grammes gram grams'),
  ...spelled('ug', 'ug mcg μg microgramme microgrammes microgram micrograms'),
  ...spelled('ml', 'ml millilitre millilitres milliliter milliliters'),
  ...spelled('l', 'l litre litres liter liters'),
  ...spelled('ui', 'ui iu unite unites unit units'),
  ...spelled('mmol', 'mmol millimole millimoles'),
]);

/** What a pack is called at the counter: says nothing about which one, so a query does without. */
export const packWords: ReadonlySet<string> = new Set('bte btes bt boite boites box pack x de of'.split(' '));

/** Abbreviations of forms that are not the beginning of the word they stand for. */
export const formAbbreviations: ReadonlyMap<string, string> = new Map([
  ...spelled('comprime', 'cp cpr cprs cps'),
  ...spelled('tablet', 'tb tbl tbs'),
  ...spelled('poudre', 'pdr pdre'),
  ...spelled('powder', 'pwd'),
  ...spelled('goutte', 'gtt gtte gttes'),
  ...spelled('flacon', 'flc'),
  ...spelled('injectable', 'ij'),
]);

/**
 * Other ways to say one strength: 1 g is also 1000 mg, 0.5 mg is also 500 ug. `number` as `scanWords` writes it; the
 * answer holds 'number unit' texts, and nothing where the other way is not a whole number people would use.
 */
export function sameStrength(number: string, unit: string): readonly string[] {
  const amount = Number(number);
  if (!(amount > 0 && amount <= 1e9)) return [];
  const smaller = SMALLER.get(unit);
  const bigger = BIGGER.get(unit);
  const inSmaller = Math.round(amount * 1e6) / 1e3;
  return [
    ...(smaller !== undefined && Number.isInteger(inSmaller) && inSmaller <= 10_000
      ? [`${inSmaller} ${smaller}`]
      : []),
    ...(bigger !== undefined && amount >= 100 && amount % 100 === 0 ? [`${amount / 1000} ${bigger}`] : []),
  ];
}

const SMALLER: ReadonlyMap<string, string> = new Map([
  ['g', 'mg'],
  ['mg', 'ug'],
]);
const BIGGER: ReadonlyMap<string, string> = new Map([
  ['mg', 'g'],
  ['ug', 'mg'],
]);

function spelled(name: string, spellings: string): readonly (readonly [string, string])[] {
  return spellings.split(' ').map((spelling) => [spelling, name] as const);
}
