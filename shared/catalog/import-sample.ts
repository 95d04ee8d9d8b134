/** The form of a table as its first rows show it. */
export type SampleTable = {
  readonly separator: string;
  readonly quote: '' | '"';
  readonly header: boolean;
  /** Headings, or 'Column 1' and so on. */
  readonly columns: readonly string[];
  /** The first rows of data. */
  readonly rows: readonly (readonly string[])[];
};

const SEPARATORS = ['\t', ';', ',', '|'];
const ROWS = 200;

/**
 * Guesses the form of a table from the beginning of its text. The last line is left out, since the sample may cut it;
 * null when no separator makes at least two columns.
 */
export function sampleTable(text: string): SampleTable | null {
  const tables = SEPARATORS.flatMap((separator) => {
    const quote = text.includes(`"${separator}`) || text.includes(`${separator}"`) ? '"' : '';
    const rows = splitSample(text.replace(/^\ufeff/, ''), separator, quote).slice(0, ROWS);
    const width = mostCommon(rows.map((row) => row.length));
    const even = rows.filter((row) => row.length === width).length / Math.max(1, rows.length);
    return width > 1 ? [{ separator, quote, rows, width, score: even * Math.log2(width + 1) } as const] : [];
  });
  const best = tables.toSorted((a, b) => b.score - a.score)[0];
  if (best === undefined) return null;
  const [first = [], ...rest] = best.rows;
  const header = isHeading(first, rest);
  const columns = Array.from(
    { length: best.width },
    (_, i) => (header ? (first[i] ?? '').trim() : '') || `Column ${i + 1}`,
  );
  return { separator: best.separator, quote: best.quote, header, columns, rows: header ? rest : best.rows };
}

/** Headings are texts without figures of their own, over rows of which some are not. */
function isHeading(first: readonly string[], rest: readonly (readonly string[])[]): boolean {
  if (rest.length === 0 || first.some((name) => name.trim() === '' || /^[\d\s.,%/€$-]+$/.test(name)))
    return false;
  const wordy = (row: readonly string[]) =>
    row.filter((field) => field !== '' && !/\d/.test(field)).length / Math.max(1, row.length);
  const below = rest.slice(0, 20).map(wordy);
  return wordy(first) > below.reduce((sum, share) => sum + share, 0) / below.length;
}

function splitSample(text: string, separator: string, quote: string): string[][] {
  const rows: string[][] = [];
  let [row, field, quoted]: [string[], string, boolean] = [[], '', false];
  for (let i = 0; i < text.length && rows.length <= ROWS; i++) {
    const sign = text.charAt(i);
    if (quoted) {
      if (sign !== quote) field += sign;
      else if (text.charAt(i + 1) === quote) field += text.charAt(++i);
      else quoted = false;
    } else if (sign === quote && field === '') quoted = true;
    else if (sign === separator) {
      row.push(field);
      field = '';
    } else if (sign === '\n' || sign === '\r') {
      if (row.length > 0 || field !== '') rows.push([...row, field]);
      [row, field] = [[], ''];
    } else field += sign;
  }
  return rows;
}

function mostCommon(values: readonly number[]): number {
  const counts = new Map<number, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return [...counts].toSorted((a, b) => b[1] - a[1])[0]?.[0] ?? 0;
}
