import type { BrokenOff, NotReady, Printer, PrinterStatus, PrintOutcome } from './printer.ts';
import {
  askState,
  askWhenDone,
  isDoneByte,
  isStateByte,
  type PrinterState,
  readState,
} from './printer-status.ts';
import { type Address, type Line, openLine } from './tcp-line.ts';

export type TcpPrinterOptions = Address & {
  /** A printer on the same network answers in a few ms; 3 s forgives a sleeping one. */
  readonly connectMs?: number;
  /** No byte taken for this long: it has stopped (paper, cover, jam). */
  readonly stallMs?: number;
  /** How long to wait for an answer to DLE EOT before taking the printer for a silent one. */
  readonly answerMs?: number;
  /** How long a printer that answers may take to work through a job. */
  readonly finishMs?: number;
};

/** Raw printing over TCP, port 9100. Every job has a connection of its own: most printers serve one at a time. */
export function createTcpPrinter(options: TcpPrinterOptions): Printer {
  const times = { connectMs: 3000, stallMs: 5000, answerMs: 400, finishMs: 10_000, ...options };
  const inTurn = oneAtATime();
  return {
    print: (bytes) => inTurn(() => withLine(times, (line) => printOn(line, bytes, times))),
    status: () => inTurn(() => withLine(times, (line) => statusOf(line, times))),
  };
}

type Times = Required<TcpPrinterOptions>;

async function withLine<T>(times: Times, use: (line: Line) => Promise<T>): Promise<T | NotReady> {
  const line = await openLine(times, times.connectMs);
  return 'code' in line ? line : use(line);
}

async function statusOf(line: Line, times: Times): Promise<PrinterStatus> {
  const state = await stateOf(line, times);
  await line.hangUp(times.answerMs);
  if (!state) return { code: 'ready', answers: false, paperLow: false };
  return troubleOf(state) ?? { code: 'ready', answers: true, paperLow: state.paperLow };
}

async function printOn(line: Line, bytes: Uint8Array, times: Times): Promise<PrintOutcome> {
  const before = await stateOf(line, times);
  const trouble = before && troubleOf(before);
  if (trouble) {
    await line.hangUp(times.answerMs);
    return trouble;
  }
  // Broken off before the first byte of the job: nothing can be on paper.
  if (line.broken()) return { code: 'offline' };
  const { sentBytes, failure } = await line.send(bytes, times.stallMs);
  if (failure) {
    const cause = failure === 'stalled' && before ? await whyStalled(line, times) : failure;
    await line.hangUp(0);
    return { code: 'unknown', sentBytes, cause };
  }
  const outcome = before ? await finished(line, sentBytes, times) : undefined;
  const goodbye = await line.hangUp(times.answerMs);
  if (outcome) return outcome;
  return goodbye === 'reset'
    ? { code: 'unknown', sentBytes, cause: 'reset' }
    : { code: 'printed', confirmed: false };
}

/** Asks a printer that answers to say when it is through; one that then keeps silent is asked what is wrong. */
async function finished(line: Line, sentBytes: number, times: Times): Promise<PrintOutcome | undefined> {
  await line.send(askWhenDone, times.stallMs);
  const [done] = await line.receive(1, isDoneByte, times.finishMs);
  if (done !== undefined) return { code: 'printed', confirmed: true };
  const broken = line.broken();
  if (broken) return { code: 'unknown', sentBytes, cause: broken };
  const state = await stateOf(line, times);
  const trouble = state && troubleOf(state);
  return trouble && { code: 'unknown', sentBytes, cause: trouble.code };
}

async function whyStalled(line: Line, times: Times): Promise<BrokenOff> {
  const state = await stateOf(line, times);
  return (state && troubleOf(state)?.code) ?? 'stalled';
}

/** Undefined when the printer does not answer: many never do, and print all the same. */
async function stateOf(line: Line, { answerMs }: Times): Promise<PrinterState | undefined> {
  await line.send(askState, answerMs);
  const answers = await line.receive(2, isStateByte, answerMs);
  return answers.length === 2 ? readState(answers) : undefined;
}

function troubleOf(state: PrinterState): { readonly code: 'paper-out' | 'cover-open' } | undefined {
  if (state.coverOpen) return { code: 'cover-open' };
  return state.paperOut ? { code: 'paper-out' } : undefined;
}

function oneAtATime(): <T>(task: () => Promise<T>) => Promise<T> {
  let last: Promise<unknown> = Promise.resolve();
  return (task) => {
    const mine = last.then(task);
    last = mine.catch(() => undefined);
    return mine;
  };
}
