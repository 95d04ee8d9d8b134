import { tableFacts } from '#shared/schema.ts';
import type { TableFacts } from '#shared/tables/define-table.ts';
import { sqlOf } from '../store/table-sql.ts';

/** One run of rows of a snapshot: a table's, or a fold's, as SQL over `$1` = store id ('' for the org) and `$2` = since. */
export type Section = { readonly t: string; readonly from: string; readonly columns: string };

const HISTORY_DAYS = 35;
export const historySince = (nowMs: number): number => nowMs - HISTORY_DAYS * 86_400_000;

/**
 * What a scope's snapshot holds, in the order a till needs it: registers, then stock (sums and decisions), then recent
 * facts. A cashier can sell before the last part is in.
 */
export function sectionsOf(scope: string): readonly Section[] {
  const kind = scope === 'org' || scope === 'party' ? scope : 'store';
  const registers = [...tableFacts.values()].filter(
    (facts) => facts.policy === 'lww' && inScope(facts, kind),
  );
  const sections = registers.map((facts) => ({
    t: facts.name,
    columns: sqlOf(facts.name).asProperties,
    from: `FROM ${facts.name} WHERE ${where(facts, kind)}`,
  }));
  if (kind === 'store') return [...sections, ON_HAND, ...facts()];
  return kind === 'party' ? [...sections, ERASURES] : sections;
}

type Kind = 'org' | 'party' | 'store';

const inScope = ({ scope }: TableFacts, kind: Kind): boolean =>
  scope === kind || (scope === 'org-or-store' && kind !== 'party');

function where({ scope }: TableFacts, kind: Kind): string {
  if (kind === 'store') return 'store_id = $1 AND $2::bigint IS NOT NULL';
  return `${scope === 'org-or-store' ? 'store_id IS NULL' : 'true'} AND $1::text IS NOT NULL AND $2::bigint IS NOT NULL`;
}

/** Sums as checkpoints: movements at or below the watermark are in them already. */
const ON_HAND: Section = {
  t: 'on_hand',
  columns: 'batch_id AS "batchId", pack_id AS "packId", qty_base AS "qtyBase"',
  from: 'FROM on_hand WHERE store_id = $1 AND $2::bigint IS NOT NULL',
};

/** All of them: who is erased stays erased, however long a till was away. */
const ERASURES: Section = {
  t: 'erasure',
  columns: sqlOf('erasure').asProperties,
  from: 'FROM erasure WHERE $1::text IS NOT NULL AND $2::bigint IS NOT NULL',
};

/** All decisions (a recall holds however old it is), and what happened lately. Audit entries stay at HQ. */
function facts(): Section[] {
  const section = (t: string, condition: string): Section => ({
    t,
    columns: sqlOf(t).asProperties,
    from: `FROM ${t} WHERE store_id = $1 AND ${condition}`,
  });
  const ofSale = 'sale_id IN (SELECT id FROM sale WHERE store_id = $1 AND at >= $2)';
  return [
    section('batch_decision', '$2::bigint IS NOT NULL'),
    section('quarantine_decision', '$2::bigint IS NOT NULL'),
    section('sale', 'at >= $2'),
    section('sale_line', ofSale),
    section('sale_tax', ofSale),
    section('tender', ofSale),
    section('stock_movement', 'at >= $2'),
  ];
}
