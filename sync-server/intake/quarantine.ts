import type pg from 'pg';
import type { Ids } from '#shared/kernel/ids.ts';
import { err, ok, type Result } from '#shared/kernel/result.ts';
import { businessDate } from '#shared/kernel/zone.ts';
import type { Change } from '#shared/replica/changeset.ts';
import { inTransaction } from '../store/pool.ts';
import { writeChanges } from '../store/writer.ts';
import { type Held, lockHeld, readDecision } from './quarantine-rows.ts';
import { judgeHeld, type Outcome, takeHeld } from './retry.ts';

export type Deciding = { readonly id: string; readonly reason: string; readonly actor: string };
export type Decided = {
  readonly state: 'retried' | 'dismissed';
  readonly at: number;
  readonly by: string;
  readonly why: string;
};
export type DecisionProblem =
  | { readonly code: 'NOT_FOUND' }
  | { readonly code: 'ALREADY_DECIDED'; readonly decided: Decided };

type Deps = { readonly pool: pg.Pool; readonly ids: Ids };
export type Quarantine = ReturnType<typeof createQuarantine>;

/**
 * What a person at HQ does with refused changesets. Each decision is one transaction under the lock of the device's
 * chain, so that of two people who decide at once the second is told of the first; each leaves an audit entry, and what
 * settles the changeset a fact that tells its till.
 */
export function createQuarantine({ pool, ids }: Deps) {
  return {
    /**
     * Judges a changeset again with today's rules, together with what was refused of the same business transaction:
     * all of it is taken, in its old place of the till's chain and with new numbers, or none.
     */
    retry: (given: Deciding): Promise<Result<Outcome, DecisionProblem>> =>
      inTransaction(pool, async (client) => {
        const held = await openHeld(client, given.id);
        if (!held.ok) return held;
        const judged = await judgeHeld(client, held.value);
        const outcome = await takeHeld(client, judged, given);
        const settled = outcome.verdict === 'refused' ? null : 'retried';
        await tell(client, { ids, given, held: held.value, settled, outcome });
        return ok(outcome);
      }),
    /** Gives a changeset up, and what was refused of the same business transaction with it. */
    dismiss: (given: Deciding): Promise<Result<null, DecisionProblem>> =>
      inTransaction(pool, async (client) => {
        const held = await openHeld(client, given.id);
        if (!held.ok) return held;
        await client.query(DISMISS, [
          held.value.rows.map(({ id }) => id),
          held.value.nowMs,
          given.actor,
          given.reason,
        ]);
        await tell(client, { ids, given, held: held.value, settled: 'dismissed', outcome: null });
        return ok(null);
      }),
  };
}

async function openHeld(client: pg.PoolClient, id: string): Promise<Result<Held, DecisionProblem>> {
  const held = await lockHeld(client, id);
  if (held) return ok(held);
  const decided = await readDecision(client, id);
  return err(decided ? { code: 'ALREADY_DECIDED', decided } : { code: 'NOT_FOUND' });
}

type Telling = {
  readonly ids: Ids;
  readonly given: Deciding;
  readonly held: Held;
  /** Null where the changesets stay in quarantine. */
  readonly settled: 'retried' | 'dismissed' | null;
  readonly outcome: Outcome | null;
};

/** The audit entry, and the facts by which the till hears of it. */
async function tell(client: pg.PoolClient, { ids, given, held, settled, outcome }: Telling): Promise<void> {
  const { nowMs, storeId, tillId, zone, dayStartHour, rows } = held;
  const common = { storeId, at: nowMs, actorId: given.actor, reason: given.reason };
  const audit: Change = {
    t: 'audit_entry',
    op: 'insert',
    row: {
      ...common,
      id: ids.next(),
      tillId,
      businessDate: businessDate(nowMs, zone, dayStartHour),
      action: settled === 'dismissed' ? 'sync.quarantine.dismissed' : 'sync.quarantine.retried',
      subjectId: given.id,
      details: {
        changesets: rows.length,
        ...(outcome && { verdict: outcome.verdict, because: outcome.reason ?? '' }),
      },
    },
  };
  const facts = rows.map(
    ({ device, inc, dseq }): Change => ({
      t: 'quarantine_decision',
      op: 'insert',
      row: { ...common, id: ids.next(), device, inc, dseq, decision: settled },
    }),
  );
  await writeChanges(client, { actor: given.actor, type: 'quarantine' }, [audit, ...(settled ? facts : [])]);
}

const DISMISS = `
  UPDATE quarantine SET state = 'dismissed', decided_at = $2, decided_by = $3, decided_why = $4 WHERE id = ANY ($1::text[])`;
