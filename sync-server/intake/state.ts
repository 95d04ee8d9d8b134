import type { PoolClient } from 'pg';
import { z } from 'zod';
import { peopleClaimed } from '#shared/auth/claims.ts';
import type { Envelope } from '#shared/replica/changeset.ts';
import type { Answered, IntakeState } from '#shared/replica/plan.ts';
import { storeScope } from '#shared/tables/scope.ts';
import { type Authority, authorityOf, PERIODS } from '../auth/authority.ts';

/** What HQ knows of a device before it judges its batch. `rows` of the batch come apart: see push.ts. */
export type Known = {
  readonly epoch: string;
  /** The chain is HQ's own: handed up by a till after HQ was restored. */
  readonly byHq: boolean;
  /** The store the device belongs to now. */
  readonly storeId: string | null;
  readonly state: Omit<IntakeState, 'facts' | 'registers' | 'unstorable'>;
  readonly authority: Authority;
};

export type Asked = {
  readonly device: string;
  readonly inc: number;
  /** Lowest and highest dseq of the batch. */
  readonly from: number;
  readonly to: number;
  readonly actors: readonly string[];
};

/** Whose rights have to be known to judge these: who did it, and who is said to have agreed. */
export const peopleOf = (envelopes: readonly Pick<Envelope, 'actor' | 'body'>[]): readonly string[] => [
  ...new Set(
    envelopes.flatMap(({ actor, body }) => [
      actor,
      ...peopleClaimed(body.changes.flatMap((change) => (change.op === 'insert' ? [change] : []))),
    ]),
  ),
];

const everywhere = { has: () => true };

/**
 * Locks the device's chain until the commit, so that two pushes of one device come one after the other, and reads what
 * the plan needs. Null when there is no such device.
 */
export async function lockAndLoad(client: PoolClient, asked: Asked): Promise<Known | null> {
  await client.query({
    name: 'lock device',
    text: `SELECT pg_advisory_xact_lock(hashtextextended('device ' || $1, 0))`,
    values: [asked.device],
  });
  const { rows } = await client.query<Found>({
    name: 'load intake',
    text: LOAD,
    values: [asked.device, asked.inc, asked.from, asked.to, asked.actors],
  });
  const found = rows[0];
  if (!found?.publicKey) return null;
  return {
    epoch: found.epoch,
    byHq: found.byHq,
    storeId: found.storeId,
    state: {
      nowMs: found.nowMs,
      device: {
        id: asked.device,
        inc: asked.inc,
        publicKey: found.publicKey,
        // What was made before a till moved is still its former store's.
        scopes: found.byHq ? everywhere : new Set(['party', ...(found.storeIds ?? []).map(storeScope)]),
        revoked: found.revoked,
      },
      head: head.parse(found.head),
      seen: new Map(seen.parse(found.seen).map(({ dseq, ...answer }) => [dseq, answer])),
    },
    authority: authorityOf(found.periods),
  };
}

type Found = {
  readonly nowMs: number;
  readonly epoch: string;
  readonly byHq: boolean;
  readonly publicKey: string | null;
  readonly storeId: string | null;
  readonly storeIds: readonly string[] | null;
  readonly revoked: boolean;
  readonly head: unknown;
  readonly seen: unknown;
  readonly periods: unknown;
};

const head = z.object({ dseq: z.int(), hash: z.string() }).nullable();
const answer = z.object({
  dseq: z.int(),
  hash: z.string(),
  verdict: z.enum(['accepted', 'flagged', 'refused']),
  reason: z.string().nullable(),
}) satisfies z.ZodType<Answered & { dseq: number }>;
const seen = z.array(answer);

const LOAD = `
  SELECT (extract(epoch FROM clock_timestamp()) * 1000)::bigint AS "nowMs",
         hq.epoch, hq.device = $1 AS "byHq",
         coalesce(d.public_key, CASE WHEN hq.device = $1 THEN (SELECT signing_key FROM org) END) AS "publicKey",
         coalesce(d.revoked, false) AS revoked, d.store_id AS "storeId",
         (SELECT array_agg(store_id) FROM device_store WHERE device = d.id) AS "storeIds",
         (SELECT json_build_object('dseq', dseq, 'hash', hash) FROM chain_head WHERE device = $1 AND inc = $2) AS head,
         (SELECT coalesce(json_agg(json_build_object('dseq', dseq, 'hash', hash, 'verdict', verdict, 'reason', reason)), '[]')
            FROM change_seen WHERE device = $1 AND inc = $2 AND dseq BETWEEN $3 AND $4) AS seen,
         ${PERIODS} AS periods
    FROM hq_identity hq LEFT JOIN device d ON d.id = $1 WHERE hq.one = 1`;
