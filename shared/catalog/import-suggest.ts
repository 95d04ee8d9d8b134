import { toGtin14 } from './gtin.ts';
import type { FieldParser, ImportColumn, ImportField, ImportProfile } from './import-profile.ts';
import { type SampleTable, sampleTable } from './import-sample.ts';
import { plainDecimal } from './import-values.ts';

/** A profile for a single file, guessed from its beginning; a person looks at it before it is used. */
export type Suggestion = { readonly table: SampleTable; readonly profile: ImportProfile };

/** What a new org brings along to a guess: its currency, and a name under which ids are made. */
export type SuggestFor = { readonly fileName: string; readonly source: string; readonly currency: string };

/** Null when the text is no table, or has no column that could be the name or the code of a pack. */
export function suggestProfile(text: string, { fileName, source, currency }: SuggestFor): Suggestion | null {
  const table = sampleTable(text);
  if (table === null) return null;
  const columns = suggestColumns(table);
  if (!columns.some((c) => c.field === 'brand') || !columns.some((c) => c.field === 'packCode')) return null;
  const { separator, quote, header } = table;
  const file = {
    role: 'pack',
    files: '*',
    separator,
    quote,
    header,
    width: null,
    realign: false,
    optional: false,
  } as const;
  const empty = { units: [], containers: [], of: [], times: [], accessory: [] };
  const profile: ImportProfile = {
    source,
    name: fileName,
    currency,
    complete: false,
    files: [{ ...file, encodings: ['auto'], columns }],
    defaults: { kind: 'medicine', scheduleClass: 'general', discountAllowed: true },
    schedule: columns.some((c) => c.field === 'schedule') ? [ownWords] : [],
    status: [],
    tax: suggestTax(table, columns),
    genericNatures: [],
    packSizes: empty,
  };
  return { table, profile };
}

/** Our own words, as a file in our form has them; any other word is taken for the stricter side. */
const ownWords: ImportProfile['schedule'][number] = {
  field: 'schedule',
  rules: [
    { match: 'equals', text: 'general', as: 'general' },
    { match: 'equals', text: 'otc', as: 'general' },
    { match: 'equals', text: 'pharmacist', as: 'pharmacist' },
    { match: 'equals', text: 'controlled', as: 'controlled' },
    { match: 'starts', text: 'prescription', as: 'prescription' },
  ],
  empty: 'general',
  unknown: 'prescription',
  reportUnknown: true,
};

/** Headings met in the field (English, French, German, Spanish), by what they mean. */
const HEADINGS: readonly (readonly [ImportField, RegExp])[] = [
  [
    'packCode',
    /^(?:gtin(?:.?1[34])?|ean(?:.?13)?|barcode|code.?barre.*|cip.?13|pack.?code|sku|ref.*|article.?n.*|code)$/,
  ],
  ['medicineCode', /^(?:cis|medicine.?code|product.?code|drug.?code)$/],
  [
    'brand',
    /^(?:brand|name|product|product.?name|medicine|designation|libelle|nom|bezeichnung|nombre|denominacion|description)$/,
  ],
  ['generics', /^(?:generics?|active.*|substance.*|dci|inn|molecule|wirkstoff|principio.?activo)$/],
  ['form', /^(?:form|dosage.?form|forme|darreichungsform|forma)$/],
  ['route', /^(?:route|voie|via)$/],
  ['holder', /^(?:holder|manufacturer|company|titulaire|laboratoire|hersteller|laboratorio)$/],
  ['label', /^(?:label|pack|package|presentation|conditionnement|packung|envase)$/],
  ['packSize', /^(?:pack.?size|size|units?.?per.?pack|contenance|menge|unidades)$/],
  [
    'soldByWeight',
    /^(?:(?:sold.?)?by.?weight|weighed|(?:vendu.?)?au.?poids|vrac|nach.?gewicht|a.?peso|بالوزن)$/,
  ],
  ['schedule', /^(?:schedule|class|liste|legal.?status)$/],
  ['genericGroup', /^(?:generic.?group|groupe.?generique)$/],
  ['tax', /^(?:tax|vat|vat.?pct|vat.?rate|tva|gst|mwst|iva)$/],
  ['price', /^(?:price|retail.?price|mrp|prix(?:.?ttc|.?public)?|pvp|preis|precio)$/],
];

function suggestColumns(table: SampleTable): ImportColumn[] {
  const columns: ImportColumn[] = [];
  for (const [i, name] of table.columns.entries()) {
    const texts = table.rows.map((row) => row[i] ?? '').filter((text) => text.trim() !== '');
    const field = fieldOf(name, texts);
    if (field === null || columns.some((c) => c.field === field)) continue;
    const at = i + 1;
    if (field !== 'packCode')
      columns.push({ at, field, as: parserOf(field, texts), ...(field === 'brand' && { required: true }) });
    else {
      const scheme = mostlyGtins(texts) ? 'gtin' : 'sku';
      columns.push({ at, field, as: { kind: 'text', max: 60 }, required: true });
      columns.push({ at, field: 'code', as: { kind: 'code', scheme }, required: true });
    }
  }
  return columns;
}

function fieldOf(name: string, texts: readonly string[]): ImportField | null {
  if (mostlyGtins(texts)) return 'packCode';
  const plain = name
    .toLowerCase()
    .normalize('NFD')
    .replace(/[\u0300-\u036f]/g, '')
    .trim();
  return HEADINGS.find(([, heading]) => heading.test(plain))?.[0] ?? null;
}

const mostlyGtins = (texts: readonly string[]): boolean =>
  texts.length > 0 &&
  texts.filter((text) => text.trim().length >= 12 && toGtin14(text.trim()) !== null).length >
    texts.length * 0.9;

function parserOf(field: ImportField, texts: readonly string[]): FieldParser {
  if (field === 'price') return moneyParser(texts);
  if (field === 'packSize') return { kind: 'integer', min: 1, max: 100_000 };
  if (field === 'generics')
    return { kind: 'list', separator: texts.some((text) => text.includes(' + ')) ? ' + ' : '/' };
  return { kind: 'text' };
}

/** The reading under which most prices are plain decimals of two figures; a point when there is nothing to go by. */
function moneyParser(texts: readonly string[]): FieldParser {
  const forms = [
    { decimalSign: '.', groupSigns: ', ' },
    { decimalSign: ',', groupSigns: '. ' },
    { decimalSign: ',', groupSigns: ', ' },
  ] as const;
  const fits = forms.map(
    (form) =>
      texts.filter((text) =>
        plainDecimal(text.trim(), { ...form, digits: 2 })?.decimal.match(/^\d+(?:\.\d{1,2})?$/),
      ).length,
  );
  return { kind: 'money', ...(forms[fits.indexOf(Math.max(...fits))] ?? forms[0]) };
}

/** One class per rate the tax column shows; without one, a class that a person must give its rate. */
function suggestTax(table: SampleTable, columns: readonly ImportColumn[]): ImportProfile['tax'] {
  const at = columns.find((c) => c.field === 'tax')?.at;
  const texts =
    typeof at === 'number' ? [...new Set(table.rows.map((row) => (row[at - 1] ?? '').trim()))] : [];
  const rates = texts.flatMap((text) => {
    const plain = plainDecimal(text.replace(/\s*%$/, ''), {
      decimalSign: text.includes(',') ? ',' : '.',
      groupSigns: '',
      digits: 3,
    });
    const pct3 = plain === null ? Number.NaN : Math.round(Number(plain.decimal) * 1000);
    return pct3 >= 0 && pct3 <= 100_000 ? [{ text, key: `rate-${pct3}`, pct3 }] : [];
  });
  const validFrom = '2000-01-01';
  const standard = { key: 'standard', name: 'Standard', pct3: [0], validFrom };
  const classes = [
    ...new Map(
      rates.map((r) => [r.key, { key: r.key, name: `${r.pct3 / 1000} %`, pct3: [r.pct3], validFrom }]),
    ).values(),
  ];
  return {
    classes: [...classes, standard],
    map: {
      field: 'tax',
      rules: rates.map((r) => ({ match: 'equals' as const, text: r.text, as: r.key })),
      empty: 'standard',
      unknown: 'standard',
      reportUnknown: true,
    },
  };
}
