import type { Gs1Elements } from './gs1.ts';
import { dateOfYymmdd } from './gs1-dates.ts';
import type { Hibc } from './pharma-codes-hibc.ts';
import type { Mh10 } from './pharma-codes-mh10.ts';
import { gs1Keys, gtinKeys, skuKey } from './scan-keys.ts';
import type { Pack, Scan, Symbology } from './scan-types.ts';
import type { Weighed } from './weighed.ts';

type Of<S extends Scan['scheme']> = Extract<Scan, { scheme: S }>;
type Facts = { -readonly [K in Exclude<keyof Pack, 'symbology' | 'codes'>]: Pack[K] };

export const gtinScan = (symbology: Symbology, form: Of<'gtin'>['form'], gtin14: string): Scan => ({
  scheme: 'gtin',
  symbology,
  form,
  gtin14,
  codes: gtinKeys(gtin14),
});

export const pznScan = (symbology: Symbology, pzn: string): Scan => ({
  scheme: 'pzn',
  symbology,
  pzn,
  codes: [`pzn:${pzn}`],
});

export const cip7Scan = (symbology: Symbology, cip7: string, gtin14: string): Scan => ({
  scheme: 'cip7',
  symbology,
  cip7,
  gtin14,
  codes: [`cip7:${cip7}`, `gtin:${gtin14}`],
});

export function textScan(symbology: Symbology, text: string): Scan {
  const key = skuKey(text);
  return { scheme: 'text', symbology, text, codes: key === null ? [] : [key] };
}

export function hibcScan(symbology: Symbology, hibc: Hibc): Scan {
  const { lic, pcn, uom } = hibc;
  return { scheme: 'hibc', symbology, ...hibc, codes: lic === undefined ? [] : [`hibc:${lic}${pcn}${uom}`] };
}

export function mh10Scan(symbology: Symbology, mh10: Mh10): Scan {
  const own = mh10.pzn === undefined ? [] : [`pzn:${mh10.pzn}`];
  const codes = mh10.gtin14 === undefined ? own : [...own, ...gtinKeys(mh10.gtin14)];
  return { scheme: 'mh10', symbology, ...mh10, codes: [...new Set(codes)] };
}

/** Looked up by the store's own key first, then by the label with its value set to zero, as many catalogues hold it. */
export function weighedScan(symbology: Symbology, { item, value, gtin14, scheme }: Weighed): Scan {
  const measured = { amount: value, decimals: scheme.decimals };
  const fact =
    scheme.measures === 'price'
      ? { price: measured }
      : scheme.measures === 'weightKg'
        ? { weightKg: measured }
        : { quantity: value };
  return {
    scheme: 'weighed',
    symbology,
    item,
    gtin14,
    codes: [`weighed:${scheme.prefix}${item}`, `gtin:${gtin14}`],
    ...fact,
  };
}

/** A GS1 scan with what its elements say about the pack, as dates and numbers. */
export function gs1Scan(
  carrier: { symbology: Symbology; form: Of<'gs1'>['form'] },
  read: Gs1Elements,
  todayYear: number,
): Scan {
  const { elements } = read;
  const facts: Partial<Facts> = {};
  if (elements['01'] !== undefined) facts.gtin14 = elements['01'];
  if (elements['10'] !== undefined) facts.batch = elements['10'];
  if (elements['21'] !== undefined) facts.serial = elements['21'];
  const expiry = elements['17'] ?? elements['7003']?.slice(0, 6);
  if (expiry !== undefined) facts.expiresOn = dateOfYymmdd(expiry, { todayYear, dayZero: true });
  const count = elements['30'] ?? elements['37'];
  if (count !== undefined) facts.quantity = Number(count);
  for (const ai of Object.keys(elements)) {
    if (ai.length === 4 && ai.startsWith('3')) addMeasure(facts, ai, elements[ai] ?? '');
  }
  return { scheme: 'gs1', ...carrier, ...read, ...facts, codes: gs1Keys(elements) };
}

/** Net weight in kg and the amount payable; the AI's last digit is the number of decimals. */
function addMeasure(facts: Partial<Facts>, ai: string, data: string): void {
  const decimals = Number(ai[3]);
  if (ai.startsWith('310')) facts.weightKg = { amount: Number(data), decimals };
  if (ai.startsWith('392')) facts.price = { amount: Number(data), decimals };
  if (ai.startsWith('393'))
    facts.price = { amount: Number(data.slice(3)), decimals, currencyNumber: data.slice(0, 3) };
}
