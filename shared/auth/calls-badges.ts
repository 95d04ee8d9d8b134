import { oc } from '@orpc/contract';
import { z } from 'zod';
import { permissions } from './permissions.ts';

const commandId = z.uuid();
const badgeErrors = {
  NOT_ENROLLED: {},
  NOT_SIGNED_IN: {},
  MISSING_RIGHT: { data: z.object({ permission: z.enum(permissions) }) },
  STORAGE: { data: z.object({ reason: z.enum(['disk-full', 'io']) }) },
  /** Nobody of this store, or not any more. */
  NOT_FOUND: {},
} as const;

/** Badges of the people of this store (badge.ts). */
export const badgeCalls = {
  /** The badge as it will be printed. */
  preview: oc
    .input(z.object({ personId: z.string() }))
    .output(z.object({ svg: z.string(), text: z.string() }))
    .errors(badgeErrors),
  /**
   * Prints one, on the label printer, or on the receipt printer where that has certainly printed nothing. In the audit
   * before it is printed; a command repeated prints no second one.
   */
  print: oc
    .input(
      z.object({
        commandId,
        personId: z.string(),
        inPlace: z.object({ personId: z.string(), pin: z.string().max(12) }).optional(),
      }),
    )
    .output(
      z.object({
        printer: z.string(),
        /** Why the label printer did not; null where it did, or where there is none. */
        instead: z.string().nullable(),
      }),
    )
    .errors({
      ...badgeErrors,
      WRONG_PIN: { data: z.object({ failures: z.int() }) },
      LOCKED: { data: z.object({ untilMs: z.int(), waitMs: z.int() }) },
      NO_PIN: {},
      /** `failed`: nothing came out of either; `unknown`: look at the printers. */
      NOT_PRINTED: { data: z.object({ state: z.enum(['failed', 'unknown']), reason: z.string() }) },
    }),
};
