import type { PoolClient } from 'pg';
import { genesisHash } from '#shared/replica/changeset.ts';
import type { IntakeEffects } from '#shared/replica/plan.ts';
import { numberChangesets } from '../store/number.ts';

/** What the till said of itself beside its changesets. */
export type Contact = {
  readonly waiting: number;
  readonly oldestAt: number | null;
  readonly version: string;
  /** How far its clock was ahead when it made the last one; null where it did not know. */
  readonly skewMs: number | null;
};

type Chain = {
  readonly device: string;
  readonly inc: number;
  readonly nowMs: number;
  /** Null: another handed this up, the device itself was not heard. */
  readonly contact: Contact | null;
};

/** Writes down what was decided, in one statement, then numbers what was accepted: the last step before the commit. */
export async function recordEffects(client: PoolClient, effects: IntakeEffects, chain: Chain): Promise<void> {
  const { accepted, refused, head } = effects;
  const { contact } = chain;
  const answered = [
    ...accepted.map(({ envelope: { dseq }, sealed: { hash }, flag }) => ({
      dseq,
      hash,
      verdict: flag ? 'flagged' : 'accepted',
      reason: flag,
    })),
    ...refused.map(({ dseq, sealed: { hash }, reason }) => ({ dseq, hash, verdict: 'refused', reason })),
  ];
  await client.query({
    name: 'record intake',
    text: RECORD,
    values: [
      chain.device,
      chain.inc,
      answered.map((a) => a.dseq),
      answered.map((a) => a.hash),
      answered.map((a) => a.verdict),
      answered.map((a) => a.reason),
      head?.dseq ?? 0,
      head?.hash ?? genesisHash,
      chain.nowMs,
      contact?.waiting ?? null,
      contact?.oldestAt ?? null,
      contact?.version ?? null,
      contact?.skewMs ?? null,
      contact !== null,
    ],
  });
  const flagged = accepted.filter((a) => a.flag !== null);
  if (flagged.length > 0) await keepFlags(client, flagged, chain);
  if (refused.length > 0) await keepRefused(client, refused, chain);
  await numberChangesets(client, accepted);
}

async function keepFlags(
  client: PoolClient,
  flagged: IntakeEffects['accepted'],
  chain: Chain,
): Promise<void> {
  await client.query(
    `INSERT INTO flag (id, device, inc, dseq, reason, detail, at)
     SELECT $1 || '/' || $2::int || '/' || dseq, $1, $2::int, dseq, reason, detail, $6
       FROM unnest($3::bigint[], $4::text[], $5::text[]) AS given(dseq, reason, detail)`,
    [
      chain.device,
      chain.inc,
      flagged.map((f) => f.envelope.dseq),
      flagged.map((f) => f.flag?.split(' ')[0]),
      flagged.map((f) => `${f.envelope.type} ${f.flag?.split(' ')[1] ?? ''}`.trim()),
      chain.nowMs,
    ],
  );
}

async function keepRefused(
  client: PoolClient,
  refused: IntakeEffects['refused'],
  chain: Chain,
): Promise<void> {
  await client.query(
    `INSERT INTO quarantine (id, device, inc, dseq, scope, type, text, hash, sig, reason, detail, at, state)
     SELECT $1 || '/' || $2::int || '/' || dseq, $1, $2::int, dseq, scope, type, text, hash, sig, reason, detail, $11, 'open'
       FROM unnest($3::bigint[], $4::text[], $5::text[], $6::text[], $7::text[], $8::text[], $9::text[], $10::text[])
         AS given(dseq, scope, type, text, hash, sig, reason, detail)`,
    [
      chain.device,
      chain.inc,
      refused.map((r) => r.dseq),
      refused.map((r) => r.envelope?.scope ?? ''),
      refused.map((r) => r.envelope?.type ?? ''),
      refused.map((r) => r.sealed.text),
      refused.map((r) => r.sealed.hash),
      refused.map((r) => r.sealed.sig),
      refused.map((r) => r.reason),
      refused.map((r) => r.detail.slice(0, 500).replaceAll('\0', '\ufffd')),
      chain.nowMs,
    ],
  );
}

const RECORD = `
  WITH answered AS (
    INSERT INTO change_seen (device, inc, dseq, hash, verdict, reason)
    SELECT $1, $2, dseq, hash, verdict, reason
      FROM unnest($3::bigint[], $4::text[], $5::text[], $6::text[]) AS given(dseq, hash, verdict, reason)
  ),
  head AS (
    INSERT INTO chain_head (device, inc, dseq, hash) SELECT $1, $2, $7::bigint, $8 WHERE $7::bigint > 0 OR cardinality($3::bigint[]) > 0
    ON CONFLICT (device, inc) DO UPDATE SET dseq = excluded.dseq, hash = excluded.hash
     WHERE chain_head.dseq < excluded.dseq
  )
  INSERT INTO device_contact (device, seen_at, pushed_at, waiting, oldest_at, version, skew_ms)
  SELECT $1, $9::bigint, $9::bigint, $10::int, $11::bigint, $12, $13::bigint WHERE $14::boolean
  ON CONFLICT (device) DO UPDATE SET seen_at = excluded.seen_at, pushed_at = excluded.pushed_at,
    waiting = excluded.waiting, oldest_at = excluded.oldest_at, version = excluded.version,
    skew_ms = coalesce(excluded.skew_ms, device_contact.skew_ms)`;
