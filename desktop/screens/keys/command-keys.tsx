import {
  createContext,
  type ReactNode,
  useContext,
  useEffect,
  useRef,
  useState,
  useSyncExternalStore,
} from 'react';
import { type CommandId, commandIds, defaultKeymap } from './default-keys.ts';
import { commandFor, type FieldFocus, type Keymap } from './keymap.ts';

/** What a screen does for each command; what is missing is faint in the key bar. */
export type Handlers = Partial<Readonly<Record<CommandId, () => void>>>;

/**
 * Listens for the till's command keys. Put it once around the till, after `attachScanner`, whose bursts it then never
 * sees. Screens say with `useCommands` what works where.
 */
export function CommandKeys({
  keymap = defaultKeymap,
  children,
}: {
  readonly keymap?: Keymap;
  readonly children: ReactNode;
}) {
  const [layers] = useState(createLayers);
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.isComposing) return;
      const id = commandFor(keymap, event, focusOf(event.target));
      if (!id) return;
      const handler = layers.find(id);
      // F5 and Ctrl+L are the browser's own elsewhere: a till's key never falls through to it.
      if (handler || !isTyping(event)) event.preventDefault();
      if (!event.repeat || repeats.has(id)) handler?.();
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, [keymap, layers]);
  return (
    <KeymapContext value={keymap}>
      <LayersContext value={layers}>{children}</LayersContext>
    </KeymapContext>
  );
}

/**
 * Says what works while this component is there. The one mounted last is asked first; a `modal` one (a stop, the
 * palette) hides all below it.
 */
export function useCommands(handlers: Handlers, modal = false): void {
  const layers = useContext(LayersContext);
  const current = useRef(handlers);
  const names = commandIds.filter((id) => handlers[id]).join(' ');
  useEffect(() => {
    current.current = handlers;
  });
  useEffect(() => {
    const ids = new Set(commandIds.filter((id) => names.split(' ').includes(id)));
    return layers.add({ modal, ids, run: (id) => current.current[id]?.() });
  }, [layers, modal, names]);
}

/** The keymap in force, for key caps: `capsOf(keymap.pay[0])`. */
export const useKeymap = (): Keymap => useContext(KeymapContext);

/** The way to run a command that works here, or null: for the key bar and the palette. */
export function useCommandRunner(): (id: CommandId) => (() => void) | null {
  const layers = useContext(LayersContext);
  useSyncExternalStore(layers.subscribe, layers.version);
  return layers.find;
}

interface Layer {
  readonly modal: boolean;
  readonly ids: ReadonlySet<CommandId>;
  readonly run: (id: CommandId) => void;
}

function createLayers() {
  let layers: readonly Layer[] = [];
  let version = 0;
  const listeners = new Set<() => void>();
  const set = (next: readonly Layer[]) => {
    layers = next;
    version += 1;
    for (const listener of listeners) listener();
  };
  return {
    add(layer: Layer) {
      set([layer, ...layers]);
      return () => set(layers.filter((other) => other !== layer));
    },
    find(id: CommandId): (() => void) | null {
      const modalAt = layers.findIndex((layer) => layer.modal);
      const reachable = modalAt < 0 ? layers : layers.slice(0, modalAt + 1);
      const layer = reachable.find(({ ids }) => ids.has(id));
      return layer ? () => layer.run(id) : null;
    },
    subscribe(listener: () => void) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    version: () => version,
  };
}

const LayersContext = createContext(createLayers());
const KeymapContext = createContext<Keymap>(defaultKeymap);

/** Held down, these go on; a second payment never starts from a heavy finger. */
const repeats: ReadonlySet<CommandId> = new Set(['more', 'less']);

const isTyping = (event: KeyboardEvent) => event.key.length === 1 && !event.ctrlKey && !event.altKey;

/** A field with `data-gives-keys` gives away the keys that type while it is empty. */
function focusOf(target: EventTarget | null): FieldFocus {
  if (!(target instanceof HTMLInputElement || target instanceof HTMLTextAreaElement)) return 'none';
  if (target.value !== '') return 'text';
  return target.dataset.givesKeys === undefined ? 'text' : 'empty';
}
