import { z } from 'zod';

const line = (most: number) => z.string().trim().max(most).nullable();

/** What a person typed of a customer; null where nothing was. */
export const customerInput = z.object({
  name: z.string().trim().min(1).max(120),
  phone: line(40),
  email: line(254),
  address: line(300),
  note: line(500),
  consent: z.boolean(),
});
export type CustomerInput = z.infer<typeof customerInput>;

export const customerView = customerInput.extend({
  customerId: z.string(),
  createdAt: z.int(),
});
export type CustomerView = z.infer<typeof customerView>;

/** One row of a list anybody at the counter may see: the phone number but for its end is hidden. */
export const customerHit = z.object({
  customerId: z.string(),
  name: z.string(),
  phoneMasked: z.string().nullable(),
  consent: z.boolean(),
});
export type CustomerHit = z.infer<typeof customerHit>;
