import { oc } from '@orpc/contract';
import { z } from 'zod';
import { permissions } from './permissions.ts';

const rights = z.array(z.enum(permissions));

/** Roles at HQ: named sets of rights that hold at every store. */
export const roleHqCalls = {
  roles: oc.output(
    z.array(
      z.object({
        roleId: z.string(),
        name: z.string(),
        permissions: rights,
        /** People who have it at some store and still work there. */
        people: z.int(),
      }),
    ),
  ),
  /** Makes a role, or changes one. Tills go by it from their next contact on. */
  saveRole: oc
    .input(
      z.object({
        id: z.string().optional(),
        name: z.string().trim().min(1).max(60),
        permissions: rights,
        /** The rights the person saw when they began: others since then are not overwritten unseen. */
        seen: rights.optional(),
      }),
    )
    .output(z.object({ id: z.string() }))
    .errors({ NOT_FOUND: {}, NAME_TAKEN: {}, CHANGED_MEANWHILE: {} }),
};
