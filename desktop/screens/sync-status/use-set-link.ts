import { answerOf } from '../refusal.ts';
import { useTill } from '../till.ts';

/** Takes this till off the network by hand, or puts it back; the chip says what came of it. */
export function useSetLink(): (on: boolean) => Promise<void> {
  const { client } = useTill();
  return async (on) => {
    await answerOf(client.auth.setLink({ on }));
  };
}
