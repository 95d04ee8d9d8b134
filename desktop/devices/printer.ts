/** A receipt or label printer, whatever carries the bytes to it. One job or question at a time. */
export type Printer = {
  /** Does not begin while paper is out or the cover open, but for a job that needs none: a drawer's pulse. */
  readonly print: (bytes: Uint8Array, how?: { readonly needsPaper: boolean }) => Promise<PrintOutcome>;
  readonly status: () => Promise<PrinterStatus>;
};

/**
 * What became of a job. Only `unknown` may have left something on paper: every other refusal came before the
 * first byte, so that the job can be sent again, or to another printer, without a person looking.
 */
export type PrintOutcome =
  /** `confirmed` when the printer itself said that it had worked through the job, not just taken it. */
  | { readonly code: 'printed'; readonly confirmed: boolean }
  | NotReady
  /** `sentBytes` were handed over (at most: some may still have been on the way) before it went wrong. */
  | { readonly code: 'unknown'; readonly sentBytes: number; readonly cause: BrokenOff };

export type BrokenOff = 'reset' | 'closed' | 'stalled' | 'timeout' | 'paper-out' | 'cover-open' | 'fault';

export type NotReady =
  /** No way to the printer: switched off, unplugged, wrong address. Or it says so of itself. */
  | { readonly code: 'offline' }
  /** Something is there and does not take connections: another program has it, or it is no printer. */
  | { readonly code: 'refused' }
  | { readonly code: 'timeout' }
  | { readonly code: 'paper-out' }
  | { readonly code: 'cover-open' }
  /** The printer's own error: the knife is jammed, the head too hot. */
  | { readonly code: 'fault' }
  /** This account may not open the device: the group `lp` or `dialout` is missing. */
  | { readonly code: 'no-permission' }
  /** What would carry the bytes is not on this machine: no CUPS, no driver for serial lines, no such address. */
  | { readonly code: 'no-driver' };

/** `answers` is false for printers that take bytes and never say anything. */
export type PrinterStatus =
  | { readonly code: 'ready'; readonly answers: boolean; readonly paperLow: boolean }
  | NotReady;
