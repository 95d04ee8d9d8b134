import type { Line } from './line.ts';

/** How printers of one command set are asked about themselves: ESC/POS (escpos/talk.ts) or Star (star/talk.ts). */
export type Talk = {
  /** Undefined when the printer does not answer: many never do, and print all the same. */
  readonly state: (line: Line, withinMs: number) => Promise<PrinterState | undefined>;
  /** After a job: whether the printer says that it has worked through everything before this question. */
  readonly isDone: (line: Line, before: PrinterState, withinMs: number) => Promise<boolean>;
};

export type PrinterState = {
  readonly coverOpen: boolean;
  readonly paperOut: boolean;
  readonly paperLow: boolean;
  /** The printer's own error: knife, head, power. */
  readonly fault: boolean;
  /** It says that it is offline, whatever the reason. */
  readonly offline: boolean;
  /** Jobs that it has counted (Star alone). */
  readonly counted?: number;
};

/** What keeps a printer from printing, as it says itself. */
export function troubleOf(
  state: PrinterState,
): { readonly code: 'paper-out' | 'cover-open' | 'fault' | 'offline' } | undefined {
  if (state.coverOpen) return { code: 'cover-open' };
  if (state.paperOut) return { code: 'paper-out' };
  if (state.fault) return { code: 'fault' };
  return state.offline ? { code: 'offline' } : undefined;
}
