import { tableFacts } from '#shared/schema.ts';
import type { TableFacts } from '#shared/tables/define-table.ts';
import { type Lack, tablesWithout } from '../evolution/old-reader.ts';
import type { Dice } from './dice.ts';

/** A version of a till's software, as far as replication goes. */
export type Version = {
  /** What it can read of changes and snapshots, and what it writes. */
  readonly tables: ReadonlyMap<string, TableFacts>;
  /** HQ takes what it has made and gives it nothing to read (426). */
  readonly tooOld: boolean;
};

export const today: Version = { tables: tableFacts, tooOld: false };

/** What a version may have added, of each kind: a table, a register's column, a word of a register's and of a fact's. */
const lacks: readonly Lack[] = [
  { t: 'batch_decision' },
  { t: 'audit_entry' },
  { t: 'tender' },
  { t: 'batch', column: 'packPriceMinor' },
  { t: 'pack', column: 'status', word: 'withdrawn' },
  { t: 'batch_decision', column: 'kind', word: 'recall' },
  { t: 'stock_movement', column: 'kind', word: 'adjust' },
];

/** The versions of a history, oldest first: each lacks less than the one before it, the last nothing. */
export function drawVersions(dice: Dice): readonly Version[] {
  const first = [dice.pick(lacks), ...lacks.filter(() => dice.chance(0.3))];
  const second = first.filter(() => dice.chance(0.5));
  return [
    { tables: tablesWithout(first), tooOld: dice.chance(0.3) },
    { tables: tablesWithout(second), tooOld: false },
    today,
  ];
}
