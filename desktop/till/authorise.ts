import type { InPlace, Session } from '#shared/auth/calls.ts';
import type { Permission } from '#shared/auth/permissions.ts';
import type { Counter } from './counter.ts';
import type { Pins } from './pins.ts';
import { refuse } from './refuse.ts';
import type { Sessions } from './sessions.ts';

type Deps = { readonly counter: Counter; readonly sessions: Sessions; readonly pins: Pins };

/** Who does something, and who else agreed to it with a PIN in place; null where the actor's own right was enough. */
export type Authorised = { readonly actor: Session; readonly authorisedBy: string | null };

/**
 * The person at the counter, who has the right, or for whom somebody who has it gave a PIN in place. Refuses with
 * MISSING_RIGHT where neither has it, and with what is wrong with the PIN. Works without HQ.
 */
export async function authorise(
  { counter, sessions, pins }: Deps,
  right: Permission,
  inPlace: InPlace | undefined,
): Promise<Authorised> {
  const actor = sessions.read(counter) ?? refuse({ code: 'NOT_SIGNED_IN' });
  if (actor.permissions.includes(right)) return { actor, authorisedBy: null };
  if (!inPlace) return refuse({ code: 'MISSING_RIGHT', permission: right });
  const other = await pins.check(counter, inPlace.personId, inPlace.pin);
  if (!other.permissions.includes(right)) refuse({ code: 'MISSING_RIGHT', permission: right });
  return { actor, authorisedBy: other.personId };
}
