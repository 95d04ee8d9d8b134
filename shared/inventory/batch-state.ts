import type { BatchStatus } from './fefo.ts';

export type BatchDecision = {
  readonly id: string;
  readonly kind: 'quarantine' | 'release' | 'recall' | 'lift';
  readonly endsId: string | null;
};

/**
 * The state of a batch: a fold over its decisions. A recall holds until a `lift` names it, a quarantine until a
 * `release` does; a release never ends a recall. The decisions are a set: their order changes nothing, so counters
 * that heard of them in different order agree.
 */
export function batchStatus(decisions: readonly BatchDecision[]): BatchStatus {
  const ended = (by: 'lift' | 'release') =>
    new Set(decisions.filter((d) => d.kind === by).map((d) => d.endsId));
  const lifted = ended('lift');
  const released = ended('release');
  if (decisions.some((d) => d.kind === 'recall' && !lifted.has(d.id))) return 'recalled';
  return decisions.some((d) => d.kind === 'quarantine' && !released.has(d.id)) ? 'quarantined' : 'sellable';
}
