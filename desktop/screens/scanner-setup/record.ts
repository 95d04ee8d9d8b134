import { replay, swallow } from '../scanner/attach.ts';
import type { Stroke } from '../scanner/stroke.ts';

/** Keys struck one after another as no person does. */
export interface Burst {
  readonly strokes: readonly Stroke[];
  /** The longest pause between two of them in ms, the one before the key that ends it left out. */
  readonly slowestMs: number;
}

/** Shortest burst: the test codes have more, and nobody strikes so many keys at once. */
const minKeys = 8;
/** Longest pause within one, in ms: slower than a scanner may be at the counter, so that it can be told. */
const maxGapMs = 80;

/**
 * Listens for scanners that type of which nothing is known yet: any keys, with whatever comes before and behind. A
 * person's keys reach the page, those that type a moment later. Returns the way to stop.
 */
export function attachRecorder(target: Window, onBurst: (burst: Burst) => void): () => void {
  let events: readonly KeyboardEvent[] = [];
  let timer: number | undefined;
  const replayed = new WeakSet<Event>();

  const finish = () => {
    const struck = events;
    events = [];
    if (struck.length >= minKeys) onBurst(burstOf(struck));
    else for (const event of struck) replay(event, replayed);
  };
  const onKey = (event: KeyboardEvent) => {
    if (replayed.has(event) || modifiers.has(event.key)) return;
    target.clearTimeout(timer);
    const last = events.at(-1);
    if (last && event.timeStamp - last.timeStamp > maxGapMs) finish();
    if (events.length === 0 && !types(event)) return;
    swallow(event);
    events = [...events, event];
    timer = target.setTimeout(finish, maxGapMs + 20);
  };
  target.addEventListener('keydown', onKey, { capture: true });
  return () => {
    target.removeEventListener('keydown', onKey, { capture: true });
    target.clearTimeout(timer);
  };
}

function burstOf(events: readonly KeyboardEvent[]): Burst {
  const gaps = events.slice(1).flatMap((event, i) => {
    const pause = event.timeStamp - (events[i]?.timeStamp ?? 0);
    return event.key.length === 1 ? [pause] : [];
  });
  return { strokes: events.map(strokeOf), slowestMs: Math.max(0, ...gaps) };
}

const strokeOf = (event: KeyboardEvent): Stroke => ({
  key: event.key,
  code: event.code,
  shift: event.shiftKey,
  ctrl: event.ctrlKey,
  alt: event.altKey,
  altGraph: event.getModifierState('AltGraph'),
});

/** Begins a burst: a character, and no shortcut. */
const types = (event: KeyboardEvent) =>
  !event.repeat &&
  !event.metaKey &&
  (event.key.length === 1 || event.key === 'Dead') &&
  (event.getModifierState('AltGraph') || event.ctrlKey === event.altKey);

const modifiers: ReadonlySet<string> = new Set([
  'Shift',
  'CapsLock',
  'NumLock',
  'Control',
  'Alt',
  'AltGraph',
  'Meta',
]);
