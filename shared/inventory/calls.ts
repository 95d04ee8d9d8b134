import { oc } from '@orpc/contract';
import { z } from 'zod';
import { commandId, tillErrors } from '#shared/auth/calls.ts';
import { elsewhereCalls } from './calls-elsewhere.ts';

export const batchView = z.object({
  batchId: z.string(),
  code: z.string(),
  expiresOn: z.iso.date(),
  daysLeft: z.int(),
  onHandBase: z.int(),
  /** Null where it may be sold; else why not. */
  stopped: z.enum(['expired', 'short-life', 'recalled', 'quarantined', 'none-on-hand']).nullable(),
  /** FEFO order among those that may be sold, from 1; null for the others. */
  fefo: z.int().nullable(),
});
export type BatchView = z.infer<typeof batchView>;

const oversellBatch = z.object({ batchId: z.string(), code: z.string(), expiresOn: z.iso.date() });
const ofPack = { packId: z.string(), name: z.string(), packSize: z.int(), weighed: z.boolean() };

/** What a person has to settle about a batch: oversell.ts. */
export const oversellTask = z.discriminatedUnion('kind', [
  oversellBatch.extend({
    ...ofPack,
    kind: z.literal('oversold'),
    shortBase: z.int(),
    suggestion: oversellBatch.extend({ onHandBase: z.int() }).nullable(),
  }),
  oversellBatch.extend({
    ...ofPack,
    kind: z.literal('surplus'),
    surplusBase: z.int(),
    swapId: z.string(),
    from: oversellBatch.nullable(),
  }),
]);
export type OversellTaskView = z.infer<typeof oversellTask>;

/** `shortBase` as it was shown: on other books than those a person decided on nothing is moved. */
const swap = z.object({
  commandId,
  packId: z.string(),
  batchId: z.string(),
  withBatchId: z.string(),
  shortBase: z.int().positive(),
});
const swapErrors = {
  NOT_FOUND: {},
  CHANGED: { data: z.object({ shortBase: z.int() }) },
  NOT_ENOUGH: { data: z.object({ onHandBase: z.int() }) },
} as const;
/** Takes a swap back, as far as it was too much. */
const swapBack = z.object({ commandId, packId: z.string(), swapId: z.string() });

const atStore = { storeId: z.string() };
const hqOversell = z.object({
  ...atStore,
  storeName: z.string(),
  /** Of the last movement of the batch. */
  at: z.int().nullable(),
  task: oversellTask,
});
export type StoreOversell = z.infer<typeof hqOversell>;

export const inventoryHqCalls = {
  /** Of all stores, the last first; at most 200. */
  oversold: oc.output(z.array(hqOversell)),
  swapBatch: oc.input(swap.extend(atStore)).output(z.object({})).errors(swapErrors),
  undoSwap: oc.input(swapBack.extend(atStore)).output(z.object({})).errors({ NOT_FOUND: {} }),
};

export const inventoryTillCalls = {
  ...elsewhereCalls,
  oversold: oc.output(z.array(oversellTask)).errors(tillErrors),
  swapBatch: oc
    .input(swap)
    .output(z.object({}))
    .errors({ ...tillErrors, ...swapErrors }),
  undoSwap: oc
    .input(swapBack)
    .output(z.object({}))
    .errors({ ...tillErrors, NOT_FOUND: {} }),
  batches: oc
    .input(z.object({ packId: z.string() }))
    .output(z.array(batchView))
    .errors({ ...tillErrors, NOT_FOUND: {} }),
};
