import { setImmediate } from 'node:timers/promises';

/** Lets HQ serve others while a long piece of work goes on. */
export type Breather = {
  /** Whether the current slice has lasted long enough. */
  due(): boolean;
  breathe(): Promise<void>;
};

/** Slices of about `sliceMs` milliseconds. */
export function createBreather(sliceMs = 8): Breather {
  let since = performance.now();
  return {
    due: () => performance.now() - since > sliceMs,
    async breathe() {
      await setImmediate();
      since = performance.now();
    },
  };
}
