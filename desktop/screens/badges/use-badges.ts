import type { InferClientErrorUnion } from '@orpc/client';
import { useRef, useState } from 'react';
import type { InPlace } from '#shared/auth/calls.ts';
import type { TillClient } from '../link.ts';
import { answerOf, type RefusalOf } from '../refusal.ts';
import { useTill } from '../till.ts';

export type BadgeRefusal = RefusalOf<InferClientErrorUnion<TillClient['auth']['badges']['print']>>;

/** Which printer it came out of, and why not of the label printer. */
export interface PrintedBadge {
  readonly printer: string;
  readonly instead: string | null;
}

/** The way of a badge to its printer. Refused for want of a right or for a PIN, it is asked for again as the same. */
export function useBadges(): {
  /** Why nothing came out; a right or a PIN that is missing is asked for instead. */
  readonly refusal: BadgeRefusal | null;
  readonly printed: PrintedBadge | null;
  readonly print: (personId: string, inPlace?: InPlace) => Promise<BadgeRefusal | null>;
  /** Another person is looked at: what came of the last badge is no news any more. */
  readonly forget: () => void;
} {
  const { client } = useTill();
  const [refusal, setRefusal] = useState<BadgeRefusal | null>(null);
  const [printed, setPrinted] = useState<PrintedBadge | null>(null);
  const asked = useRef<{ readonly personId: string; readonly commandId: string } | null>(null);
  const busy = useRef(false);
  const say = (next: BadgeRefusal | null, made: PrintedBadge | null) => {
    setRefusal(next);
    setPrinted(made);
  };
  return {
    ...{ refusal, printed },
    forget: () => say(null, null),
    async print(personId, inPlace) {
      if (busy.current) return null;
      busy.current = true;
      if (asked.current?.personId !== personId) asked.current = { personId, commandId: crypto.randomUUID() };
      const { commandId } = asked.current;
      const answer = await answerOf(
        client.auth.badges.print({ commandId, personId, ...(inPlace && { inPlace }) }),
      );
      busy.current = false;
      if (answer.ok) {
        asked.current = null;
        say(null, answer.value);
        return null;
      }
      // It was carried out, and came to nothing: pressed again, it is another badge.
      if (answer.refusal.code === 'NOT_PRINTED') asked.current = null;
      say(asksForPerson.has(answer.refusal.code) ? null : answer.refusal, null);
      return answer.refusal;
    },
  };
}

const asksForPerson: ReadonlySet<string> = new Set(['MISSING_RIGHT', 'WRONG_PIN', 'LOCKED', 'NO_PIN']);
