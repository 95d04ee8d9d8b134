import { useEffect, useState } from 'react';
import { setDesk } from '../desk.ts';
import { answerOf } from '../refusal.ts';
import { type Till, useTill } from '../till.ts';

/** Who else has a pack, as the till knows it. */
export type Elsewhere = Awaited<ReturnType<Till['client']['inventory']['elsewhere']>>;

/** Asks who else has a pack; null until the till has answered, `false` when it could not. */
export function useElsewhere(packId: string): Elsewhere | false | null {
  const { client } = useTill();
  const [found, setFound] = useState<Elsewhere | false | null>(null);
  useEffect(() => {
    let wanted = true;
    void answerOf(client.inventory.elsewhere({ packId })).then((answer) => {
      if (wanted) setFound(answer.ok && answer.value);
    });
    return () => {
      wanted = false;
    };
  }, [client, packId]);
  return found;
}

/** The command of a screen that has a pack in sight: `elsewhere: askElsewhere(packId)`. */
export const askElsewhere = (packId: string) => (): void =>
  setDesk({ overlay: 'elsewhere', elsewhereOf: packId });
