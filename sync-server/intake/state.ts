import type { PoolClient } from 'pg';
import { z } from 'zod';
import type { Answered, IntakeState } from '#shared/replica/plan.ts';
import { storeScope } from '#shared/tables/scope.ts';
import type { RightsByPerson } from './rules.ts';

/** What HQ knows of a device before it judges its batch. `rows` of the batch come apart: see push.ts. */
export type Known = {
  readonly state: Omit<IntakeState, 'facts' | 'registers' | 'unstorable'>;
  readonly rights: RightsByPerson;
};

export type Asked = {
  readonly device: string;
  readonly inc: number;
  /** Lowest and highest dseq of the batch. */
  readonly from: number;
  readonly to: number;
  readonly actors: readonly string[];
};

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
  if (!found) return null;
  return {
    state: {
      nowMs: found.nowMs,
      device: {
        id: asked.device,
        inc: asked.inc,
        publicKey: found.publicKey,
        scopes: new Set([storeScope(found.storeId)]),
        revoked: found.revoked || found.inc !== asked.inc,
      },
      head: head.parse(found.head),
      seen: new Map(seen.parse(found.seen).map(({ dseq, ...answer }) => [dseq, answer])),
    },
    rights: new Map(rights.parse(found.rights).map(([person, granted]) => [person, new Set(granted)])),
  };
}

type Found = {
  readonly nowMs: number;
  readonly inc: number;
  readonly publicKey: string;
  readonly storeId: string;
  readonly revoked: boolean;
  readonly head: unknown;
  readonly seen: unknown;
  readonly rights: unknown;
};

const head = z.object({ dseq: z.int(), hash: z.string() }).nullable();
const answer = z.object({
  dseq: z.int(),
  hash: z.string(),
  verdict: z.enum(['accepted', 'flagged', 'refused']),
  reason: z.string().nullable(),
}) satisfies z.ZodType<Answered & { dseq: number }>;
const seen = z.array(answer);
const rights = z.array(z.tuple([z.string(), z.array(z.string())]));

const LOAD = `
  SELECT (extract(epoch FROM clock_timestamp()) * 1000)::bigint AS "nowMs",
         d.inc, d.public_key AS "publicKey", d.store_id AS "storeId", d.revoked,
         (SELECT json_build_object('dseq', dseq, 'hash', hash) FROM chain_head WHERE device = $1 AND inc = $2) AS head,
         (SELECT coalesce(json_agg(json_build_object('dseq', dseq, 'hash', hash, 'verdict', verdict, 'reason', reason)), '[]')
            FROM change_seen WHERE device = $1 AND inc = $2 AND dseq BETWEEN $3 AND $4) AS seen,
         (SELECT coalesce(json_agg(json_build_array(s.person_id, r.permissions)), '[]')
            FROM staff s JOIN role r ON r.id = s.role_id
           WHERE s.store_id = d.store_id AND s.person_id = ANY ($5::text[]) AND s.active AND NOT s.deleted) AS rights
    FROM device d WHERE d.id = $1`;
