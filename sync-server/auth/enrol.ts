import type pg from 'pg';
import type { z } from 'zod';
import { err, ok, type Result } from '#shared/kernel/result.ts';
import type { Change } from '#shared/replica/changeset.ts';
import {
  type EnrolReply,
  type enrolAgainRequest,
  type enrolRequest,
  protocolVersion,
} from '#shared/replica/wire.ts';
import { readEpoch } from '../store/epoch.ts';
import { inTransaction } from '../store/pool.ts';
import { publicKeyOf } from '../store/signing.ts';
import { writeChanges } from '../store/writer.ts';
import { newId } from './bootstrap.ts';
import { type CodeRefusal, useCode } from './enrolment-codes.ts';
import type { HqKeys } from './hq-keys.ts';
import { pepperOf } from './pins.ts';
import { scopesOfStore } from './scopes.ts';
import { auditOfTill } from './sealed-key.ts';

export type EnrolRefusal =
  | CodeRefusal
  | { readonly code: 'BAD_KEY' }
  | { readonly code: 'PROTOCOL'; readonly wanted: number };

type Deps = { readonly pool: pg.Pool; readonly keys: HqKeys };

/**
 * Enrols a till that shows a code: it becomes a new device with the till's next incarnation, and the till's earlier
 * devices are revoked (a replaced machine, or the original of a cloned disk). One transaction: the code is used up only
 * when the device stands. A till that comes with the database of an earlier device is in the audit as recovered.
 */
export async function enrol(
  { pool, keys }: Deps,
  request: Enrolment,
  nowMs: number,
): Promise<Result<EnrolReply, EnrolRefusal>> {
  if (request.protocol !== protocolVersion) return err({ code: 'PROTOCOL', wanted: protocolVersion });
  if (publicKeyOf(request.publicKey) === null) return err({ code: 'BAD_KEY' });
  return inTransaction(pool, async (client) => {
    const device = newId(nowMs);
    const again = 'tillId' in request ? request : null;
    const used = await useCode(client, request.code, { nowMs, usedBy: device, forTill: again?.tillId });
    if (!used.ok) return used;
    const { tillId } = used.value;
    const till = await readTill(client, tillId);
    const earlier = await readDevices(client, tillId);
    const inc = Math.max(0, ...earlier.map((d) => d.inc)) + 1;
    const { storeId } = till;
    const pepper = await pepperOf(client, storeId);
    await writeChanges(client, { actor: 'hq', type: 'enrolment' }, [
      ...revocations(earlier),
      {
        t: 'device',
        op: 'set',
        id: device,
        cols: { tillId, storeId, publicKey: request.publicKey, inc, enrolledAt: nowMs, revoked: false },
      },
      ...(again ? [await recovery(again)] : []),
    ]);
    const epoch = await readEpoch(client);
    await client.query(`INSERT INTO device_contact (device, seen_at, version) VALUES ($1, $2, $3)`, [
      device,
      nowMs,
      request.version,
    ]);
    return ok({
      device,
      inc,
      tillId,
      storeId,
      scopes: scopesOfStore(storeId),
      orgName: till.orgName,
      hqKey: keys.publicKey,
      recoveryKey: till.recoveryKey,
      pepper,
      epoch,
      protocol: protocolVersion,
      bundleKey: keys.bundleKey.publicKey,
    });

    function recovery({ device: former, how }: z.infer<typeof enrolAgainRequest>): Promise<Change> {
      return auditOfTill(client, tillId, {
        ...{ action: 'till.recovered', actor: 'hq', nowMs },
        details: { device, inc, former, how },
      });
    }
  });
}

type Enrolment = z.infer<typeof enrolRequest> | z.infer<typeof enrolAgainRequest>;

/** Takes the right to read from a till's devices. What they have not sent yet is still taken, and flagged. */
export function revokeTill(
  pool: pg.Pool,
  tillId: string,
  actor: string,
): Promise<Result<null, { code: 'NOT_FOUND' }>> {
  return inTransaction(pool, async (client) => {
    const changes = revocations(await readDevices(client, tillId));
    if (changes.length === 0) return err({ code: 'NOT_FOUND' } as const);
    await writeChanges(client, { actor, type: 'revocation' }, changes);
    return ok(null);
  });
}

type DeviceRow = { readonly id: string; readonly inc: number; readonly revoked: boolean };

const revocations = (devices: readonly DeviceRow[]): Change[] =>
  devices
    .filter((d) => !d.revoked)
    .map(({ id }) => ({ t: 'device', op: 'set', id, cols: { revoked: true } }));

async function readDevices(client: pg.PoolClient, tillId: string): Promise<readonly DeviceRow[]> {
  // A till may have taken an incarnation for itself while HQ was away, and died of it: its work may be here all the same.
  const { rows } = await client.query<DeviceRow>(
    `SELECT d.id, d.revoked, greatest(d.inc, (SELECT max(h.inc) FROM chain_head h WHERE h.device = d.id)) AS inc
       FROM device d WHERE d.till_id = $1`,
    [tillId],
  );
  return rows;
}

async function readTill(client: pg.PoolClient, tillId: string) {
  const { rows } = await client.query<{ storeId: string; orgName: string; recoveryKey: string }>(
    `SELECT t.store_id AS "storeId", o.name AS "orgName", o.recovery_key AS "recoveryKey"
       FROM till t CROSS JOIN org o WHERE t.id = $1 FOR UPDATE OF t`,
    [tillId],
  );
  if (!rows[0]) throw new Error(`a code of a till that is not there: ${tillId}`);
  return rows[0];
}
