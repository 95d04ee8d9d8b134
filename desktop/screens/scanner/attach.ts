import {
  type BurstOptions,
  createBurstDetector,
  defaultBurstOptions,
  type KeyInput,
  type Settled,
} from './burst.ts';
import { type FieldState, isEditable, restoreField, takeFieldState, typeText } from './field.ts';

/** A code as a scanner sent it, GS and AIM prefix included; parsing is the till's. */
export interface Scan {
  readonly text: string;
  /** Time stamp in ms of its last key. */
  readonly atMs: number;
}

/**
 * Catches scanners that type, whatever has the focus: call once for the window, before any other key handler.
 * Its characters reach neither field nor shortcut, its Enter answers no dialog. What a person types arrives as typed;
 * keys that had to be held back arrive after `maxGapMs` at most. Returns the way to detach.
 */
export function attachScanner(
  target: Window,
  onScan: (scan: Scan) => void,
  given: Partial<BurstOptions> = {},
): () => void {
  const options = { ...defaultBurstOptions, ...given };
  const detector = createBurstDetector(options);
  const replayed = new WeakSet<Event>();
  const swallowedUps = new Set<string>();
  let held: KeyboardEvent[] = [];
  let before: FieldState | null = null;
  let timer: number | undefined;

  const settle = ({ held: what, scan, retract }: Settled, atMs: number) => {
    const events = what === 'keep' ? [] : held;
    if (what !== 'keep') held = [];
    if (what === 'release') for (const event of events) replay(event, replayed);
    if (scan === null) return;
    if (retract && before) restoreField(before);
    onScan({ text: scan, atMs });
  };

  const onKey = (event: KeyboardEvent) => {
    if (replayed.has(event)) return;
    const input = readEvent(event);
    const verdict = detector.feed(input);
    target.clearTimeout(timer);
    settle(verdict, event.timeStamp);
    if (verdict.key === 'pass' && event.type === 'keydown' && input.editable && event.key.length === 1)
      before = takeFieldState(event.target);
    if (verdict.key === 'hold') held.push(event);
    if (verdict.key !== 'pass') {
      swallow(event);
      swallowedUps.add(event.code);
    }
    if (event.type === 'keyup' && swallowedUps.delete(event.code)) swallow(event);
    const patience = detector.patienceMs();
    // Input is served before timers; the slack is for a page that was busy when the next key came.
    if (patience > 0)
      timer = target.setTimeout(() => settle(detector.idle(), event.timeStamp), patience + 10);
  };

  target.addEventListener('keydown', onKey, { capture: true });
  target.addEventListener('keyup', onKey, { capture: true });
  return () => {
    target.removeEventListener('keydown', onKey, { capture: true });
    target.removeEventListener('keyup', onKey, { capture: true });
    target.clearTimeout(timer);
  };
}

function readEvent(event: KeyboardEvent): KeyInput {
  return {
    type: event.type === 'keyup' ? 'up' : 'down',
    key: event.key,
    code: event.code,
    atMs: event.timeStamp,
    editable: isEditable(event.target),
    ctrl: event.ctrlKey,
    alt: event.altKey,
    meta: event.metaKey,
    shift: event.shiftKey,
    altGraph: event.getModifierState('AltGraph'),
    repeat: event.repeat || event.isComposing,
  };
}

/** Neither the page nor its fields see this key. */
export function swallow(event: Event): void {
  event.preventDefault();
  event.stopImmediatePropagation();
}

/** Gives a held key to the page after all: its handlers first, then, if they let it, the field. */
export function replay(event: KeyboardEvent, replayed: WeakSet<Event>): void {
  const again = new KeyboardEvent('keydown', {
    key: event.key,
    code: event.code,
    ctrlKey: event.ctrlKey,
    altKey: event.altKey,
    metaKey: event.metaKey,
    shiftKey: event.shiftKey,
    bubbles: true,
    cancelable: true,
    composed: true,
  });
  replayed.add(again);
  const at = event.target ?? document.body;
  const types = !event.metaKey && event.ctrlKey === event.altKey && event.key.length === 1;
  if (at.dispatchEvent(again) && types) typeText(document, event.key);
}
