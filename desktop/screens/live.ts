import { useSyncExternalStore } from 'react';

/** What is true at the till now, kept up by its event iterator while anyone looks; null until it has said so. */
export interface Live<T> {
  readonly get: () => T | null;
  readonly subscribe: (listener: () => void) => () => void;
  /** Takes the value that came with a command's answer; the iterator brings the same one a moment later. */
  readonly offer: (value: T) => void;
}

/**
 * Opens the iterator with the first watcher and closes it with the last. Whenever it ends (the till restarted, nobody
 * is signed in) it is opened again, a quarter of a second later. `isOlder` keeps a late value from undoing a newer one.
 */
export function createLive<T>(
  open: (signal: AbortSignal) => Promise<AsyncIterable<T>>,
  isOlder: (value: T, than: T) => boolean = () => false,
): Live<T> {
  let value: T | null = null;
  let reading: AbortController | null = null;
  const listeners = new Set<() => void>();
  const set = (next: T) => {
    value = next;
    for (const listener of listeners) listener();
  };
  const isOlderThanKnown = (next: T) => value !== null && isOlder(next, value);
  const read = async ({ signal }: AbortController) => {
    while (!signal.aborted) {
      try {
        let first = true;
        for await (const next of await open(signal)) {
          // What a newly opened iterator says first is how it stands, whatever was known before.
          if (!signal.aborted && (first || !isOlderThanKnown(next))) set(next);
          first = false;
        }
      } catch {
        // The connection says so to the person; here there is only trying again.
      }
      await pause(250, signal);
    }
  };
  return {
    get: () => value,
    offer: (next) => void (isOlderThanKnown(next) || set(next)),
    subscribe(listener) {
      listeners.add(listener);
      if (!reading) {
        value = null;
        reading = new AbortController();
        void read(reading);
      }
      return () => {
        listeners.delete(listener);
        if (listeners.size > 0) return;
        reading?.abort();
        reading = null;
      };
    },
  };
}

/** The live value; null until the till has answered. */
export const useLive = <T>(live: Live<T>): T | null => useSyncExternalStore(live.subscribe, live.get);

function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, ms);
    signal.addEventListener('abort', () => {
      clearTimeout(timer);
      resolve();
    });
  });
}
