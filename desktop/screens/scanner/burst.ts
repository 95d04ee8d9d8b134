import { usCharacter } from './us-layout.ts';

/** ASCII group separator: what FNC1 becomes inside a GS1 code. */
export const GS = '\u001d';

export interface BurstOptions {
  /** Characters a burst has at least. */
  readonly minLength: number;
  /** Longest time in ms between two keys of a burst, by their own time stamps. */
  readonly maxGapMs: number;
  /** The same for the terminator, which some scanners send late; only for what is long enough to be a burst. */
  readonly maxTerminatorGapMs: number;
  /** Values of `key` that end a burst. */
  readonly terminators: readonly string[];
  /** How the scanner sends GS (FNC1); a raw U+001D is understood always. */
  readonly groupSeparator: 'ctrl-]' | 'f8' | 'alt-029';
  /** `key`: the scanner is set to the till's keyboard layout. `us-code`: it types as on a US keyboard. */
  readonly readBy: 'key' | 'us-code';
}

export const defaultBurstOptions: BurstOptions = {
  minLength: 6,
  maxGapMs: 30,
  maxTerminatorGapMs: 100,
  terminators: ['Enter', 'Tab'],
  groupSeparator: 'ctrl-]',
  readBy: 'key',
};

/** One key event, as far as it matters here. Key-up events matter for Alt alone. */
export interface KeyInput {
  readonly type: 'down' | 'up';
  readonly key: string;
  readonly code: string;
  /** The event's time stamp in ms: when the key was struck, not when the page got to it. */
  readonly atMs: number;
  /** Whether the focus is in a field that takes text. */
  readonly editable: boolean;
  readonly ctrl?: boolean;
  readonly alt?: boolean;
  readonly meta?: boolean;
  readonly shift?: boolean;
  /** Auto-repeat of a key held down, or part of an input method's composition: never a scanner. */
  readonly repeat?: boolean;
}

export interface Verdict {
  /** What becomes, before this key, of the keys held back so far: typed after all, or never to be seen. */
  readonly held: 'keep' | 'release' | 'drop';
  /** This key: the page gets it now, or it is held back until more is known, or it is gone. */
  readonly key: 'pass' | 'hold' | 'swallow';
  /** The code, when this key ended a burst. */
  readonly scan: string | null;
  /** Whether characters of the burst already stand in the field and have to be taken back. */
  readonly retract: boolean;
}

export interface BurstDetector {
  feed(input: KeyInput): Verdict;
  /** Says what becomes of the held keys when no further key came for longer than a burst's gap. */
  idle(): Verdict['held'];
}

/**
 * Tells a scanner's burst from a person's typing, one key at a time and with no clock of its own.
 *
 * The first letter or digit typed into a field passes at once, so that typing never waits; everything that follows
 * within the gap is held back, and outside a field (or where the character may be a shortcut in a field: `+` begins
 * every HIBC code) the first one is too. A terminator then makes a scan of them, or they are released in their order.
 */
export function createBurstDetector(given: Partial<BurstOptions> = {}): BurstDetector {
  const options = { ...defaultBurstOptions, ...given };
  let run: Run = emptyRun;

  return {
    feed(input) {
      if (input.type === 'up') run = afterKeyUp(run, input, options);
      if (input.type === 'up' || isNeutral(input)) return pass('keep');
      const continues = run.started && !input.repeat && input.atMs - run.lastAtMs <= gapFor(input);
      const held = continues ? 'keep' : settle(run, options);
      if (!continues) run = emptyRun;
      if (input.repeat) return pass(held);
      const text = readCharacter(input, options);
      if (text === null) return endRun(input, held);
      const holdBack = holds(input, run);
      run = extend(run, text, input, holdBack);
      return { held, key: holdBack ? 'hold' : 'pass', scan: null, retract: false };
    },
    idle() {
      const held = settle(run, options);
      // The run itself stays: a key that was struck in time but delivered late still belongs to it.
      run = { ...run, held: 0, passed: run.passed + run.held };
      return held;
    },
  };

  function gapFor(input: KeyInput): number {
    const late = ends(input, options) && run.text.length >= options.minLength;
    return late ? options.maxTerminatorGapMs : options.maxGapMs;
  }

  /** A key without a character: a terminator makes the scan, anything else gives the run back to the page. */
  function endRun(input: KeyInput, before: Verdict['held']): Verdict {
    const ended = run;
    run = emptyRun;
    if (ends(input, options) && ended.text.length >= options.minLength) {
      return { held: 'drop', key: 'swallow', scan: ended.text, retract: ended.passed > 0 && ended.editable };
    }
    return pass(ended.started ? settle(ended, options) : before);
  }
}

/** Keys no further apart than the gap, as far as they have come. */
interface Run {
  readonly started: boolean;
  readonly text: string;
  readonly lastAtMs: number;
  readonly held: number;
  readonly passed: number;
  /** Where its first key went. */
  readonly editable: boolean;
  /** Digits struck while Alt is down: Alt+029 is GS on Windows. */
  readonly altDigits: string;
}

const emptyRun: Run = {
  started: false,
  text: '',
  lastAtMs: 0,
  held: 0,
  passed: 0,
  editable: false,
  altDigits: '',
};

function extend(run: Run, text: string, input: KeyInput, holdBack: boolean): Run {
  const altDigit = text === '' ? usCharacter(input.code, false) : '';
  return {
    started: true,
    text: run.text + text,
    lastAtMs: input.atMs,
    held: run.held + (holdBack ? 1 : 0),
    passed: run.passed + (holdBack ? 0 : 1),
    editable: run.started ? run.editable : input.editable,
    altDigits: run.altDigits + altDigit,
  };
}

/** Alt released: the digits struck under it are one character. */
function afterKeyUp(run: Run, input: KeyInput, options: BurstOptions): Run {
  if (input.key !== 'Alt' || run.altDigits === '') return run;
  const inTime = input.atMs - run.lastAtMs <= options.maxGapMs;
  const text = Number(run.altDigits) === GS.charCodeAt(0) ? GS : '';
  return { ...run, text: run.text + text, lastAtMs: inTime ? input.atMs : run.lastAtMs, altDigits: '' };
}

/** A burst's length without its end is no typing: outside a field its letters would fire shortcuts. */
function settle(run: Run, options: BurstOptions): Verdict['held'] {
  if (run.held === 0) return 'keep';
  return run.text.length >= options.minLength && !run.editable ? 'drop' : 'release';
}

function holds(input: KeyInput, run: Run): boolean {
  if (run.started) return true;
  if (input.key === ' ') return false; // presses a button; no code begins with it
  return !input.editable || modified(input) || !/^[\p{L}\p{N}]$/u.test(input.key);
}

const pass = (held: Verdict['held']): Verdict => ({ held, key: 'pass', scan: null, retract: false });

const modified = (input: KeyInput) => input.ctrl === true || input.alt === true || input.meta === true;

const ends = (input: KeyInput, options: BurstOptions) =>
  options.terminators.includes(input.key) && !modified(input);

/** Keys a scanner strikes on the way to a character, and a person beside it. */
const isNeutral = (input: KeyInput) => neutralKeys.has(input.key);
const neutralKeys: ReadonlySet<string> = new Set([
  'Shift',
  'CapsLock',
  'NumLock',
  'Control',
  'Alt',
  'AltGraph',
  'Meta',
]);

/** What a key adds to the code: a character, GS in the scanner's spelling, '' for a digit under Alt, or null. */
function readCharacter(input: KeyInput, options: BurstOptions): string | null {
  if (input.key === GS) return GS;
  const { groupSeparator } = options;
  if (groupSeparator === 'f8' && input.key === 'F8' && !modified(input)) return GS;
  if (groupSeparator === 'ctrl-]' && input.ctrl && (input.key === ']' || input.code === 'BracketRight'))
    return GS;
  if (groupSeparator === 'alt-029' && input.alt && /\d$/.test(usCharacter(input.code, false) ?? ''))
    return '';
  // AltGr types characters on many layouts; browsers report it as Ctrl and Alt together.
  const altGr = input.ctrl === true && input.alt === true;
  if (modified(input) && !altGr) return null;
  if (options.readBy === 'us-code') return usCharacter(input.code, input.shift === true);
  return [...input.key].length === 1 ? input.key : null;
}
