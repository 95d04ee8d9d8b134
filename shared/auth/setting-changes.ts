/**
 * What a change of a setting did, for the audit: a name inside the setting, and `before → after`. `value` is the setting
 * itself where it is one value; a text of several lines is told by line, a picture by its size. Long texts are cut, and
 * beyond `mostTold` names `more` says how many are left out.
 *
 * Example: `{enabled: false, perMinor: 100}` to `{enabled: true, perMinor: 100}` is `{enabled: 'false → true'}`.
 */
export function settingChanges(before: unknown, after: unknown): Readonly<Record<string, string>> {
  const from = leavesOf(before);
  const to = leavesOf(after);
  const changed = [...new Set([...from.keys(), ...to.keys()])].filter(
    (name) => from.get(name) !== to.get(name),
  );
  const told = changed
    .slice(0, mostTold)
    .map((name) => [name, `${from.get(name) ?? nothing} → ${to.get(name) ?? nothing}`]);
  const left = changed.length - told.length;
  return Object.fromEntries(left > 0 ? [...told, ['more', String(left)]] : told);
}

const mostTold = 12;
const longest = 60;
const nothing = '–';

/** Every single value in a setting by its name; what is null or empty is left out. */
function leavesOf(value: unknown): ReadonlyMap<string, string> {
  const leaves = new Map<string, string>();
  const walk = (name: string, at: unknown): void => {
    if (at === null || at === undefined || at === '') return;
    if (typeof at === 'string' && at.includes('\n'))
      for (const [i, line] of at.split('\n').entries()) walk(join(name, `line ${i + 1}`), line);
    else if (typeof at !== 'object') leaves.set(name === '' ? 'value' : name, textOf(at));
    else for (const [key, inner] of partsOf(at)) walk(join(name, key), inner);
  };
  walk('', value);
  return leaves;
}

const join = (name: string, key: string): string => (name === '' ? key : `${name}.${key}`);

/** Rows that have a name of their own (a currency, a label's prefix) keep it wherever they stand. */
function partsOf(value: object): readonly (readonly [string, unknown])[] {
  if (!Array.isArray(value)) return Object.entries(value);
  return value.map((row: unknown, i) => {
    const named = typeof row === 'object' && row !== null && rowName(row);
    return named ? [named.name, named.rest] : [String(i + 1), row];
  });
}

function rowName(row: object): { readonly name: string; readonly rest: unknown } | null {
  const [name, ...rest] = Object.entries(row);
  if (!name || !rowNames.has(name[0]) || typeof name[1] !== 'string') return null;
  return { name: name[1], rest: Object.fromEntries(rest) };
}
const rowNames: ReadonlySet<string> = new Set(['currency', 'prefix']);

function textOf(value: unknown): string {
  const text = String(value);
  if (text.startsWith('data:')) return `picture, ${text.length}`;
  return text.length > longest ? `${text.slice(0, longest)}…` : text;
}
