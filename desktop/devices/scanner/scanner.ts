import type { ScannerReader } from '#shared/auth/calls-scanners.ts';

/** A scanner as it is plugged in. */
export type Reader = Omit<ScannerReader, 'profile'>;

export type ScannerEvents = {
  /** A code as the symbol holds it, its AIM identifier first where the scanner sends one. */
  readonly onScan: (readerId: string, text: string) => void;
  /** All readers, after every change of one. */
  readonly onReaders: (readers: readonly Reader[]) => void;
};

/** All scanners of one kind at this machine: found, opened, and opened again when they come back. */
export type Scanner = {
  readonly start: (events: ScannerEvents) => void;
  readonly stop: () => Promise<void>;
};
