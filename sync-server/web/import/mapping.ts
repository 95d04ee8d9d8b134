import type {
  FieldParser,
  FileProfile,
  ImportColumn,
  ImportField,
  ImportProfile,
} from '#shared/catalog/import-profile.ts';

/** What a person may say of a column, in the order the choice offers it. */
export const choices = [
  'packCode',
  'medicineCode',
  'brand',
  'code',
  'label',
  'price',
  'packSize',
  'baseUnit',
  'soldByWeight',
  'form',
  'route',
  'holder',
  'generics',
  'genericName',
  'genericStrength',
  'genericLink',
  'genericNature',
  'genericGroup',
  'schedule',
  'status',
  'marketing',
  'since',
  'reimbursement',
  'tax',
  'fee',
  'total',
  'tallMan',
  'note',
] as const satisfies readonly ImportField[];

/** Whether a value from HQ is a profile as far as this page shows it; HQ itself checks all of it. */
export function isProfile(value: unknown): value is ImportProfile {
  return (
    typeof value === 'object' &&
    value !== null &&
    'files' in value &&
    Array.isArray(value.files) &&
    'source' in value
  );
}

/** The part of a profile that a file plays, by its name; null when it plays none. */
export function partOf(
  profile: ImportProfile,
  fileName: string,
): { readonly part: FileProfile; readonly index: number } | null {
  const index = profile.files.findIndex((part) => fits(part.files, fileName));
  const part = profile.files[index];
  return part ? { part, index } : null;
}

/** What a column means: the field that names it, and whether it is a scannable code as well. */
export function meaningOf(
  part: FileProfile,
  place: number,
  heading: string,
): { readonly field: ImportField | null; readonly scheme: string | null } {
  const columns = part.columns.filter((column) => isAt(column, place, heading));
  const named = columns.find((column) => column.field !== 'code') ?? columns[0];
  const code = columns.find((column) => column.as.kind === 'code');
  return { field: named?.field ?? null, scheme: code?.as.kind === 'code' ? code.as.scheme : null };
}

/**
 * A profile in which one column means something else. A field stands on one column of a file, so it leaves the one it
 * was on; the code of a pack is a GTIN to scan as well, unless the profile reads it otherwise already.
 */
export function withMeaning(
  profile: ImportProfile,
  {
    index,
    place,
    heading,
    field,
  }: {
    readonly index: number;
    readonly place: number;
    readonly heading: string;
    readonly field: ImportField | null;
  },
): ImportProfile {
  const part = profile.files[index];
  if (!part) return profile;
  const kept = part.columns.filter(
    (column) =>
      !isAt(column, place, heading) && (field === null || field === 'code' || column.field !== field),
  );
  const at = part.header && heading !== '' ? heading : place;
  const added: ImportColumn[] = field === null ? [] : [{ at, field, as: parserOf(field, profile) }];
  if (field === 'packCode') added.push({ at, field: 'code', as: { kind: 'code', scheme: 'gtin' } });
  const columns = [...kept, ...added];
  return { ...profile, files: profile.files.map((one, at) => (at === index ? { ...part, columns } : one)) };
}

const isAt = (column: ImportColumn, place: number, heading: string): boolean =>
  typeof column.at === 'number' ? column.at === place : column.at === heading;

/** How a field is read where nobody has said it: as the profile reads its other columns of that kind, else plainly. */
function parserOf(field: ImportField, profile: ImportProfile): FieldParser {
  const others = profile.files.flatMap((part) => part.columns.map((column) => column.as));
  const like = (kind: FieldParser['kind']) => others.find((as) => as.kind === kind);
  switch (field) {
    case 'code':
      return { kind: 'code', scheme: 'gtin' };
    case 'price':
    case 'fee':
    case 'total':
      return like('money') ?? { kind: 'money', decimalSign: '.', groupSigns: '' };
    case 'packSize':
      return { kind: 'integer', min: 1, max: 1_000_000 };
    case 'since':
      return like('date') ?? { kind: 'date', order: 'ymd', years: [1900, 2100] };
    case 'reimbursement':
      return like('percent') ?? { kind: 'percent', decimalSign: '.' };
    case 'generics':
      return like('list') ?? { kind: 'list', separator: ';' };
    default:
      return { kind: 'text' };
  }
}

/** A file name against a pattern with `*`, case ignored. */
export function fits(pattern: string, name: string): boolean {
  const escaped = pattern
    .toLowerCase()
    .replaceAll(/[.+?^${}()|[\]\\]/g, '\\$&')
    .replaceAll('*', '.*');
  return new RegExp(`^${escaped}$`, 's').test(name.toLowerCase());
}
