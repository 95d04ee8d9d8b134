import type { PoolClient } from 'pg';
import type { Envelope, Sealed } from '#shared/replica/changeset.ts';
import { arrayText } from './array-text.ts';

/** A changeset HQ has taken: what stands in the log. */
export type Numberable = {
  readonly sealed: Sealed;
  readonly envelope: Envelope;
  readonly effHlc: string;
  /** Its stock movements that the log holds already (counted-before.ts). */
  readonly counted?: readonly string[];
};

/** The channel on which HQ nodes tell each other which scopes have grown; the payload is a JSON array of scopes. */
export const changeChannel = 'change';
const LONGEST_PAYLOAD = 7_000;

/**
 * Gives changesets their numbers, dense per scope, and writes them into the log. The **last** step of a transaction:
 * from here to the commit the scopes' heads stay locked (rows in sorted order, so that two transactions never wait for
 * each other), which is what makes `seq` without gaps in the order of the commits. NOTIFY goes out with the commit.
 */
export async function numberChangesets(client: PoolClient, items: readonly Numberable[]): Promise<void> {
  if (items.length === 0) return;
  const counts = new Map<string, number>();
  for (const { envelope } of items) counts.set(envelope.scope, (counts.get(envelope.scope) ?? 0) + 1);
  const scopes = [...counts.keys()].sort();
  const { rows } = await client.query<{ scope: string; seq: number }>({
    name: 'take numbers',
    text: TAKE_NUMBERS,
    values: [scopes, scopes.map((scope) => counts.get(scope))],
  });
  const next = new Map(rows.map(({ scope, seq }) => [scope, seq - (counts.get(scope) ?? 0)]));
  const seqs = items.map(({ envelope: { scope } }) => {
    const seq = (next.get(scope) ?? 0) + 1;
    next.set(scope, seq);
    return seq;
  });
  const payload = JSON.stringify(scopes);
  for (let from = 0; from < items.length; from += LOG_SLICE)
    await client.query({
      name: 'write log',
      text: WRITE_LOG,
      values: [
        ...logColumns(items.slice(from, from + LOG_SLICE), seqs.slice(from, from + LOG_SLICE)),
        changeChannel,
        payload.length > LONGEST_PAYLOAD ? '' : payload,
      ],
    });
}

/** Imports bring texts of 100 KB and more: a few MB per statement. */
const LOG_SLICE = 200;

/**
 * What stands between JSON texts sent as one parameter: a control character, which no JSON has outside of an escape. An
 * array literal would be escaped here and read back there, quote by quote: a third of an import's time.
 */
export const separator = '\u001e';

const logColumns = (items: readonly Numberable[], seqs: readonly number[]): unknown[] => {
  const text = (of: (item: Numberable) => string) => arrayText('text', items.map(of));
  const int = (of: (item: Numberable) => number) => arrayText('int', items.map(of));
  return [
    text(({ envelope }) => envelope.scope),
    arrayText('int', seqs),
    text(({ envelope }) => envelope.device),
    int(({ envelope }) => envelope.inc),
    int(({ envelope }) => envelope.dseq),
    text(({ envelope }) => envelope.type),
    int(({ envelope }) => envelope.v),
    text(({ effHlc }) => effHlc),
    text(({ sealed }) => sealed.hash),
    text(({ sealed }) => sealed.sig),
    items.map(({ sealed }) => sealed.text).join(separator),
    arrayText(
      'text',
      items.map(({ counted = [] }) => (counted.length > 0 ? JSON.stringify(counted) : null)),
    ),
  ];
};

const TAKE_NUMBERS = `
  INSERT INTO scope_head (scope, seq)
  SELECT scope, n FROM unnest($1::text[], $2::bigint[]) AS taken(scope, n) ORDER BY scope
  ON CONFLICT (scope) DO UPDATE SET seq = scope_head.seq + excluded.seq
  RETURNING scope, seq`;

const WRITE_LOG = `
  WITH written AS (
    INSERT INTO change_log (scope, seq, epoch, device, inc, dseq, type, v, eff_hlc, hash, sig, envelope, counted)
    SELECT scope, seq, (SELECT epoch FROM hq_identity WHERE one = 1), device, inc, dseq, type, v, eff_hlc, hash, sig, envelope, counted
    FROM unnest($1::text[], $2::bigint[], $3::text[], $4::int[], $5::bigint[], $6::text[], $7::int[], $8::text[],
                $9::text[], $10::text[], string_to_array($11, E'\\x1e'), $12::text[])
      AS given(scope, seq, device, inc, dseq, type, v, eff_hlc, hash, sig, envelope, counted)
  )
  SELECT pg_notify($13, $14)`;
