import type { Report } from './import-issues.ts';
import { mapReader } from './import-maps.ts';
import { type MedicineCols, type MedicineDraft, medicineDraft } from './import-medicine.ts';
import { type PackContent, packSizeReader } from './import-pack-size.ts';
import type { FieldMap, ImportField, ImportProfile } from './import-profile.ts';
import type { ImportRow } from './import-rows.ts';

/** A medicine as the register has it: only the columns that its files speak of. */
export type WantedMedicine = { readonly code: string; readonly cols: MedicineCols };

/** A pack as the register has it. `content` is null where the label does not say the size. */
export type WantedPack = {
  readonly code: string;
  readonly medicineCode: string;
  readonly label: string | null;
  readonly content: PackContent | null;
  readonly status: 'active' | 'withdrawn';
  readonly taxKey: string;
  readonly codes: readonly string[];
  readonly priceMinor: number | null;
  readonly file: string;
  readonly line: number;
};

export type WantedRegister = {
  readonly medicines: ReadonlyMap<string, WantedMedicine>;
  readonly packs: readonly WantedPack[];
  /** Every pack the files speak of, also in rows that were left out: these are not withdrawn. */
  readonly mentioned: ReadonlySet<string>;
};

/**
 * Joins the rows of a register's files, in whatever order they come, into medicines and packs. `finish` yields now
 * and then so that a host can breathe, and returns the whole.
 */
export function createRegister(profile: ImportProfile, report: Report) {
  const medicines = new Map<string, MedicineDraft>();
  const packs = new Map<string, PackDraft>();
  const mentioned = new Set<string>();
  const details: ImportRow[] = [];
  const readers = packReaders(profile);
  const draft = medicineDraft(profile, report);
  const named = profile.files.some((file) => file.role === 'medicine');
  return {
    add(role: ImportProfile['files'][number]['role'], row: ImportRow): void {
      if (role === 'detail') details.push(row);
      else if (role === 'medicine') addMedicine(row);
      else addPack(row);
    },
    *finish(): Generator<void, WantedRegister> {
      for (const row of details) {
        const code = textOf(row, 'medicineCode');
        const medicine = medicines.get(code);
        if (medicine) draft.addDetail(medicine, row);
        else if (!row.leftOut)
          report(
            issueOf(row, 'medicineCode', {
              code: 'detail-without-medicine',
              params: { code },
              outcome: 'row-left-out',
            }),
          );
        yield;
      }
      details.length = 0;
      const wanted: WantedPack[] = [];
      const sold = new Set<string>();
      for (const pack of packs.values()) {
        const ready = readyPack(pack, medicines, { report, readers });
        if (ready !== null) {
          wanted.push(ready);
          sold.add(ready.medicineCode);
        }
        yield;
      }
      const kept = new Map<string, WantedMedicine>();
      const names = new Map<string, number>();
      for (const [code, medicine] of medicines) {
        reportNames(medicine, names, report);
        if (sold.has(code)) kept.set(code, { code, cols: draft.finish(medicine) });
        else
          report(issueOf(medicine.row, null, { code: 'no-pack', params: { code }, outcome: 'row-left-out' }));
        yield;
      }
      return { medicines: kept, packs: wanted, mentioned };
    },
  };

  function addMedicine(row: ImportRow): void {
    const code = textOf(row, 'medicineCode');
    if (row.leftOut) return;
    if (medicines.has(code)) report(duplicate(row, 'medicineCode', medicines.get(code)?.row.line ?? 0));
    else medicines.set(code, draft.start(row));
  }

  function addPack(row: ImportRow): void {
    const code = textOf(row, 'packCode');
    if (code !== '') mentioned.add(code);
    for (const word of row.words ?? []) if (word.length <= MAX_CODE) mentioned.add(word.trim());
    if (row.leftOut) return;
    const before = packs.get(code);
    if (before !== undefined) {
      if (before.twice.length === 0) before.twice.push(before.row);
      before.twice.push(row);
      return;
    }
    const medicineCode = textOf(row, 'medicineCode') || code;
    packs.set(code, { code, medicineCode, row, twice: [] });
    if (!named && !medicines.has(medicineCode)) medicines.set(medicineCode, draft.start(row));
  }
}

/** Longer than any pack code. */
const MAX_CODE = 60;

type PackDraft = {
  readonly code: string;
  readonly medicineCode: string;
  readonly row: ImportRow;
  readonly twice: ImportRow[];
};
type PackReaders = ReturnType<typeof packReaders>;

const GRAMS_OF_A_KILOGRAM = 1000;

/** What people write into a column that asks whether something is sold by weight; anything else is said, and means no. */
const yesOrNo: FieldMap<'yes' | 'no'> = {
  field: 'soldByWeight',
  rules: [
    ...['1', 'x', 'y', 'yes', 'true', 'g', 'kg', 'oui', 'o', 'vrai', 'ja', 'si', 'sí', 'نعم'].map(
      (text) => ({ match: 'equals', text, as: 'yes' }) as const,
    ),
    ...['0', '-', 'n', 'no', 'false', 'non', 'faux', 'nein', 'لا'].map(
      (text) => ({ match: 'equals', text, as: 'no' }) as const,
    ),
  ],
  empty: 'no',
  unknown: 'no',
  reportUnknown: true,
};

function packReaders(profile: ImportProfile) {
  const tax = mapReader(profile.tax.map);
  return {
    size: packSizeReader(profile.packSizes),
    statuses: profile.status.map((map) => ({ map, read: mapReader(map) })),
    tax: { map: profile.tax.map, read: tax },
    byWeight: { map: yesOrNo, read: mapReader(yesOrNo) },
  };
}

type Context = { readonly report: Report; readonly readers: PackReaders };

/** Null for a pack that stays out: its code stands in several rows, or its medicine in none. */
function readyPack(
  pack: PackDraft,
  medicines: ReadonlyMap<string, MedicineDraft>,
  { report, readers }: Context,
): WantedPack | null {
  const { row, code, medicineCode } = pack;
  if (pack.twice.length > 0) {
    for (const other of pack.twice)
      report(duplicate(other, 'packCode', pack.twice.find((r) => r !== other)?.line ?? 0));
    return null;
  }
  if (!medicines.has(medicineCode)) {
    report(
      issueOf(row, 'medicineCode', {
        code: 'no-medicine',
        params: { code: medicineCode },
        outcome: 'row-left-out',
      }),
    );
    return null;
  }
  const total = checkedTotal(row);
  if (total !== null)
    report(issueOf(row, 'total', { code: 'other-total', params: total, outcome: 'field-left-empty' }));
  const price = row.values.get('price');
  return {
    code,
    medicineCode,
    label: textOf(row, 'label') || null,
    content: contentOf(row, { report, readers }),
    status: statusOf(row, { report, readers }),
    taxKey: mapped(row, readers.tax, report),
    codes: row.codes,
    priceMinor: typeof price === 'number' ? price : null,
    file: row.file,
    line: row.line,
  };
}

/** Price and fee must make the total; the price is what counts. */
function checkedTotal(row: ImportRow): { readonly sum: number; readonly total: number } | null {
  const [price, fee, total] = [row.values.get('price'), row.values.get('fee'), row.values.get('total')];
  if (typeof price !== 'number' || typeof fee !== 'number' || typeof total !== 'number') return null;
  return price + fee === total ? null : { sum: price + fee, total };
}

/**
 * A size given as a number goes before one read from the label. What is sold by weight is counted in grams and priced by
 * the kilogram, or by as many grams as its size says; its packs are never whole.
 */
function contentOf(row: ImportRow, { report, readers }: Context): PackContent | null {
  const given = row.values.get('packSize');
  if (mapped(row, readers.byWeight, report) === 'yes')
    return {
      packSize: typeof given === 'number' ? given : GRAMS_OF_A_KILOGRAM,
      baseUnit: 'g',
      breakable: true,
    };
  const unit = textOf(row, 'baseUnit');
  const label = textOf(row, 'label');
  const read = readers.size(label);
  if (typeof given === 'number') {
    const breakable = given > 1 && (read?.breakable ?? false);
    return { packSize: given, baseUnit: unit || read?.baseUnit || 'piece', breakable };
  }
  if (read === null && label !== '') {
    report(
      issueOf(row, 'label', {
        code: 'size-unknown',
        params: { text: label.slice(0, 80), as: 1 },
        outcome: 'taken-as',
      }),
    );
  }
  return read;
}

function statusOf(row: ImportRow, { report, readers }: Context): 'active' | 'withdrawn' {
  const words = readers.statuses.map((status) => mapped(row, status, report));
  return words.includes('withdrawn') ? 'withdrawn' : 'active';
}

type Reader<W extends string> = {
  readonly map: { readonly field: ImportField; readonly reportUnknown: boolean };
  readonly read: (text: string) => { readonly word: W; readonly unknown: boolean };
};

/** What a field map says of a row; a number is shown to it as its digits. */
export function mapped<W extends string>(row: ImportRow, { map, read }: Reader<W>, report: Report): W {
  const text = textOf(row, map.field);
  const { word, unknown } = read(text);
  if (unknown && map.reportUnknown) {
    report(
      issueOf(row, map.field, {
        code: 'unknown-value',
        params: { text: text.slice(0, 80), as: word },
        outcome: 'taken-as',
      }),
    );
  }
  return word;
}

function reportNames(medicine: MedicineDraft, names: Map<string, number>, report: Report): void {
  const name = textOf(medicine.row, 'brand');
  const first = names.get(name);
  if (first === undefined) names.set(name, medicine.row.line);
  else
    report(
      issueOf(medicine.row, 'brand', {
        code: 'duplicate-name',
        params: { text: name.slice(0, 80), line: first },
        outcome: 'taken',
      }),
    );
}

export const textOf = (row: ImportRow, field: ImportField): string => {
  const value = row.values.get(field);
  return value === undefined ? '' : String(value);
};

type Saying = Pick<Parameters<Report>[0], 'code' | 'params' | 'outcome'>;
export const issueOf = (row: ImportRow, column: string | null, saying: Saying) => ({
  file: row.file,
  line: row.line,
  column,
  ...saying,
});

const duplicate = (row: ImportRow, column: string, line: number) =>
  issueOf(row, column, {
    code: 'duplicate-code',
    params: { code: textOf(row, 'packCode') || textOf(row, 'medicineCode'), line },
    outcome: 'row-left-out',
  });
