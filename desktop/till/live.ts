/** What screens watch. A change says only *that* something changed; each watcher reads what is true now. */
export type Topic =
  | 'state'
  | 'cart'
  | 'sync'
  | 'prints'
  | 'time'
  | 'backup'
  | 'scanners'
  | 'shift'
  | 'held'
  | 'cards'
  | 'training';

export type Live = ReturnType<typeof createLive>;

export function createLive() {
  const listeners = new Map<Topic, Set<() => void>>();
  const of = (topic: Topic) => {
    const present = listeners.get(topic);
    if (present) return present;
    const made = new Set<() => void>();
    listeners.set(topic, made);
    return made;
  };
  return {
    changed(topic: Topic): void {
      for (const listener of of(topic)) listener();
    },
    listen(topic: Topic, listener: () => void): () => void {
      of(topic).add(listener);
      return () => of(topic).delete(listener);
    },
    /** What `read` gives now, and again after every change; several changes at once are one. Ends with the signal. */
    async *watch<T>(topic: Topic, read: () => T, signal: AbortSignal | undefined): AsyncGenerator<T> {
      let dirty = true;
      let wake = () => {};
      const listener = () => {
        dirty = true;
        wake();
      };
      of(topic).add(listener);
      signal?.addEventListener('abort', listener);
      try {
        while (!signal?.aborted) {
          if (dirty) {
            dirty = false;
            yield read();
          } else {
            await new Promise<void>((resolve) => {
              wake = resolve;
            });
          }
        }
      } finally {
        of(topic).delete(listener);
        signal?.removeEventListener('abort', listener);
      }
    },
  };
}
