import { z } from 'zod';
import type { FetchedUpdate, TillStanding } from '#shared/auth/update-policy.ts';

const fetchedUpdate: z.ZodType<FetchedUpdate> = z.object({
  ...{ version: z.string(), schema: z.int().nullable(), tried: z.boolean() },
});

/**
 * What passes between Electron's shell and the till process over the till's parent port. The first message is
 * `open`; a `connect` carries one MessagePort, over which a window speaks the till's contract.
 */
export type ShellMessage = z.infer<typeof shellMessage>;
export const shellMessage = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('open'),
    /** The till's own folder: database, vault, backups. */
    folder: z.string(),
    migrations: z.string(),
    /** Folder of the receipt fonts, on the disk itself: Skia cannot look into the app's archive. */
    fonts: z.string(),
    /** The module that looks the database over in a thread of its own. */
    checkWorker: z.string(),
    /** Folder of the shell's log: support is given it with the till's own figures. */
    logs: z.string(),
    /** What the OS keystore opens of the keys that this till's vault was ever sealed under; the newest last. */
    vaultKeysHex: z.array(z.hex().length(64)).min(1),
    version: z.string(),
  }),
  z.object({ kind: z.literal('connect') }),
  /** The till says what it is in the middle of. */
  z.object({ kind: z.literal('ask-standing') }),
  /** A newer version lies here and waits; null where none does any more. */
  z.object({ kind: z.literal('update-fetched'), update: fetchedUpdate.nullable() }),
  /** Close the database and end. */
  z.object({ kind: z.literal('close') }),
]);
export type OpenMessage = Extract<ShellMessage, { kind: 'open' }>;

const tillStanding: z.ZodType<TillStanding> = z.object({
  ...{ cartLines: z.int(), openCardAttempts: z.int(), openShifts: z.int(), upkeep: z.boolean() },
  ...{ schema: z.int(), databaseBytes: z.int(), freeBytes: z.int(), hqUrl: z.string().nullable() },
});

/** What the till tells the shell. No message may hold what a person typed or is called: they end in a log file. */
export type TillMessage = z.infer<typeof tillMessage>;
export const tillMessage = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('opened') }),
  /** The store cannot be opened, and starting again would not help. The shell ends the till. */
  z.object({ kind: z.literal('refused'), code: z.string() }),
  z.object({ kind: z.literal('log'), event: z.string(), details: z.record(z.string(), z.unknown()) }),
  /** The one that is not logged: it holds HQ's address. */
  z.object({ kind: z.literal('standing'), standing: tillStanding }),
  /** Whether the customer's window is to stand on the second display: as chosen at this counter. */
  z.object({ kind: z.literal('customer-window'), on: z.boolean() }),
  /** An error nobody caught. The till ends after it. */
  z.object({ kind: z.literal('crashed'), name: z.string(), frames: z.array(z.string()) }),
]);
