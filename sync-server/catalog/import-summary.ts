import type { ImportSummary } from '#shared/catalog/calls.ts';
import type { DiffStep, PackOutcome } from '#shared/catalog/import-diff.ts';
import type { IssueCount, IssueTally } from '#shared/catalog/import-issues.ts';
import type { ReadFile } from './read-register.ts';
import type { FileScan } from './table-file.ts';

type Shown = Exclude<PackOutcome, 'unchanged'>;
/** A changed pack as the dry run shows it. */
export type StepView = Omit<DiffStep, 'edits' | 'outcome' | 'columns'> & { readonly columns: string[] };

/** The contract's summary with all that a catalogue import has to say. */
export type FullSummary = ImportSummary & {
  readonly issues: readonly IssueCount[];
  /** How many rows would be written. */
  readonly edits: number;
  /** The first of every kind of change. */
  readonly firsts: Readonly<Record<Shown, readonly StepView[]>>;
  readonly lineEnds: readonly ({ readonly file: string } & FileScan['lineEnds'])[];
};

const FIRSTS = 50;

/** Adds up the steps of a diff. */
export function createSummary(stocked: (packId: string) => boolean) {
  const counts: Record<PackOutcome, number> = {
    created: 0,
    withdrawn: 0,
    repriced: 0,
    restated: 0,
    unchanged: 0,
  };
  const firsts: Record<Shown, StepView[]> = { created: [], withdrawn: [], repriced: [], restated: [] };
  let [edits, priceUp, priceDown, withdrawnStocked] = [0, 0, 0, 0];
  return {
    add(step: DiffStep): void {
      const { edits: own, outcome, columns, ...view } = step;
      counts[outcome] += 1;
      edits += own.length;
      if (outcome === 'unchanged') return;
      if (firsts[outcome].length < FIRSTS) firsts[outcome].push({ ...view, columns: [...columns] });
      if (outcome === 'withdrawn' && stocked(step.packId)) withdrawnStocked += 1;
      if (outcome !== 'repriced' || step.priceWas === null || step.priceIs === null) return;
      if (step.priceIs > step.priceWas) priceUp += 1;
      else priceDown += 1;
    },
    of(
      { rowsRead, files }: { readonly rowsRead: number; readonly files: readonly ReadFile[] },
      tally: IssueTally,
    ): FullSummary {
      return {
        ...counts,
        rowsRead,
        edits,
        priceUp,
        priceDown,
        withdrawnStocked,
        firsts,
        issues: tally.counts(),
        samples: tally.samples().map((issue) => ({ ...issue, params: { ...issue.params } })),
        encodings: files.map(({ scan, separator }) => ({
          file: scan.file.name,
          encoding: scan.encoding,
          separator,
        })),
        lineEnds: files.map(({ scan }) => ({ file: scan.file.name, ...scan.lineEnds })),
      };
    },
  };
}
