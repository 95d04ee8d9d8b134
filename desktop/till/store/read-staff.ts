import type { Database } from 'better-sqlite3';
import { z } from 'zod';
import type { PersonTile } from '#shared/auth/calls.ts';
import { type Permission, permissions } from '#shared/auth/permissions.ts';

/** A person of this store with the rights of the role as they are now. */
export type StaffMember = Omit<PersonTile, 'pharmacist'> & {
  readonly pinVerifier: string | null;
  readonly permissions: readonly Permission[];
};

/** The people of this store: asked at every command, so that a revocation counts at once. */
export function createStaffReader(db: Database, storeId: string) {
  const staff = `SELECT p.id AS personId, p.name, p.short_name AS shortName, s.pin_verifier AS pinVerifier,
      r.name AS roleName, r.permissions
    FROM staff s JOIN person p ON p.id = s.person_id JOIN role r ON r.id = s.role_id
    WHERE s.store_id = ? AND s.active AND p.active AND NOT s.deleted AND NOT p.deleted`;
  const all = db.prepare<[string], StaffRow>(`${staff} ORDER BY p.name`);
  const one = db.prepare<[string, string], StaffRow>(`${staff} AND p.id = ?`);
  return {
    list: (): readonly StaffMember[] => all.all(storeId).map(toStaff),
    /** One of them; null for a stranger. */
    find(personId: string): StaffMember | null {
      const row = one.get(storeId, personId);
      return row ? toStaff(row) : null;
    },
  };
}

type StaffRow = Omit<StaffMember, 'permissions'> & { readonly permissions: string };
const known = z.array(z.string()).transform((all) => all.flatMap((p) => permissions.filter((k) => k === p)));
const toStaff = (row: StaffRow): StaffMember => ({
  ...row,
  permissions: known.parse(JSON.parse(row.permissions)),
});
