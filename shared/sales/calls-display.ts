import { eventIterator, oc } from '@orpc/contract';
import { z } from 'zod';
import { tillErrors } from '#shared/auth/calls.ts';

const displayLine = z.object({
  lineId: z.string(),
  name: z.string(),
  packs: z.int(),
  looseBase: z.int(),
  weightG: z.int().nullable(),
  amountMinor: z.int(),
  isLast: z.boolean(),
});

/** See customer-display.ts. */
const customerDisplayView = z.object({
  shop: z.string(),
  currency: z.object({ code: z.string(), minorDigits: z.int() }),
  language: z.string(),
  now: z.discriminatedUnion('state', [
    z.object({ state: z.literal('idle') }),
    z.object({
      state: z.literal('sale'),
      lines: z.array(displayLine).readonly(),
      discountMinor: z.int(),
      totalMinor: z.int(),
    }),
    z.object({ state: z.literal('paid'), totalMinor: z.int(), changeMinor: z.int() }),
  ]),
});

export const displayCalls = {
  /** What the customer's side shows, live; it needs nobody signed in. */
  customerDisplay: oc.output(eventIterator(customerDisplayView)).errors(tillErrors),
};
