import { createHash } from 'node:crypto';
import { standardRoles } from '#shared/auth/permissions.ts';
import { idOfName } from '#shared/kernel/ids.ts';
import type { Change } from '#shared/replica/changeset.ts';

export type StandardRole = keyof typeof standardRoles;

const names: Readonly<Record<StandardRole, string>> = {
  cashier: 'Cashier',
  pharmacist: 'Pharmacist',
  manager: 'Store manager',
  hq: 'HQ',
  auditor: 'Auditor',
};

/** The id of a standard role is its name's, so that every org has the same. */
export const standardRoleId = (role: StandardRole): string =>
  idOfName((text) => createHash('sha256').update(text).digest(), `role:${role}`);

/** The roles an org starts with, as changes. */
export function roleChanges(): Change[] {
  const roles: StandardRole[] = ['cashier', 'pharmacist', 'manager', 'hq', 'auditor'];
  return roles.map((role) => ({
    t: 'role',
    op: 'set',
    id: standardRoleId(role),
    cols: { name: names[role], permissions: standardRoles[role] },
  }));
}
