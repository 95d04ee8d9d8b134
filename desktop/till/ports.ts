import type { Database } from 'better-sqlite3';
import type { ChosenDevices, DeviceTrial, TrialOutcome } from '#shared/auth/calls-devices.ts';
import type { ChosenPrinters, FoundPrinter, PrinterCondition } from '#shared/auth/calls-printers.ts';
import type { FoundBackup, RecoveryPapers } from '#shared/auth/calls-upkeep.ts';
import type { PoleFace } from '#shared/auth/pole-size.ts';
import type { FetchedUpdate } from '#shared/auth/update-policy.ts';
import type { LabelLayout } from '#shared/catalog/label-layout.ts';
import type { Clock, Random, Uptime } from '#shared/kernel/clock.ts';
import type { Result } from '#shared/kernel/result.ts';
import type { ReceiptFileFormat } from '#shared/sales/calls-receipt-files.ts';
import type { InvoiceDoc } from '#shared/sales/invoice.ts';
import type { ReceiptDoc } from '#shared/sales/receipt.ts';
import type { Weighing } from '#shared/sales/weighing.ts';
import type { ScannerPort } from './auth/scanners.ts';
import type { Pins } from './pins.ts';
import type { SubjectKeys } from './sales/subject-keys.ts';
import type { BackupFailure, BackupJob, BackupMade } from './store/backup.ts';

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

export type PrintOutcome = (
  | { readonly state: 'printed' }
  /** Nothing came out. */
  | { readonly state: 'failed'; readonly reason: string }
  /** Some bytes went; whether they are on paper nobody can say. */
  | { readonly state: 'unknown'; readonly reason: string }
) & {
  /** Why the second printer had the job: the first certainly printed nothing. */
  readonly because?: string;
};

export type ReceiptPrinter = {
  readonly name: string;
  /** Of the printer that gets what the first did not print. */
  readonly secondName?: string | null;
  readonly print: (doc: ReceiptDoc) => Promise<PrintOutcome>;
  /**
   * A pulse and nothing on paper: for a drawer opened without a sale, which is audited before this is called. A sale
   * with cash has its pulse in its receipt. Goes out without paper too.
   */
  readonly openDrawer: () => Promise<PrintOutcome>;
  /** What the printer would draw, read back out of the bytes it would get. */
  readonly preview: (doc: ReceiptDoc) => Promise<{ readonly svg: string; readonly text: string }>;
  /**
   * The receipt as a file of 80 mm paper, whatever the printer's own is, with the same rows, logo and codes; `title` is
   * what a viewer calls it. Left out where nothing can draw one.
   */
  readonly file?: (
    doc: ReceiptDoc,
    wish: { readonly format: ReceiptFileFormat; readonly title: string },
  ) => Promise<Uint8Array>;
  /** Left out where the printer cannot be chosen at the counter. */
  readonly setup?: PrinterSetup;
};

/** Which receipt printers this counter has, and a way to try any of them. */
export type PrinterSetup = {
  readonly chosen: () => ChosenPrinters;
  readonly profiles: readonly { readonly id: string; readonly name: string }[];
  readonly find: () => Promise<readonly FoundPrinter[]>;
  /** Durable, and in use from the next job on; false where an address is none. */
  readonly choose: (chosen: ChosenPrinters) => boolean;
  readonly status: (address: string, profile: string) => Promise<PrinterCondition>;
  readonly test: (address: string, profile: string, doc: ReceiptDoc) => Promise<PrintOutcome>;
};

export type LabelPrinter = {
  readonly name: string;
  readonly dotsPerMm: number;
  /** All of them as one job. */
  readonly print: (
    labels: readonly { readonly layout: LabelLayout; readonly copies: number }[],
  ) => Promise<PrintOutcome>;
  readonly preview: (layout: LabelLayout) => Promise<{ readonly svg: string; readonly text: string }>;
};

/** The scale at this counter. One question at a time; a scale that is not there or talks nonsense says so. */
export type Scale = {
  readonly name: string;
  readonly weigh: () => Promise<Weighing>;
};

/**
 * What a card terminal says of an attempt. `not-charged`: it certainly never charged it and never will. `no-answer`:
 * nobody knows, and the next question may.
 */
export type CardAnswer =
  | { readonly code: 'approved'; readonly reference: string }
  | { readonly code: 'declined'; readonly reason: string }
  | { readonly code: 'not-charged'; readonly reason: string }
  | { readonly code: 'no-answer' };

/** What a terminal is asked to move, under an id it keeps: one id is carried out once. */
export type CardOrder = {
  readonly attemptId: string;
  readonly amountMinor: number;
  readonly currency: string;
};

/** A card terminal. The till has the attempt on disk before it asks for it; a terminal may answer late, twice or never. */
export type CardTerminal = {
  readonly name: string;
  readonly charge: (order: CardOrder) => Promise<CardAnswer>;
  /** Left out where a person gives back at the terminal by hand. */
  readonly refund?: (order: CardOrder) => Promise<CardAnswer>;
  /** What became of an attempt of either kind. Asking moves no money. */
  readonly ask: (attemptId: string) => Promise<CardAnswer>;
};

/**
 * A document to be signed. `hash` is that of its own changeset in this till's chain; `totalMinor` what was paid, given
 * back, or sold less returned in the shift.
 */
export type FiscalDocument = {
  readonly documentId: string;
  readonly kind: 'sale' | 'return' | 'z';
  readonly hash: string;
  readonly number: string;
  readonly totalMinor: number;
  readonly at: number;
};

/** Why a document was not signed: only `refused` is about the document, the others are about the device. */
export type FiscalFailure = 'offline' | 'no-answer' | 'bad-answer' | 'refused';
export type FiscalAnswer =
  | { readonly state: 'signed'; readonly signature: string }
  | { readonly state: 'failed'; readonly reason: FiscalFailure };

/**
 * Signs what the law wants signed by something else than this till. No sale waits for it. Asked twice about one document
 * it may answer twice: the first signature counts.
 */
export type FiscalProvider = {
  readonly name: string;
  readonly sign: (document: FiscalDocument) => Promise<FiscalAnswer>;
};

/** Draws papers of the office: an invoice as the bytes of an A4 PDF with its fonts inside. */
export type PaperMaker = { readonly invoice: (doc: InvoiceDoc) => Promise<Uint8Array> };

/** The two rows of a display on a pole. */
export type PoleDisplay = {
  readonly name: string;
  /** What is shown from now on. What cannot be shown is passed over: nobody waits for a display. */
  readonly show: (rows: readonly string[]) => void;
  /** What it has room for; two rows of twenty where it does not say. */
  readonly face?: PoleFace;
};

/** What hangs on a counter beside its receipt printers and scanners; left out where it has none. */
export type HungDevices = {
  readonly labels?: LabelPrinter | undefined;
  readonly scale?: Scale | undefined;
  readonly display?: PoleDisplay | undefined;
  /** Left out where slips are typed by hand. */
  readonly terminal?: CardTerminal | undefined;
};

/** Which of them this counter has, while it is open, and a way to try any of them. */
export type DeviceSetup = {
  readonly now: () => HungDevices;
  readonly chosen: () => ChosenDevices;
  readonly find: () => Promise<readonly FoundPrinter[]>;
  /** Durable, and in use from then on; false where an address is none. */
  readonly choose: (chosen: ChosenDevices) => boolean;
  /** `label` is what a label printer is tried with. */
  readonly test: (trial: DeviceTrial, label: LabelLayout) => Promise<TrialOutcome>;
};

export type Log = { readonly warn: (event: string, details?: Readonly<Record<string, unknown>>) => void };

/** What came of restoring or recovering: whatever it was, the till has a database open again. */
export type Restoration = {
  readonly db: Database;
  readonly subjectKeys: SubjectKeys;
  /** The contract's code where it failed; then the database is empty, as before. */
  readonly outcome: Result<Record<never, never>, { readonly code: string; readonly reason?: string }>;
};

/**
 * A till's database that lies in its folder and cannot be opened for want of a key: the vault has none (`gone`), one that
 * does not fit or the file is damaged (`other`), or only the device's is missing still (`begun`). Nothing may take its
 * place but what `recover` or a backup brings back.
 */
export type LostDatabase = {
  readonly why: 'gone' | 'other' | 'begun';
  /** Epoch milliseconds of this machine, and bytes with its WAL. */
  readonly lastWrittenAt: number;
  readonly bytes: number;
  readonly folder: string;
  /** Opens it with the org's recovery key, as a new device (decision 0007). */
  readonly recover: (papers: RecoveryPapers) => Promise<Restoration>;
};

/** Why no till to practise on was made. */
export type PracticeFailure = { readonly code: 'STORAGE'; readonly reason: 'disk-full' | 'io' };

/** What a till to practise on stands on; `close` also takes it off the disk. */
export type Practice = {
  readonly db: Database;
  readonly subjectKeys: SubjectKeys;
  /** With a device key of its own, which HQ has never heard of. */
  readonly vault: KeyVault;
  readonly close: () => void;
};

export type TillPorts = HungDevices & {
  /** Makes a database to practise on out of the real one as it is now. Left out where there is no training. */
  readonly practice?: (() => Promise<Result<Practice, PracticeFailure>>) | undefined;
  /** This till is one to practise on: it has no link to HQ, and PINs are tried where they count. */
  readonly training?: { readonly pins: Pins } | undefined;
  /** The machine's own clock, which anyone can set; what the till goes by is auth/till-time.ts. */
  readonly clock: Clock;
  readonly uptime: Uptime;
  readonly random: Random;
  readonly vault: KeyVault;
  readonly subjectKeys: SubjectKeys;
  readonly printer: ReceiptPrinter;
  /** Left out where what hangs on the counter cannot be chosen there. */
  readonly setup?: DeviceSetup | undefined;
  /** Left out where the counter has none. */
  readonly papers?: PaperMaker | undefined;
  /** Left out where the till's own chain of hashes signs: every document is in it when it is made. */
  readonly fiscal?: FiscalProvider | undefined;
  readonly scanners?: ScannerPort | undefined;
  readonly log: Log;
  /** Copies the database to a folder, beside the counter's work (store/backup.ts). */
  readonly backUp: (job: Omit<BackupJob, 'file' | 'keyHex'>) => Promise<Result<BackupMade, BackupFailure>>;
  /** Puts a backup in the place of a database that no store has yet. */
  readonly restore: (path: string, papers: RecoveryPapers | undefined) => Promise<Restoration>;
  /** The till's own database is there and its key is not: what it was made over is an empty one. */
  readonly lost?: LostDatabase | undefined;
  /** Backups in a folder, or on every drive that is plugged in. */
  readonly findBackups: (place: string | undefined) => readonly FoundBackup[];
  /** Logs and crashes of this till, without a person's data in them. */
  readonly supportFiles: () => readonly { readonly name: string; readonly text: string }[];
  readonly drives: () => readonly { readonly path: string; readonly freeBytes: number }[];
  /** fetch, with whatever the host needs around it. */
  readonly fetch: typeof globalThis.fetch;
  readonly version: string;
  /** A newer version that the host has on this computer; left out where it does not update itself. */
  readonly fetchedUpdate?: (() => FetchedUpdate | null) | undefined;
  /** Read the feed by plain requests: where a proxy in between breaks answers that last. */
  readonly plainFeed?: boolean | undefined;
};
