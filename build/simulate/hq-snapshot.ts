import type { Row } from '#shared/replica/changeset.ts';
import type { ChainPlace } from '#shared/replica/wire.ts';
import { tableFacts } from '#shared/schema.ts';
import type { TableFacts } from '#shared/tables/define-table.ts';
import { scopeOfRow, storeScope } from '#shared/tables/scope.ts';
import { historySince } from '../../sync-server/intake/snapshot-sql.ts';
import type { Hq } from './hq.ts';

/** What HQ had of a scope at one moment, as the lines of sync-server/intake/snapshot.ts. */
export type Snapshot = {
  readonly scope: string;
  readonly seq: number;
  readonly epoch: string;
  readonly since: number;
  /** How far HQ had answered each device, as its first line says. */
  readonly heads: readonly ChainPlace[];
  readonly lines: readonly string[];
};

/** Rows of one line: small, so that a download has places to break in. */
const ROWS_PER_LINE = 8;

export function snapshotOf(hq: Hq, scope: string, nowMs: number): Snapshot {
  const since = historySince(nowMs);
  const sections = [
    ...registerSections(hq, scope),
    ...(scope === 'org' ? [] : factSections(hq, scope, since)),
  ];
  const rows = sections.reduce((n, section) => n + section.rows.length, 0);
  const [seq, epoch] = [hq.headSeq(scope), hq.epoch()];
  const heads = hq.heads([scope]);
  const quarantined = hq
    .quarantine()
    .filter((q) => q.scope === scope)
    .map(({ device, inc, dseq, sealed: { hash } }) => ({ device, inc, dseq, hash }));
  const digest = hq.digestAt(scope, seq);
  const head = { scope, seq, epoch, rows, heads, since, digest, beyond: hq.beyond(heads), quarantined };
  return {
    scope,
    seq,
    epoch,
    since,
    heads,
    lines: [head, ...sections.flatMap(cut), { end: rows }].map((line) => JSON.stringify(line)),
  };
}

type Section = { readonly t: string; readonly rows: readonly object[] };

const cut = ({ t, rows }: Section): Section[] =>
  Array.from({ length: Math.ceil(rows.length / ROWS_PER_LINE) }, (_, i) => ({
    t,
    rows: rows.slice(i * ROWS_PER_LINE, (i + 1) * ROWS_PER_LINE),
  }));

function registerSections(hq: Hq, scope: string): Section[] {
  const of = new Map<string, object[]>();
  for (const [key, { values, deleted, stamps }] of hq.registers()) {
    const table = key.slice(0, key.indexOf('/'));
    const facts = tableFacts.get(table);
    if (!facts || scopeOfRow(facts, values) !== scope) continue;
    const rows = of.get(table) ?? [];
    rows.push({ ...values, deleted, stamps });
    of.set(table, rows);
  }
  return [...of].map(([t, rows]) => ({ t, rows }));
}

/** Sums as checkpoints, all decisions, recent history; audit entries stay at HQ. */
function factSections(hq: Hq, scope: string, since: number): Section[] {
  const sums = [...hq.onHand().values()].filter(({ storeId }) => storeScope(storeId) === scope);
  const onHand = sums.map(({ batchId, packId, qtyBase }) => ({ batchId, packId, qtyBase }));
  const of = new Map<string, Row[]>(
    ['batch_decision', 'sale', 'sale_line', 'sale_tax', 'tender', 'stock_movement'].map((t) => [t, []]),
  );
  for (const [key, row] of hq.facts()) {
    const table = key.slice(0, key.indexOf('/'));
    const facts = tableFacts.get(table);
    if (facts && scopeOfRow(facts, row) === scope && isRecent(hq, facts, { row, since }))
      of.get(table)?.push(row);
  }
  return [{ t: 'on_hand', rows: onHand }, ...[...of].map(([t, rows]) => ({ t, rows }))];
}

/** Whether a snapshot from `since` on holds this fact. */
export function isRecent(hq: Hq, facts: TableFacts, { row, since }: { row: Row; since: number }): boolean {
  if (facts.name === 'batch_decision') return true;
  if (facts.name === 'audit_entry') return false;
  const dated =
    facts.name === 'sale' || facts.name === 'stock_movement'
      ? row
      : hq.facts().get(`sale/${String(row.saleId)}`);
  return Number(dated?.at) >= since;
}
