import type { TableFacts } from '../tables/define-table.ts';
import { bodyVersion, type Change, type Envelope } from './changeset.ts';

/**
 * How a body of an older version becomes one of the next: `upcasts[v]` turns version v into v + 1. Within a version
 * bodies only grow (a new table, a new optional column of a register; facts get a new table instead of a new column:
 * docs/decisions/0004); what cannot be said so raises `bodyVersion` and needs an entry here, for ever, because logs and
 * journals are never rewritten.
 */
const upcasts: Readonly<Record<number, (change: Change) => Change>> = {};

/** An envelope as this version applies it; null where a newer Pestle wrote it in a way this one cannot know. */
export function upcast(envelope: Envelope, steps = upcasts, to = bodyVersion): Envelope | null {
  if (envelope.v > to) return null;
  let { changes } = envelope.body;
  for (let v = envelope.v; v < to; v++) {
    const step = steps[v];
    if (!step) throw new Error(`no way from body version ${v} to ${v + 1}`);
    changes = changes.map(step);
  }
  return { ...envelope, v: to, body: { changes } };
}

/** The changes this version can apply, and whether it had to leave some for after its upgrade. */
export function readable(
  changes: readonly Change[],
  tables: ReadonlyMap<string, TableFacts>,
): { readonly known: readonly Change[]; readonly left: boolean } {
  const known = changes.flatMap((change) => knownPart(change, tables.get(change.t)));
  const left = known.length < changes.length || known.some((change, i) => change !== changes[i]);
  return { known, left };
}

/** Of an edit the columns this version has; of a fact all or nothing. */
function knownPart(change: Change, facts: TableFacts | undefined): Change[] {
  if (!facts) return [];
  const has = new Set(facts.columns.map(({ property }) => property));
  if (change.op === 'insert') return Object.keys(change.row).every((p) => has.has(p)) ? [change] : [];
  if (change.op !== 'set') return [change];
  const columns = Object.entries(change.cols).filter(([p]) => has.has(p));
  if (columns.length === Object.keys(change.cols).length) return [change];
  return columns.length === 0 ? [] : [{ ...change, cols: Object.fromEntries(columns) }];
}
