import type { TrainingView } from '#shared/auth/calls-training.ts';
import { clearDesk, setDesk } from '../desk.ts';
import type { TillLink } from '../link.ts';
import { createLive, type Live } from '../live.ts';
import { openTill, type Till } from '../till.ts';

/** The real till and the one to practise on. Each has calls of its own, so that no screen of one can reach the other. */
export interface TwoTills {
  readonly real: Till;
  readonly practice: Till;
  readonly training: Live<TrainingView>;
}

export function openCounter({ client, connection }: TillLink): TwoTills {
  return {
    real: openTill({ client, connection }),
    practice: openTill({ client: client.practice, connection }),
    training: createLive(async (signal) =>
      clearingTheDesk(await client.auth.training.state(undefined, { signal })),
    ),
  };
}

/** What a person was doing at one till is nothing at the other: the desk is cleared before that one is shown. */
async function* clearingTheDesk(views: AsyncIterable<TrainingView>): AsyncGenerator<TrainingView> {
  for await (const view of views) {
    const trainingId = view.on?.trainingId ?? null;
    if (shown !== undefined && shown !== trainingId) {
      clearDesk();
      setDesk({ locked: null });
    }
    shown = trainingId;
    yield view;
  }
}

/** The training this window showed last, null for the real till; it outlives a way to the till that was lost. */
let shown: string | null | undefined;
