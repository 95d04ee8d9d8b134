import { setTimeout as pause } from 'node:timers/promises';
import type { Child, Death } from '../child.ts';

/** A process as it runs now; `died` when it no longer does. */
export type Running<T> = { readonly value: T; readonly died: Promise<Death> };

/** A process that is started again whenever it dies, as an operating system's supervisor would. */
export type Kept<T> = {
  readonly name: string;
  /** The process that runs, or the next one. */
  readonly up: () => Promise<Running<T>>;
  readonly isUp: () => boolean;
  /** Kill -9, some time on the ground, and up again. Answers when it has been killed. */
  readonly kill: (downMs: number) => Promise<void>;
  /** Times it ended without being told to, with its last words. */
  readonly fell: () => readonly Death[];
  readonly stop: () => Promise<void>;
};

type Started<T> = { readonly child: Child; readonly value: T };
const RETRY_MS = 300;

/**
 * Starts it and keeps it up. A start that fails is tried again: Postgres may be down, or the disk full. Throws when the
 * very first start fails.
 */
export async function keepUp<T>(name: string, start: () => Promise<Started<T>>): Promise<Kept<T>> {
  const fell: Death[] = [];
  let ended = false;
  let downMs = 0;
  let told = false;
  let now: Started<T> | null = null;
  let next = Promise.withResolvers<Running<T>>();
  let rising = Promise.resolve();

  const stand = (started: Started<T>): void => {
    now = started;
    told = false;
    next.resolve({ value: started.value, died: started.child.died });
    rising = started.child.died.then(async (death) => {
      now = null;
      next = Promise.withResolvers();
      if (!told && !ended) fell.push(death);
      await pause(downMs);
      downMs = 0;
      await again();
    });
  };
  const again = async (): Promise<void> => {
    while (!ended) {
      const started = await start().catch(() => null);
      if (started && ended) await started.child.stop();
      else if (started) return stand(started);
      else await pause(RETRY_MS);
    }
  };

  stand(await start());
  return {
    name,
    up: () => next.promise,
    isUp: () => now !== null,
    async kill(ms) {
      downMs = ms;
      told = true;
      await now?.child.kill();
    },
    fell: () => fell,
    async stop() {
      ended = true;
      await now?.child.stop();
      await rising;
    },
  };
}
