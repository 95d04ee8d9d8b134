import type { Session } from '#shared/auth/calls.ts';
import type { Permission } from '#shared/auth/permissions.ts';
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
      const staff = counter.staff.find(current.personId);
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
