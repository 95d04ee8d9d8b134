import type { ImportSummary } from '#shared/catalog/calls.ts';
import type { DiffStep, PackOutcome } from '#shared/catalog/import-diff.ts';
import type { IssueCount, IssueTally } from '#shared/catalog/import-issues.ts';
import type { ReadFile } from './read-register.ts';

/** A changed pack as the dry run shows it. */
export type StepView = Omit<DiffStep, 'edits'>;

/** The contract's summary with what more a screen may show. */
export type FullSummary = Omit<ImportSummary, 'issues'> & {
  readonly issues: IssueCount[];
  readonly edits: number;
  readonly priceUp: number;
  readonly priceDown: number;
  /** Packs withdrawn of which a store still has batches: what is there sells on. */
  readonly withdrawnStocked: number;
  /** The first of every kind of change. */
  readonly firsts: Readonly<Record<Exclude<PackOutcome, 'unchanged'>, readonly StepView[]>>;
  readonly lineEnds: readonly { readonly file: string; readonly crlf: number; readonly lf: number; readonly cr: number }[];
};

const FIRSTS = 50;

/** Adds up the steps of a diff. */
export function createSummary(stocked: (packId: string) => boolean) {
  const counts: Record<PackOutcome, number> = { created: 0, withdrawn: 0, repriced: 0, restated: 0, unchanged: 0 };
  const firsts: Record<Exclude<PackOutcome, 'unchanged'>, StepView[]> = { created: [], withdrawn: [], repriced: [], restated: [] };
  let [edits, priceUp, priceDown, withdrawnStocked] = [0, 0, 0, 0];
  return {
    add(step: DiffStep): void {
      const { edits: own, ...view } = step;
      counts[step.outcome] += 1;
      edits += own.length;
      if (step.outcome === 'unchanged') return;
      if (firsts[step.outcome].length < FIRSTS) firsts[step.outcome].push(view);
      if (step.outcome === 'withdrawn' && stocked(step.packId)) withdrawnStocked += 1;
      if (step.outcome !== 'repriced' || step.priceWas === null || step.priceIs === null) return;
      if (step.priceIs > step.priceWas) priceUp += 1;
      else priceDown += 1;
    },
    of({ rowsRead, files }: { readonly rowsRead: number; readonly files: readonly ReadFile[] }, tally: IssueTally): FullSummary {
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
        encodings: files.map(({ scan, separator }) => ({ file: scan.file.name, encoding: scan.encoding, separator })),
        lineEnds: files.map(({ scan }) => ({ file: scan.file.name, ...scan.lineEnds })),
      };
    },
  };
}
