import type { Clock, Random, Uptime } from '#shared/kernel/clock.ts';
import type { ReceiptDoc } from '#shared/sales/receipt.ts';
import type { SubjectKeys } from './sales/subject-keys.ts';

/**
 * Where the till keeps its secrets: the OS keystore under Electron, a file under Node (which is no protection at
 * rest, and the README says so). Values are text.
 */
export type KeyVault = {
  readonly get: (name: VaultName) => string | null;
  /** Durable when it returns. */
  readonly set: (name: VaultName, value: string) => void;
};
export type VaultName =
  | 'database-key'
  | 'device-key'
  /** Of the device this till is about to become; empty once it is. */
  | 'next-device-key'
  | 'store-pepper'
  | 'chain-head';

export type PrintOutcome =
  | { readonly state: 'printed' }
  /** Nothing came out. */
  | { readonly state: 'failed'; readonly reason: string }
  /** Some bytes went; whether they are on paper nobody can say. */
  | { readonly state: 'unknown'; readonly reason: string };

export type ReceiptPrinter = {
  readonly name: string;
  readonly print: (doc: ReceiptDoc) => Promise<PrintOutcome>;
  /**
   * A pulse and nothing on paper: for a drawer opened without a sale, which is audited before this is called. A sale
   * with cash has its pulse in its receipt. Goes out without paper too.
   */
  readonly openDrawer: () => Promise<PrintOutcome>;
  /** What the printer would draw, read back out of the bytes it would get. */
  readonly preview: (doc: ReceiptDoc) => Promise<{ readonly svg: string; readonly text: string }>;
};

export type Log = { readonly warn: (event: string, details?: Readonly<Record<string, unknown>>) => void };

export type TillPorts = {
  /** The machine's own clock, which anyone can set; what the till goes by is auth/till-time.ts. */
  readonly clock: Clock;
  readonly uptime: Uptime;
  readonly random: Random;
  readonly vault: KeyVault;
  readonly subjectKeys: SubjectKeys;
  readonly printer: ReceiptPrinter;
  readonly log: Log;
  /** fetch, with whatever the host needs around it. */
  readonly fetch: typeof globalThis.fetch;
  readonly version: string;
  /** Read the feed by plain requests: where a proxy in between breaks answers that last. */
  readonly plainFeed?: boolean | undefined;
};
