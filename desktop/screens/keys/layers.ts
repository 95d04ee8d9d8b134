import type { CommandId } from './default-keys.ts';

/** Does a command; `which` of its keys it was counts from 0. */
export type Handler = (which: number) => void;

/** What one component answers to. */
export interface Layer {
  /** Inner and later ones have the higher number. */
  readonly order: number;
  /** Hides every layer of a lower order. */
  readonly modal: boolean;
  readonly ids: ReadonlySet<CommandId>;
  readonly run: (id: CommandId, which: number) => void;
}

/** Who answers to which command at the moment; a store that React can watch. */
export function createLayers() {
  let layers: readonly Layer[] = [];
  let version = 0;
  let order = 0;
  const listeners = new Set<() => void>();
  const set = (next: readonly Layer[]) => {
    layers = next.toSorted((a, b) => b.order - a.order);
    version += 1;
    for (const listener of listeners) listener();
  };
  return {
    nextOrder: () => ++order,
    add(layer: Layer): () => void {
      set([...layers, layer]);
      return () => set(layers.filter((other) => other !== layer));
    },
    find(id: CommandId): Handler | null {
      const top = layers.find((layer) => layer.modal)?.order ?? 0;
      const layer = layers.find(({ ids, order: at }) => at >= top && ids.has(id));
      return layer ? (which) => layer.run(id, which) : null;
    },
    subscribe(listener: () => void): () => void {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    version: () => version,
  };
}
