import {
  createContext,
  type ReactNode,
  useContext,
  useEffect,
  useMemo,
  useRef,
  useState,
  useSyncExternalStore,
} from 'react';
import { type CommandId, commandIds, defaultKeymap } from './default-keys.ts';
import { commandFor, type FieldFocus, type Keymap } from './keymap.ts';
import { createLayers, type Handler } from './layers.ts';

/** What a screen does for each command; what is missing is faint in the key bar. Handlers are told which key it was. */
export type Handlers = Partial<Readonly<Record<CommandId, Handler>>>;

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
      const called = commandFor(keymap, event, focusOf(event.target));
      if (!called) return;
      const handler = layers.find(called.id);
      // F5 and Ctrl+L are the browser's own elsewhere: a till's key never falls through to it.
      if (handler || !isTyping(event)) event.preventDefault();
      if (!handler) unclaimed.add(event);
      if (!event.repeat || repeats.has(called.id)) handler?.(called.which);
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
 * Says what works while this component is there. The innermost one is asked first, of two beside each other the
 * later; a `modal` one (a stop, the palette) hides all that stood before it opened.
 */
export function useCommands(handlers: Handlers, modal = false): void {
  const layers = useContext(LayersContext);
  const current = useRef(handlers);
  // Taken while rendering, where parents come before their children; effects run the other way round.
  // biome-ignore lint/correctness/useExhaustiveDependencies: a layer that turns modal opens now and gets a new place
  const order = useMemo(() => layers.nextOrder(), [layers, modal]);
  const names = commandIds.filter((id) => handlers[id]).join(' ');
  useEffect(() => {
    current.current = handlers;
  });
  useEffect(() => {
    const ids = new Set(commandIds.filter((id) => names.split(' ').includes(id)));
    return layers.add({ order, modal, ids, run: (id, which) => current.current[id]?.(which) });
  }, [layers, modal, names, order]);
}

/** Strokes of a command that does nothing here: kept from the browser, and a screen's own keys may have them. */
export const unclaimed = new WeakSet<Event>();

/** The keymap in force, for key caps: `capsOf(keymap.pay[0])`. */
export const useKeymap = (): Keymap => useContext(KeymapContext);

/** The way to run a command that works here, or null: for the key bar and the palette. */
export function useCommandRunner(): (id: CommandId) => Handler | null {
  const layers = useContext(LayersContext);
  useSyncExternalStore(layers.subscribe, layers.version);
  return layers.find;
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
