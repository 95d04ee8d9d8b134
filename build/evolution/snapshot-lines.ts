import { tableFacts } from '#shared/schema.ts';
import type { TableFacts } from '#shared/tables/define-table.ts';
import { scopeOfRow, storeScope } from '#shared/tables/scope.ts';
import { sectionsOf } from '../../sync-server/intake/snapshot-sql.ts';
import type { Hq } from '../simulate/hq.ts';
import { endStateAt } from './end-state.ts';

const HISTORY_MS = 35 * 86_400_000;

/** A scope's snapshot as sync-server/intake/snapshot.ts writes it: its sections in its order, over HQ in memory. */
export function snapshotLines(hq: Hq, scope: string, nowMs: number): string[] {
  const { tables, onHand } = endStateAt(hq);
  const storeOf = new Map([...hq.onHand().values()].map((sum) => [sum.batchId, storeScope(sum.storeId)]));
  const sections = sectionsOf(scope).map(({ t }) => {
    const facts = tableFacts.get(t);
    const rows = facts
      ? (tables[t] ?? [])
          .map((row) => ({ ...nothing(facts), ...row }))
          .filter((row) => scopeOfRow(facts, row) === scope)
      : onHand.filter(({ batchId }) => storeOf.get(String(batchId)) === scope);
    return { t, rows };
  });
  const rows = sections.reduce((n, section) => n + section.rows.length, 0);
  const [seq, epoch] = [hq.headSeq(scope), hq.epoch()];
  const heads = hq.heads([scope]);
  const quarantined = hq
    .quarantine()
    .filter((one) => one.scope === scope)
    .map(({ device, inc, dseq, sealed: { hash } }) => ({ device, inc, dseq, hash }));
  const head = {
    ...{ scope, seq, epoch, rows, since: nowMs - HISTORY_MS, heads, beyond: hq.beyond(heads) },
    ...{ digest: hq.digestAt(scope, seq), quarantined },
  };
  return [head, ...sections.filter((section) => section.rows.length > 0), { end: rows }].map((line) =>
    JSON.stringify(line),
  );
}

/** A row as Postgres writes it: columns without a value are there, as null. */
const nothing = ({ columns }: TableFacts): Record<string, null> =>
  Object.fromEntries(columns.map(({ property }) => [property, null]));
