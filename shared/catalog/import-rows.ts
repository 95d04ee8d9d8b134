import type { ImportIssue, IssueCode, Report } from './import-issues.ts';
import type { FileProfile, ImportColumn, ImportField } from './import-profile.ts';
import { type FieldValue, isProblem, parseField } from './import-values.ts';

/** A row of a file by the profile's fields; a field that is empty or unreadable is not there. */
export type ImportRow = {
  readonly file: string;
  readonly line: number;
  readonly values: ReadonlyMap<ImportField, FieldValue>;
  /** Codes in normal form, in the order of their columns. */
  readonly codes: readonly string[];
  /** Whether it stays out; it still says which pack it spoke of, so that this one is not taken for withdrawn. */
  readonly leftOut: boolean;
  /** All fields of a row of the wrong width: somewhere among them is what it spoke of. */
  readonly words?: readonly string[];
};

/** A heading the profile names and the file lacks. */
export type MissingColumn = {
  readonly code: 'missing-column';
  readonly file: string;
  readonly column: string;
};

/** Makes the reader of one file. `heading`: its first row where the profile says it has headings. */
export function rowReader(
  profile: FileProfile,
  file: { readonly name: string; readonly heading: readonly string[] | null; readonly digits: number },
): RowReader | MissingColumn {
  const columns: PlacedColumn[] = [];
  for (const column of profile.columns) {
    const place = placeOf(column.at, file.heading);
    if (place < 0) return { code: 'missing-column', file: file.name, column: String(column.at) };
    columns.push({ ...column, place });
  }
  return {
    file: file.name,
    profile,
    columns,
    digits: file.digits,
    width: profile.width ?? file.heading?.length ?? null,
  };
}

type PlacedColumn = ImportColumn & { readonly place: number };
export type RowReader = {
  readonly file: string;
  readonly profile: FileProfile;
  readonly columns: readonly PlacedColumn[];
  readonly digits: number;
  readonly width: number | null;
};

/** Reads one row; whatever is odd about it goes to `report`. */
export function readRow(
  reader: RowReader,
  row: { readonly line: number; readonly fields: readonly string[] },
  report: Report,
): ImportRow {
  const about = { file: reader.file, line: row.line };
  const fields = rightWidth(reader, row.fields, (issue) => report({ ...about, ...issue }));
  if (fields === null) return { ...about, values: new Map(), codes: [], leftOut: true, words: row.fields };
  const values = new Map<ImportField, FieldValue>();
  const codes: string[] = [];
  let leftOut = false;
  for (const column of reader.columns) {
    const value = readField(column, fields[column.place] ?? '', { digits: reader.digits, about, report });
    if (value === null) leftOut ||= column.required === true;
    else if (column.field === 'code') codes.push(String(value));
    else values.set(column.field, value);
  }
  return { ...about, values, codes, leftOut };
}

type FieldContext = {
  readonly digits: number;
  readonly about: { readonly file: string; readonly line: number };
  readonly report: Report;
};

function readField(
  column: PlacedColumn,
  raw: string,
  { digits, about, report }: FieldContext,
): FieldValue | null {
  const parsed = parseField(column.as, raw, digits);
  const say = (code: IssueCode, params: ImportIssue['params'], outcome: ImportIssue['outcome']) =>
    report({ ...about, column: column.field, code, params, outcome });
  if (isProblem(parsed)) {
    say(
      parsed.problem,
      parsed.params,
      parsed.value !== null ? 'taken-as' : column.required ? 'row-left-out' : 'field-left-empty',
    );
    return parsed.value;
  }
  if (parsed === null && column.required) say('missing-value', {}, 'row-left-out');
  else if (parsed === null && column.reportEmpty) say('empty-value', {}, 'field-left-empty');
  return parsed;
}

type WidthIssue = Omit<ImportIssue, 'file' | 'line'>;

/**
 * A row must have the profile's width; empty fields at its end too many do no harm. A separator inside a text
 * pushes the rest to the right: where the push left a run of empty fields, dropping it puts the row right again.
 */
function rightWidth(
  reader: RowReader,
  fields: readonly string[],
  report: (issue: WidthIssue) => void,
): readonly string[] | null {
  const { width } = reader;
  if (width === null || fields.length === width) return fields;
  const params = { found: fields.length, expected: width };
  if (fields.length > width) {
    const mended = reader.profile.realign ? realigned(fields, width, reader) : null;
    if (mended !== null) {
      report({ column: null, code: 'fields-realigned', params, outcome: 'taken' });
      return mended;
    }
    if (fields.slice(width).every((field) => field.trim() === '')) return fields;
    report({ column: null, code: 'too-many-fields', params, outcome: 'row-left-out' });
    return null;
  }
  if (Math.max(...reader.columns.map((c) => c.place)) < fields.length) return fields;
  report({ column: null, code: 'too-few-fields', params, outcome: 'row-left-out' });
  return null;
}

function realigned(fields: readonly string[], width: number, reader: RowReader): readonly string[] | null {
  const extra = fields.length - width;
  const start = fields.findIndex((_, i) => fields.slice(i, i + extra).every((field) => field.trim() === ''));
  if (start < 0 || start + extra > fields.length - 1) return null;
  const mended = fields.toSpliced(start, extra);
  const required = reader.columns.filter((c) => c.required);
  return required.every((c) => (mended[c.place] ?? '').trim() !== '') ? mended : null;
}

const placeOf = (at: number | string, heading: readonly string[] | null): number =>
  typeof at === 'number' ? at - 1 : (heading ?? []).findIndex((name) => sameHeading(name, at));

const sameHeading = (a: string, b: string): boolean => a.trim().toLowerCase() === b.trim().toLowerCase();
