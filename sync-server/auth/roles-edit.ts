import type { InferContractRouterInputs, InferContractRouterOutputs } from '@orpc/contract';
import type pg from 'pg';
import type { roleHqCalls } from '#shared/auth/calls-roles.ts';
import { permissions } from '#shared/auth/permissions.ts';
import type { Ids } from '#shared/kernel/ids.ts';
import { err, ok, type Result } from '#shared/kernel/result.ts';
import { inTransaction } from '../store/pool.ts';
import { writeChanges } from '../store/writer.ts';

type Role = InferContractRouterOutputs<typeof roleHqCalls>['roles'][number];
type SaveRole = InferContractRouterInputs<typeof roleHqCalls>['saveRole'];
type Refusal = { readonly code: 'NOT_FOUND' | 'NAME_TAKEN' | 'CHANGED_MEANWHILE' };

/** The roles, those with the fewest rights first, each with how many people have it. */
export async function listRoles(pool: pg.Pool): Promise<Role[]> {
  return (await pool.query<Role>(ROLES)).rows;
}

/**
 * Makes a role or changes its name and rights. It replicates as a row: a till refuses from its next contact on what a
 * role has lost, and what was done before stands (`role_period` dates every right).
 */
export function saveRole(
  { pool, ids }: { readonly pool: pg.Pool; readonly ids: Ids },
  { input, actor }: { readonly input: SaveRole; readonly actor: string },
): Promise<Result<{ id: string }, Refusal>> {
  return inTransaction(pool, async (client) => {
    // Whoever edits roles waits here for the one before: two of one name cannot pass each other.
    await client.query('SELECT 1 FROM hq_identity FOR UPDATE');
    const { rows } = await client.query<Known>(KNOWN);
    const refusal = refusalOf(input, rows);
    if (refusal) return err(refusal);
    const id = input.id ?? ids.next();
    const cols = { name: input.name, permissions: inOrder(input.permissions) };
    await writeChanges(client, { actor, type: 'person' }, [{ t: 'role', op: 'set', id, cols }]);
    return ok({ id });
  });
}

type Known = { readonly id: string; readonly name: string; readonly permissions: readonly string[] };

function refusalOf({ id, name, seen }: SaveRole, roles: readonly Known[]): Refusal | null {
  const held = roles.find((role) => role.id === id);
  if (id !== undefined && !held) return { code: 'NOT_FOUND' };
  if (held && seen && !sameSet(held.permissions, seen)) return { code: 'CHANGED_MEANWHILE' };
  const taken = roles.some((role) => role.id !== id && role.name.toLowerCase() === name.toLowerCase());
  return taken ? { code: 'NAME_TAKEN' } : null;
}

const sameSet = (a: readonly string[], b: readonly string[]): boolean =>
  new Set(a).size === new Set(b).size && a.every((one) => b.includes(one));

/** Each right once, as `permissions` lists them: a set has one way to be written. */
const inOrder = (rights: readonly string[]): readonly string[] =>
  permissions.filter((right) => rights.includes(right));

const KNOWN = 'SELECT id, name, permissions FROM role WHERE NOT deleted';

const ROLES = `
  SELECT r.id AS "roleId", r.name, r.permissions,
         (SELECT count(DISTINCT s.person_id)::int FROM staff s JOIN person p ON p.id = s.person_id
           WHERE s.role_id = r.id AND s.active AND NOT s.deleted AND p.active AND NOT p.deleted) AS people
    FROM role r WHERE NOT r.deleted ORDER BY jsonb_array_length(r.permissions::jsonb), r.name`;
