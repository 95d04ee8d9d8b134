import { z } from 'zod';
import type { PersonTile, Session } from '#shared/auth/calls.ts';
import { type Permission, permissions } from '#shared/auth/permissions.ts';
import type { Counter } from './counter.ts';
import { refuse } from './refuse.ts';

/** Who stands at this counter. One person at a time; kept in memory: a restarted till asks again. */
export type Sessions = ReturnType<typeof createSessions>;

export function createSessions() {
  let current: { readonly personId: string; readonly since: number } | null = null;
  return {
    begin: (personId: string, since: number): void => {
      current = { personId, since };
    },
    end: (): void => {
      current = null;
    },
    /** The session with the rights as they are now: a revoked person's session ends with the revocation. */
    read(counter: Counter): Session | null {
      if (!current) return null;
      const staff = readStaff(counter, current.personId);
      if (!staff) return null;
      const { personId, name, shortName, roleName } = staff;
      return {
        personId,
        name,
        shortName,
        roleName,
        permissions: [...staff.permissions],
        since: current.since,
      };
    },
    /** The person who does this, provided they may. */
    require(counter: Counter, permission: Permission): Session {
      const session = this.read(counter);
      if (!session) refuse({ code: 'NOT_SIGNED_IN' });
      if (!session.permissions.includes(permission)) refuse(missing(permission));
      return session;
    },
  };
}

const missing = (permission: Permission) => ({ code: 'MISSING_RIGHT', permission });

export type StaffMember = PersonTile & {
  readonly pinVerifier: string | null;
  readonly permissions: readonly Permission[];
};

const STAFF = `SELECT p.id AS personId, p.name, p.short_name AS shortName, s.pin_verifier AS pinVerifier,
    r.name AS roleName, r.permissions
  FROM staff s JOIN person p ON p.id = s.person_id JOIN role r ON r.id = s.role_id
  WHERE s.store_id = ? AND s.active AND p.active AND NOT s.deleted AND NOT p.deleted`;

/** The people of this store. */
export function readStaffList({ db, storeId }: Counter): readonly StaffMember[] {
  return db.prepare<[string], StaffRow>(`${STAFF} ORDER BY p.name`).all(storeId).map(toStaff);
}

/** One of them; null for a stranger. */
export function readStaff({ db, storeId }: Counter, personId: string): StaffMember | null {
  const row = db.prepare<[string, string], StaffRow>(`${STAFF} AND p.id = ?`).get(storeId, personId);
  return row ? toStaff(row) : null;
}

type StaffRow = Omit<StaffMember, 'permissions'> & { readonly permissions: string };
const known = z.array(z.string()).transform((all) => all.flatMap((p) => permissions.filter((k) => k === p)));
const toStaff = (row: StaffRow): StaffMember => ({
  ...row,
  permissions: known.parse(JSON.parse(row.permissions)),
});
