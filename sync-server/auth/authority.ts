import { z } from 'zod';
import { rightsOf } from '#shared/auth/authority.ts';
import { storeScope } from '#shared/tables/scope.ts';

/**
 * What an actor might do in a scope at an instant (`instantOfAct` of shared/auth/authority.ts). In a scope that is no
 * store's (`party`) the rights of the device's stores add up.
 */
export type Authority = (actor: string, atMs: number, scope: string) => ReadonlySet<string>;

/**
 * The periods of a batch's actors at the stores its device has stood in, as one JSON value: a subquery where `d` is the
 * device's row and `$5` the actors (text[]). `authorityOf` reads it.
 */
export const PERIODS = `
  (WITH held AS (
     SELECT p.staff_id, p.store_id, p.person_id, p.role_id, p.active, p.since FROM staff_period p
      WHERE p.person_id = ANY ($5::text[])
        AND p.store_id IN (SELECT d.store_id UNION SELECT s.store_id FROM device_store s WHERE s.device = d.id)
   )
   SELECT json_build_object(
     'staff', coalesce((SELECT json_agg(json_build_object('staffId', staff_id, 'storeId', store_id,
        'personId', person_id, 'roleId', role_id, 'active', active, 'since', since)) FROM held), '[]'),
     'roles', coalesce((SELECT json_agg(json_build_object('roleId', role_id, 'permissions', permissions,
        'since', since)) FROM role_period WHERE role_id IN (SELECT role_id FROM held)), '[]')))`;

const since = z.int();
const periods = z.object({
  staff: z.array(
    z.object({
      ...{ staffId: z.string(), storeId: z.string(), personId: z.string(), roleId: z.string() },
      ...{ active: z.boolean(), since },
    }),
  ),
  roles: z.array(z.object({ roleId: z.string(), permissions: z.array(z.string()), since })),
});

/** The authority that `PERIODS` found. Answers are kept: the sales of one cashier ask the same again and again. */
export function authorityOf(found: unknown): Authority {
  const { staff, roles } = periods.parse(found);
  const changes = [...staff, ...roles].map((period) => period.since).sort((a, b) => a - b);
  const known = new Map<string, ReadonlySet<string>>();
  return (actor, atMs, scope) => {
    // Between two changes of anything the answer is the same.
    const key = `${actor} ${scope} ${changes.findLastIndex((change) => change <= atMs)}`;
    const kept = known.get(key);
    if (kept) return kept;
    const here = staff.filter(({ storeId }) => !scope.startsWith('store:') || storeScope(storeId) === scope);
    const rights = rightsOf({ staff: here, roles }, actor, atMs);
    known.set(key, rights);
    return rights;
  };
}
