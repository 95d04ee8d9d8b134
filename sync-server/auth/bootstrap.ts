import { generateKeyPairSync, type KeyObject, randomBytes } from 'node:crypto';
import type { PoolClient } from 'pg';
import { uuidV7 } from '#shared/kernel/ids.ts';
import type { Change } from '#shared/replica/changeset.ts';
import { zeroHlc } from '#shared/replica/hlc.ts';
import { writeChanges } from '../store/writer.ts';
import { roleChanges } from './roles.ts';

export type NewOrg = {
  readonly orgId: string;
  /** HQ's Ed25519 public key, base64url. */
  readonly signingKey: string;
  /** X25519, base64url. `recoveryPrivateKey` exists here only: it leaves in a file (recovery-file.ts) and is in no database. */
  readonly recoveryKey: string;
  readonly recoveryPrivateKey: string;
};

export type NewOrgOptions = {
  readonly name: string;
  readonly nowMs: number;
  /** The standard roles; a seed brings its own. */
  readonly withRoles?: boolean;
};

/** Whether this database belongs to an org already. */
export async function hasOrg(client: Pick<PoolClient, 'query'>): Promise<boolean> {
  const { rowCount } = await client.query('SELECT 1 FROM hq_identity');
  return rowCount === 1;
}

/**
 * Founds the org of an empty database, in the caller's transaction: HQ's identity with its signing key, the org row,
 * the recovery key pair and the standard roles. Throws when there is one already (two nodes may start at once: the
 * primary key of hq_identity lets one of them through).
 */
export async function bootstrapOrg(
  client: PoolClient,
  { name, nowMs, withRoles = true }: NewOrgOptions,
): Promise<NewOrg> {
  const orgId = newId(nowMs);
  const signing = generateKeyPairSync('ed25519');
  const recovery = generateKeyPairSync('x25519');
  const pem = signing.privateKey.export({ type: 'pkcs8', format: 'pem' });
  await client.query(
    `INSERT INTO hq_identity (one, epoch, device, inc, hlc, signing_key_pem) VALUES (1, $1, $2, 1, $3, $4)`,
    [randomBytes(8).toString('hex'), newId(nowMs), zeroHlc, pem],
  );
  const signingKey = rawPublicKey(signing.publicKey);
  const recoveryKey = rawPublicKey(recovery.publicKey);
  const org: Change = { t: 'org', op: 'set', id: orgId, cols: { name, signingKey, recoveryKey } };
  await writeChanges(client, { actor: 'hq', type: 'bootstrap' }, withRoles ? [org, ...roleChanges()] : [org]);
  return { orgId, signingKey, recoveryKey, recoveryPrivateKey: rawPrivateKey(recovery.privateKey) };
}

export const newId = (nowMs: number): string => uuidV7(nowMs, randomBytes(10));

function rawPublicKey(key: KeyObject): string {
  const { x } = key.export({ format: 'jwk' });
  if (x === undefined) throw new Error('no public key');
  return x;
}

function rawPrivateKey(key: KeyObject): string {
  const { d } = key.export({ format: 'jwk' });
  if (d === undefined) throw new Error('no private key');
  return d;
}
