import type { PersonTile, Session, TillState } from '#shared/auth/calls.ts';
import type { Counter, StoreFacts } from '../counter.ts';
import type { Pins } from '../pins.ts';
import type { Sessions } from '../sessions.ts';
import type { StaffMember } from '../store/read-staff.ts';

/** Signing in and out at this counter. */
export function createPeople(counter: Counter, { sessions, pins }: { sessions: Sessions; pins: Pins }) {
  const { live } = counter;
  return {
    async signIn(personId: string, pin: string): Promise<Session> {
      await pins.check(counter, personId, pin);
      sessions.begin(personId, counter.clock.nowMs());
      const session = sessions.read(counter);
      if (!session) throw new Error('a person whose PIN was right is staff of this store');
      announce();
      return session;
    },
    signOut(): void {
      sessions.end();
      announce();
    },
    state(): TillState {
      const session = sessions.read(counter);
      const place = {
        store: toView(counter.shop()),
        tillName: counter.till().name,
        people: counter.staff.list().map(toTile),
      };
      return session ? { phase: 'ready', ...place, session } : { phase: 'sign-in', ...place };
    },
  };

  /** Rights show in the cart too: what a pharmacist may sell is no longer blocked. */
  function announce(): void {
    live.changed('state');
    live.changed('cart');
  }
}

const toTile = ({ personId, name, shortName, roleName, permissions }: StaffMember): PersonTile => ({
  personId,
  name,
  shortName,
  roleName,
  pharmacist: permissions.includes('sales.pharmacist-only.sell'),
});

const toView = ({
  id,
  code,
  name,
  zone,
  currency,
  minorDigits,
  cashStepMinor,
  taxMode,
  language,
}: StoreFacts) => ({
  ...{ id, code, name, zone, currency, minorDigits, cashStepMinor, taxMode, language },
});
