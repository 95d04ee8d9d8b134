import type pg from 'pg';
import { z } from 'zod';
import type { Accepted, IntakeEffects } from '#shared/replica/plan.ts';
import { secondRefundSettled } from '#shared/sales/second-refund.ts';
import type { Authority } from '../auth/authority.ts';
import { reviewSettled } from '../sales/second-refunds.ts';
import { findReceiptsTwice } from './receipts-twice.ts';
import { findReturnedTwice } from './returned-twice.ts';
import { findUnauthorised } from './unauthorised.ts';

/** Why a person should look at accepted changesets: a code and what it is about, `RETURNED_TWICE S01-T01A-000901`. */
export type Found = ReadonlyMap<Accepted, string>;

/** How to judge what rows say of people's rights. */
export type Judging = { readonly authority: Authority; readonly nowMs: number; readonly byHq: boolean };

/**
 * Flags what only HQ's rows can tell, once they are in: goods that came back twice, receipts with one number, a colleague
 * named as having agreed who might not. All of it happened, so it stands; a person looks at it. Where the plan has flagged
 * a changeset already, or two of these do, each is a flag of its own; the verdict names the first.
 */
export async function flagFacts(
  client: pg.PoolClient,
  effects: IntakeEffects,
  judging: Judging,
): Promise<IntakeEffects> {
  const { accepted } = effects;
  const found = await lookAt(client, accepted, judging);
  await hearSettled(client, accepted, judging.nowMs);
  await keepMore(
    client,
    accepted.flatMap((one) =>
      reasonsOf(one, found)
        .slice(1)
        .map((reason) => ({ one, reason })),
    ),
    judging.nowMs,
  );
  return flaggedWith(effects, found);
}

/** The same for changesets that were refused before: the flag of each in their order, null where nothing is found. */
export async function flagsOf(
  client: pg.PoolClient,
  accepted: readonly Accepted[],
  judging: Judging,
): Promise<readonly (string | null)[]> {
  const found = await lookAt(client, accepted, judging);
  return accepted.map((one) => reasonsOf(one, found)[0] ?? null);
}

const lookAt = async (
  client: pg.PoolClient,
  accepted: readonly Accepted[],
  judging: Judging,
): Promise<readonly Found[]> => [
  await findReturnedTwice(client, accepted),
  await findReceiptsTwice(client, accepted),
  await findUnauthorised(client, accepted, judging),
];

/** The effects with what was found: of each changeset the first reason, the plan's before all others. */
export function flaggedWith(effects: IntakeEffects, found: readonly Found[]): IntakeEffects {
  if (found.every(({ size }) => size === 0)) return effects;
  const accepted = effects.accepted.map((one) => ({ ...one, flag: reasonsOf(one, found)[0] ?? null }));
  const flags = new Map(accepted.map(({ envelope, flag }) => [envelope.dseq, flag]));
  const verdicts = effects.verdicts.map((verdict) => {
    const reason = flags.get(verdict.dseq);
    return verdict.verdict === 'accepted' && reason
      ? { dseq: verdict.dseq, verdict: 'flagged' as const, reason }
      : verdict;
  });
  return { ...effects, accepted, verdicts };
}

const reasonsOf = (one: Accepted, found: readonly Found[]): readonly string[] => [
  ...(one.flag === null ? [] : [one.flag]),
  ...found.flatMap((reasons) => reasons.get(one) ?? []),
];

/** A till settled second refunds: their flags are gone here too. */
async function hearSettled(
  client: pg.PoolClient,
  accepted: readonly Accepted[],
  nowMs: number,
): Promise<void> {
  for (const { envelope } of accepted)
    for (const change of envelope.body.changes) {
      if (change.op !== 'insert' || change.t !== 'audit_entry') continue;
      const { action, actorId, details } = change.row;
      if (action !== secondRefundSettled) continue;
      const told = settledDetails.safeParse(details);
      if (told.success)
        await reviewSettled(client, { receiptNo: told.data.receiptNo, nowMs, actor: String(actorId) });
    }
}
const settledDetails = z.object({ receiptNo: z.string() });

/** Flags beside the one that the verdict names, which `recordEffects` keeps. */
async function keepMore(
  client: pg.PoolClient,
  more: readonly { readonly one: Accepted; readonly reason: string }[],
  nowMs: number,
): Promise<void> {
  for (const { one, reason } of more) {
    const { device, inc, dseq, type } = one.envelope;
    const [code = '', about = ''] = reason.split(' ');
    await client.query(
      `INSERT INTO flag (id, device, inc, dseq, reason, detail, at) VALUES ($1, $2, $3, $4, $5, $6, $7)
       ON CONFLICT (id) DO NOTHING`,
      [`${device}/${inc}/${dseq}/${code}`, device, inc, dseq, code, `${type} ${about}`.trim(), nowMs],
    );
  }
}
