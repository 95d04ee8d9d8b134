/** Whether the till process answers: not yet, yes, or no longer. Nothing to do with HQ. */
export type ConnectionState = 'opening' | 'open' | 'lost';

export type Connection = ReturnType<typeof createConnection>;

/** The state of the way to the till, as a store that React can watch. */
export function createConnection() {
  let state: ConnectionState = 'opening';
  const listeners = new Set<() => void>();
  return {
    get: (): ConnectionState => state,
    set(next: ConnectionState): void {
      if (next === state) return;
      state = next;
      for (const listener of listeners) listener();
    },
    subscribe(listener: () => void): () => void {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
  };
}
