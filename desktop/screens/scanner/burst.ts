import { GS, type ScannerLayout, type ScannerProfile } from '#shared/auth/scanner-profile.ts';
import { characterOn } from './layouts.ts';

export interface BurstOptions {
  /** Characters a burst has at least. */
  readonly minLength: number;
  /** Longest time in ms between two keys of a burst, by their own time stamps. */
  readonly maxGapMs: number;
  /** The same for the terminator, which some scanners send late; only for what is long enough to be a burst. */
  readonly maxTerminatorGapMs: number;
  /** Values of `key` that end a burst. */
  readonly terminators: readonly string[];
  /** `idle`: a burst without a terminator is a code too, once it has stopped for as long as a late terminator takes. */
  readonly end: 'terminator' | 'idle';
  /** How the scanner sends GS (FNC1); a raw U+001D is understood always. */
  readonly groupSeparator: 'ctrl-]' | 'f8' | 'alt-029';
  /** The layout the scanner types on; `as-typed`: the one that is active at the till. */
  readonly layout: ScannerLayout;
}

export const defaultBurstOptions: BurstOptions = {
  minLength: 6,
  maxGapMs: 30,
  maxTerminatorGapMs: 100,
  terminators: ['Enter', 'Tab'],
  end: 'terminator',
  groupSeparator: 'ctrl-]',
  layout: 'as-typed',
};

/** How to listen to a scanner that has been set up. */
export function burstOptionsOf({ layout, end, separator }: ScannerProfile): Partial<BurstOptions> {
  const byKey = separator === 'f8' || separator === 'alt-029';
  return {
    layout,
    end: end === 'none' ? 'idle' : 'terminator',
    groupSeparator: byKey ? separator : 'ctrl-]',
  };
}

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
  readonly altGraph?: boolean;
  /** Auto-repeat of a key held down, or part of an input method's composition: never a scanner. */
  readonly repeat?: boolean;
}

export interface Verdict {
  /** What becomes, before this key, of the keys held back so far: typed after all, or never to be seen. */
  readonly held: 'keep' | 'release' | 'drop';
  /** This key: the page gets it now, or it is held back until more is known, or it is gone. */
  readonly key: 'pass' | 'hold' | 'swallow';
  /** The code, when this key ended a burst; with `end: 'idle'` it may be the first key after one. */
  readonly scan: string | null;
  /** Whether characters of the burst already stand in the field and have to be taken back. */
  readonly retract: boolean;
}

/** What becomes of the keys held back when nothing more comes. */
export type Settled = Pick<Verdict, 'held' | 'scan' | 'retract'>;

export interface BurstDetector {
  feed(input: KeyInput): Verdict;
  /** For how long after its last key a burst is waited for; 0 when there is none. In ms. */
  patienceMs(): number;
  /** Says what becomes of the held keys when no further key came for that long. */
  idle(): Settled;
}

/**
 * Tells a scanner's burst from a person's typing, one key at a time and with no clock of its own.
 *
 * The first letter or digit typed into a field passes at once, so that typing never waits; everything that follows
 * within the gap is held back, and outside a field (or where the character may be a shortcut in a field: `+` begins
 * every HIBC code) the first one is too. A terminator then makes a scan of them, or they are released in their order.
 * What a scanner sends behind its terminator (the LF of CR LF, as Enter or as Ctrl+J) belongs to the scan and is gone.
 */
export function createBurstDetector(given: Partial<BurstOptions> = {}): BurstDetector {
  const options = { ...defaultBurstOptions, ...given };
  let run: Run = emptyRun;
  /** The last key of a scan. */
  let endedAtMs = Number.NEGATIVE_INFINITY;

  return {
    feed(input) {
      if (input.type === 'up') run = afterKeyUp(run, input, options);
      if (input.type === 'up' || isNeutral(input)) return { ...nothing, key: 'pass' };
      if (isEcho(input)) return { ...nothing, key: 'swallow' };
      const continues = run.started && !input.repeat && input.atMs - run.lastAtMs <= gapFor(input);
      const before = continues ? nothing : settle(run, options);
      if (!continues) run = emptyRun;
      if (input.repeat) return { ...before, key: 'pass' };
      const text = readCharacter(input, options);
      if (text === null) return endRun(input, before);
      const holdBack = holds(input, run);
      run = extend(run, text, input, holdBack);
      return { ...before, key: holdBack ? 'hold' : 'pass' };
    },
    patienceMs() {
      if (run.held === 0) return 0;
      return isWholeWithoutEnd(run, options) ? options.maxTerminatorGapMs : options.maxGapMs;
    },
    idle() {
      const settled = settle(run, options);
      // The run itself stays: a key that was struck in time but delivered late still belongs to it.
      run = settled.scan === null ? { ...run, held: 0, passed: run.passed + run.held } : emptyRun;
      return settled;
    },
  };

  function isEcho(input: KeyInput): boolean {
    const echoes = ends(input, options) || (input.ctrl === true && /^[jm]$/i.test(input.key));
    const isOne = echoes && !run.started && input.atMs - endedAtMs <= options.maxGapMs;
    endedAtMs = isOne ? input.atMs : Number.NEGATIVE_INFINITY;
    return isOne;
  }

  function gapFor(input: KeyInput): number {
    const late = ends(input, options) && run.text.length >= options.minLength;
    return late ? options.maxTerminatorGapMs : options.maxGapMs;
  }

  /** A key without a character: a terminator makes the scan, anything else gives the run back to the page. */
  function endRun(input: KeyInput, before: Settled): Verdict {
    const ended = run;
    run = emptyRun;
    if (ends(input, options) && ended.text.length >= options.minLength) {
      endedAtMs = input.atMs;
      return { ...scanOf(ended), key: 'swallow' };
    }
    return { ...(ended.started ? settle(ended, options) : before), key: 'pass' };
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
  const altDigit = text === '' ? usCharacter(input.code) : '';
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
function settle(run: Run, options: BurstOptions): Settled {
  if (isWholeWithoutEnd(run, options)) return scanOf(run);
  if (run.held === 0) return nothing;
  const drop = run.text.length >= options.minLength && !run.editable;
  return { ...nothing, held: drop ? 'drop' : 'release' };
}

const scanOf = (run: Run): Settled => ({
  held: 'drop',
  scan: run.text,
  retract: run.passed > 0 && run.editable,
});

const isWholeWithoutEnd = (run: Run, { end, minLength }: BurstOptions) =>
  end === 'idle' && run.text.length >= minLength;

function holds(input: KeyInput, run: Run): boolean {
  if (run.started) return true;
  if (input.key === ' ') return false; // presses a button; no code begins with it
  return !input.editable || modified(input) || !/^[\p{L}\p{N}]$/u.test(input.key);
}

const nothing: Settled = { held: 'keep', scan: null, retract: false };

const usCharacter = (code: string) => characterOn('us', { code, shift: false, altGraph: false });

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
  if (groupSeparator === 'alt-029' && input.alt && /\d$/.test(usCharacter(input.code) ?? '')) return '';
  // AltGr types characters on many layouts; Windows reports it as Ctrl and Alt together.
  const altGraph = input.altGraph === true || (input.ctrl === true && input.alt === true);
  if (modified(input) && !altGraph) return null;
  // A screen keyboard and a remote desktop strike keys without a place.
  if (options.layout !== 'as-typed' && input.code !== '')
    return characterOn(options.layout, { code: input.code, shift: input.shift === true, altGraph });
  return [...input.key].length === 1 ? input.key : null;
}
