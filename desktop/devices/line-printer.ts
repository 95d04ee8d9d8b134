import type { Line } from './line.ts';
import type { BrokenOff, NotReady, Printer, PrinterStatus, PrintOutcome } from './printer.ts';
import { type PrinterState, type Talk, troubleOf } from './talk.ts';

export type LinePrinterOptions = {
  readonly open: () => Promise<Line | NotReady>;
  readonly talk: Talk;
  /** No byte taken for this long: it has stopped (paper, cover, jam). */
  readonly stallMs?: number | undefined;
  /** How long to wait for an answer about its state before taking the printer for a silent one. */
  readonly answerMs?: number | undefined;
  /** How long a printer that answers may take to work through a job. */
  readonly finishMs?: number | undefined;
};

/** A printer at the end of a line. Every job has a connection of its own: most printers serve one at a time. */
export function createLinePrinter(options: LinePrinterOptions): Printer {
  const { open, talk, stallMs = 5000, answerMs = 400, finishMs = 10_000 } = options;
  const times = { stallMs, answerMs, finishMs };
  const inTurn = oneAtATime();
  const way: Way = { ...times, open, talk: remembering(talk) };
  return {
    print: (bytes, { needsPaper } = { needsPaper: true }) =>
      inTurn(() => withLine(way, (line) => printOn(line, { bytes, needsPaper }, way))),
    status: () => inTurn(() => withLine(way, (line) => statusOf(line, way))),
  };
}

/** Whether this printer has ever answered: one that has is not silent by nature when it is silent now. */
function remembering(talk: Talk): Way['talk'] {
  let answered = false;
  return {
    isDone: talk.isDone,
    hasAnswered: () => answered,
    async state(line, withinMs) {
      const state = await talk.state(line, withinMs);
      answered ||= state !== undefined;
      return state;
    },
  };
}

type Way = {
  readonly open: () => Promise<Line | NotReady>;
  readonly talk: Talk & { readonly hasAnswered: () => boolean };
  readonly stallMs: number;
  readonly answerMs: number;
  readonly finishMs: number;
};

type Job = { readonly bytes: Uint8Array; readonly needsPaper: boolean };

async function withLine<T>({ open }: Way, use: (line: Line) => Promise<T>): Promise<T | NotReady> {
  const line = await open();
  return 'code' in line ? line : use(line);
}

async function statusOf(line: Line, { talk, answerMs }: Way): Promise<PrinterStatus> {
  const state = await talk.state(line, answerMs);
  const broken = line.broken();
  await line.hangUp(answerMs);
  if (broken) return { code: 'offline' };
  if (!state && talk.hasAnswered()) return { code: 'timeout' };
  if (!state) return { code: 'ready', answers: false, paperLow: false };
  return troubleOf(state) ?? { code: 'ready', answers: true, paperLow: state.paperLow };
}

async function printOn(line: Line, { bytes, needsPaper }: Job, way: Way): Promise<PrintOutcome> {
  const { talk, answerMs, stallMs } = way;
  const before = await talk.state(line, answerMs);
  const trouble = before && troubleOf(before);
  if (trouble && needsPaper) {
    await line.hangUp(answerMs);
    return trouble;
  }
  // Broken off before the first byte of the job: nothing can be on paper.
  if (line.broken()) {
    await line.hangUp(0);
    return { code: 'offline' };
  }
  if (!before && talk.hasAnswered()) {
    await line.hangUp(0);
    return { code: 'timeout' };
  }
  const { sentBytes, failure } = await line.send(bytes, stallMs);
  if (failure) {
    const cause = failure === 'stalled' && before ? await whyStalled(line, way) : failure;
    await line.hangUp(0);
    return { code: 'unknown', sentBytes, cause };
  }
  const outcome = before && needsPaper ? await finished(line, { before, sentBytes }, way) : undefined;
  const goodbye = await line.hangUp(outcome?.code === 'unknown' ? 0 : answerMs);
  if (outcome) return outcome;
  return goodbye === 'reset'
    ? { code: 'unknown', sentBytes, cause: 'reset' }
    : { code: 'printed', confirmed: false };
}

type Sent = { readonly before: PrinterState; readonly sentBytes: number };

/**
 * Asks a printer that answers to say when it is through; one that then keeps silent is asked what is wrong, and one
 * that had answered before the job and does not any more has stopped within it.
 */
async function finished(
  line: Line,
  { before, sentBytes }: Sent,
  way: Way,
): Promise<PrintOutcome | undefined> {
  const { talk, finishMs, answerMs } = way;
  if (await talk.isDone(line, before, finishMs)) return { code: 'printed', confirmed: true };
  const broken = line.broken();
  if (broken) return { code: 'unknown', sentBytes, cause: broken };
  const state = await talk.state(line, answerMs);
  if (!state) return { code: 'unknown', sentBytes, cause: line.broken() ?? 'stalled' };
  const trouble = troubleOf(state);
  return trouble && { code: 'unknown', sentBytes, cause: causeOf(trouble.code) };
}

async function whyStalled(line: Line, { talk, answerMs }: Way): Promise<BrokenOff> {
  const state = await talk.state(line, answerMs);
  const trouble = state && troubleOf(state);
  return trouble ? causeOf(trouble.code) : 'stalled';
}

/** A printer that went offline within a job has stalled. */
const causeOf = (code: 'paper-out' | 'cover-open' | 'fault' | 'offline'): BrokenOff =>
  code === 'offline' ? 'stalled' : code;

/** Tasks in the order in which they were given, each after the one before it has ended. */
export function oneAtATime(): <T>(task: () => Promise<T>) => Promise<T> {
  let last: Promise<unknown> = Promise.resolve();
  return (task) => {
    const mine = last.then(task);
    last = mine.catch(() => undefined);
    return mine;
  };
}
