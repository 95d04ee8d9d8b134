import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';
import type { PoolClient } from 'pg';
import { z } from 'zod';
import type { Change } from '#shared/replica/changeset.ts';
import { writeChanges } from './writer.ts';

const row = z.record(z.string(), z.unknown());
const change = z.discriminatedUnion('op', [
  z.object({ t: z.string(), op: z.literal('insert'), row }),
  z.object({ t: z.string(), op: z.literal('set'), id: z.string(), cols: row }),
]);
const line = z.union([
  z.object({ actor: z.string(), type: z.string(), changes: z.array(change) }),
  /** PINs of people's places, in plain: for demos and tests only. */
  z.object({ pins: z.array(z.object({ staffId: z.string(), pin: z.string() })) }),
]);

type Host = {
  /** The one org row there is: a seed names it, HQ has its keys. */
  readonly orgId: string;
  readonly pinVerifier: (client: PoolClient, storeId: string, pin: string) => Promise<string>;
};

/**
 * Loads a seed, NDJSON of `{actor, type, changes}` and `{pins}`, into a new org, in the caller's transaction. The keys
 * of an org row in it are passed over. Throws with the line's number when one cannot be read.
 */
export async function loadSeed(client: PoolClient, file: string, host: Host): Promise<{ changes: number }> {
  let n = 0;
  let changes = 0;
  for await (const text of createInterface({
    input: createReadStream(file),
    crlfDelay: Number.POSITIVE_INFINITY,
  })) {
    n += 1;
    if (text.trim() === '') continue;
    const parsed = line.safeParse(parse(text));
    if (!parsed.success)
      throw new Error(`line ${n} of the seed: ${z.prettifyError(parsed.error).slice(0, 300)}`);
    if ('pins' in parsed.data) await setPins(client, parsed.data.pins, host);
    else {
      const { actor, type } = parsed.data;
      await writeChanges(
        client,
        { actor, type },
        parsed.data.changes.map((one) => ownOrg(one, host.orgId)),
      );
      changes += parsed.data.changes.length;
    }
  }
  return { changes };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

function ownOrg(given: z.infer<typeof change>, orgId: string): Change {
  if (given.op === 'insert' || given.t !== 'org') return given;
  return { ...given, id: orgId, cols: { name: given.cols.name } };
}

async function setPins(
  client: PoolClient,
  pins: readonly { readonly staffId: string; readonly pin: string }[],
  { pinVerifier }: Host,
): Promise<void> {
  const { rows } = await client.query<{ id: string; storeId: string }>(
    'SELECT id, store_id AS "storeId" FROM staff WHERE id = ANY ($1::text[])',
    [pins.map(({ staffId }) => staffId)],
  );
  const storeOf = new Map(rows.map(({ id, storeId }) => [id, storeId]));
  const changes: Change[] = [];
  for (const { staffId, pin } of pins) {
    const storeId = storeOf.get(staffId);
    if (storeId === undefined) throw new Error(`the seed has a PIN of ${staffId}, who is nowhere`);
    const verifier = await pinVerifier(client, storeId, pin);
    changes.push({ t: 'staff', op: 'set', id: staffId, cols: { pinVerifier: verifier } });
  }
  await writeChanges(client, { actor: 'hq', type: 'person' }, changes);
}
