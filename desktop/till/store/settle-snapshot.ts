import type { Row } from '#shared/replica/changeset.ts';
import type { Origin } from '#shared/replica/merge.ts';
import { changesIn, movementsIn } from './changes-in.ts';
import type { IdentityStore } from './identity.ts';
import type { createOthersStore } from './others.ts';
import type { createOverlayStore } from './overlay-store.ts';
import type { ChainStand, createSums } from './sums.ts';

/** What a snapshot of a scope says of what was pending. */
export type Answered = {
  readonly scope: string;
  /** Whether HQ had answered it when it made the snapshot. `own`: our journal's entry of that number. */
  readonly answered: (
    origin: Origin,
    own: { readonly hash: string; readonly state: string } | null | undefined,
  ) => boolean;
  /** Whether it lies in quarantine, or was given up there. */
  readonly refused: (origin: Origin) => boolean;
  /** How far those of our chains stood at HQ that it may have got more of since. */
  readonly chains: readonly ChainStand[];
  /** Whether the movement is in the file. */
  readonly holds: (movementId: string) => boolean;
  /** What was made before (till time) is not in the file, but in its sums. */
  readonly since: number;
};

type Entry = { readonly hash: string; readonly state: string };
type Deps = {
  readonly identity: IdentityStore;
  readonly overlays: ReturnType<typeof createOverlayStore>;
  readonly others: ReturnType<typeof createOthersStore>;
  readonly sums: ReturnType<typeof createSums>;
  /** Our journal's entry of a number. */
  readonly entry: (inc: number, dseq: number) => Entry | undefined;
  readonly dropPending: (origin: Origin) => void;
  /** Puts a fact where it is missing. */
  readonly restore: (table: string, row: Row) => void;
};

/**
 * A snapshot replaces the base: what was pending and is in it is pending no more, and its sums get what they lack. Each
 * inside the transaction that moves the cursor.
 */
export function createSnapshotSettling(deps: Deps) {
  const { identity, overlays, others, sums, entry, dropPending, restore } = deps;
  return {
    /** What was pending and is in the snapshot, or in quarantine, is pending no more. */
    settle({ answered, refused, scope, holds, since }: Answered): void {
      for (const origin of overlays.origins())
        if (identity.isOwn(origin) && answered(origin, entry(origin.inc, origin.dseq))) dropPending(origin);
      for (const pending of others.allPending(scope)) {
        if (!answered(pending, null)) continue;
        others.drop(pending);
        dropPending(pending);
        for (const { row } of movementsIn(pending.text))
          if (!holds(String(row.id)) && (refused(pending) || Number(row.at) >= since))
            sums.leaveOut(String(row.id));
      }
    },

    /**
     * Adds the movements that a snapshot's sums have not: our own that HQ had not answered when it made it, pushed since
     * or not, and those it refused, because the goods left the shelf all the same; others' that came early.
     */
    addUncounted({ answered, chains, scope, holds, since }: Answered): void {
      for (const { inc, dseq, hash, state, text } of sums.journaled(scope, chains)) {
        const device = identity.deviceOf(inc);
        const had = state !== 'refused' && answered({ device, inc, dseq }, { hash, state });
        // HQ has no rows of what it refused, and a till that was away in another store has none any more either.
        if (state === 'refused')
          for (const change of changesIn(text)) if (change.op === 'insert') restore(change.t, change.row);
        for (const { row } of movementsIn(text))
          if (!holds(String(row.id)) && !(had && Number(row.at) < since)) sums.add(row);
      }
      for (const { text } of others.allPending(scope)) for (const { row } of movementsIn(text)) sums.add(row);
    },

    /** Movements that are here and not in a snapshot of a restored HQ: they count when they come again. */
    leaveOutMissing({ scope, holds, since, answered, chains }: Answered): void {
      const lost = others
        .held(scope)
        .filter((one) => !answered(one, null))
        .flatMap(({ text }) => movementsIn(text).map(({ row }) => String(row.id)));
      const kept = new Set<string>();
      const keep = (text: string) => {
        for (const { row } of movementsIn(text)) kept.add(String(row.id));
      };
      const whole = chains.map(({ inc }) => ({ inc, above: 0 }));
      for (const { text } of sums.journaled(scope, whole)) keep(text);
      for (const { text } of others.allPending(scope)) keep(text);
      for (const id of [...sums.movementsSince(since), ...lost])
        if (!holds(id) && !kept.has(id)) sums.leaveOut(id);
    },
  };
}
