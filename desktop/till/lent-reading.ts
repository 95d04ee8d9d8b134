import type { InPlace } from '#shared/auth/calls.ts';
import type { Permission } from '#shared/auth/permissions.ts';
import { auditChange } from './audit-change.ts';
import { authorise } from './authorise.ts';
import type { Counter } from './counter.ts';
import type { Pins } from './pins.ts';
import { refuse } from './refuse.ts';
import type { Sessions } from './sessions.ts';

type Deps = { readonly counter: Counter; readonly sessions: Sessions; readonly pins: Pins };

/** A right lent for looking at something is over by itself after so long. In milliseconds. */
const LENT_MS = 600_000;

/**
 * A right to read, own or lent in place by somebody who has it. Lent, it belongs to the session it was lent to and ends
 * with it, with `leave`, or by itself; who lent it to whom stands in the audit as `action`. Kept in memory.
 */
export function createLentReading(deps: Deps, right: Permission, action: string) {
  const { counter, sessions } = deps;
  let lent: { readonly personId: string; readonly since: number; readonly until: number } | null = null;
  const holds = (personId: string, since: number): boolean =>
    lent !== null && lent.personId === personId && lent.since === since && counter.clock.nowMs() < lent.until;
  return {
    async open(inPlace: InPlace | undefined): Promise<void> {
      const { actor, authorisedBy } = await authorise(deps, right, inPlace);
      if (authorisedBy === null) return;
      auditLent(counter, { action, actorId: actor.personId, authorisedBy });
      lent = { personId: actor.personId, since: actor.since, until: counter.clock.nowMs() + LENT_MS };
    },
    /** Refuses who has neither the right nor the loan of it. */
    require(): void {
      const session = sessions.read(counter) ?? refuse({ code: 'NOT_SIGNED_IN' });
      if (session.permissions.includes(right) || holds(session.personId, session.since)) return;
      refuse({ code: 'MISSING_RIGHT', permission: right });
    },
    leave(): void {
      lent = null;
    },
  };
}

/** Both names, before anything is shown. */
function auditLent(
  counter: Counter,
  {
    action,
    actorId,
    authorisedBy,
  }: { readonly action: string; readonly actorId: string; readonly authorisedBy: string },
): void {
  const change = auditChange(counter, counter.today(), { actorId, action, details: { authorisedBy } });
  counter.transact(
    'right lent',
    () =>
      counter.replica.record({
        ...{ type: 'right-lent', actor: authorisedBy, subjectId: null },
        changes: [change],
      }),
    'sync',
  );
}
