import { Worker } from 'node:worker_threads';
import type { Probed, ProbeOptions } from './probe-worker.ts';

export type Probes = {
  /** Probes until `stop`: what was seen meanwhile. The sums go on from the time before. */
  readonly start: () => { readonly stop: () => Promise<Probed> };
  readonly end: () => Promise<void>;
};

/**
 * Asks HQ each second what it is asked on any day (probe-worker.ts), from a thread of its own: what the tills of this
 * thread are busy with is no delay of HQ's.
 */
export async function openProbes(options: ProbeOptions): Promise<Probes> {
  const worker = new Worker(new URL('./probe-worker.ts', import.meta.url), { workerData: options });
  const hear = () =>
    new Promise<unknown>((resolve, reject) => {
      worker.once('error', reject);
      worker.once('message', (message: unknown) => {
        worker.off('error', reject);
        resolve(message);
      });
    });
  await hear();
  return {
    start() {
      worker.postMessage('start');
      return {
        async stop() {
          const heard = hear() as Promise<Probed>;
          worker.postMessage('stop');
          return heard;
        },
      };
    },
    end: async () => void (await worker.terminate()),
  };
}
