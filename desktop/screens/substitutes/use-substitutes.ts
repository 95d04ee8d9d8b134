import { useEffect, useState } from 'react';
import { answerOf } from '../refusal.ts';
import { type Till, useTill } from '../till.ts';

/** What was asked for and what may stand for it. */
export type Found = Awaited<ReturnType<Till['client']['catalog']['substitutes']>>;

/** Asks for what may stand for a pack; null until the till has answered, `false` when it could not. */
export function useSubstitutes(packId: string, wantBase: number | undefined): Found | false | null {
  const { client } = useTill();
  const [found, setFound] = useState<Found | false | null>(null);
  useEffect(() => {
    let wanted = true;
    void answerOf(client.catalog.substitutes({ packId, ...(wantBase && { wantBase }) })).then((answer) => {
      if (wanted) setFound(answer.ok && answer.value);
    });
    return () => {
      wanted = false;
    };
  }, [client, packId, wantBase]);
  return found;
}
