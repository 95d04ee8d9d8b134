import { oc } from '@orpc/contract';
import { z } from 'zod';
import { commandId, tillErrors } from '#shared/auth/calls.ts';

const customerId = z.string();
const line = (most: number) => z.string().trim().max(most).nullable();

/** What a person typed of a customer; null where nothing was. */
const customerInput = z.object({
  name: z.string().trim().min(1).max(120),
  phone: line(40),
  email: line(254),
  address: line(300),
  note: line(500),
  consent: z.boolean(),
});
export type CustomerInput = z.infer<typeof customerInput>;

export const customerView = customerInput.extend({
  customerId,
  createdAt: z.int(),
});
export type CustomerView = z.infer<typeof customerView>;

/** One row of a list anybody at the counter may see: the phone number but for its end is hidden. */
const customerHit = z.object({
  customerId,
  name: z.string(),
  phoneMasked: z.string().nullable(),
  consent: z.boolean(),
});
export type CustomerHit = z.infer<typeof customerHit>;

/** The row is here and its key is not: HQ has to be reached once. */
const KEY_MISSING = {};
const ERASED = {};

export const customerTillCalls = {
  /** By name or phone number, best first; with nothing typed the newest. `unreadable`: whose keys have not come yet. */
  find: oc
    .input(z.object({ text: z.string().max(120), limit: z.int().min(1).max(50).default(20) }))
    .output(z.object({ hits: z.array(customerHit), more: z.boolean(), unreadable: z.int() }))
    .errors(tillErrors),
  get: oc
    .input(z.object({ customerId }))
    .output(customerView)
    .errors({ ...tillErrors, NOT_FOUND: {}, ERASED, KEY_MISSING }),
  create: oc
    .input(
      z.object({
        commandId,
        customer: customerInput,
        /** The person has seen who looks the same, and adds this one all the same. */
        anyway: z.boolean().default(false),
      }),
    )
    .output(z.object({ customerId }))
    .errors({ ...tillErrors, LOOKS_SAME: { data: z.object({ hits: z.array(customerHit) }) } }),
  edit: oc
    .input(z.object({ commandId, customerId, customer: customerInput }))
    .output(z.object({ customerId }))
    .errors({ ...tillErrors, NOT_FOUND: {}, ERASED, KEY_MISSING }),
  /** For ever, everywhere: at this till at once, elsewhere as the fact arrives. */
  erase: oc
    .input(
      z.object({ commandId, customerId, reason: z.enum(['asked', 'consent-withdrawn', 'no-longer-needed']) }),
    )
    .output(z.object({ customerId }))
    .errors({
      ...tillErrors,
      NOT_FOUND: {},
      ERASED,
      /** A law keeps the data until then. */
      HELD: { data: z.object({ rule: z.string(), until: z.iso.date() }) },
    }),
};
