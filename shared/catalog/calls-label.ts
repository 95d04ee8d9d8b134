import { oc } from '@orpc/contract';
import { z } from 'zod';
import { commandId, tillErrors } from '#shared/auth/calls.ts';
import { longestTemplate } from './label-template.ts';

const templateText = z.string().max(longestTemplate);

const labelErrors = {
  ...tillErrors,
  /** `failed`: nothing came out (reason `no-printer`: there is none); `unknown`: some of it may have. */
  NOT_PRINTED: { data: z.object({ state: z.enum(['failed', 'unknown']), reason: z.string() }) },
  NOT_FOUND: {},
  NO_PRICE: { data: z.object({ packId: z.string(), name: z.string() }) },
  /** The template cannot be read: `problem` is a code of label-template.ts, `line` counts from 1. */
  BAD_TEMPLATE: {
    data: z.object({ problem: z.string(), line: z.int().nullable(), word: z.string().nullable() }),
  },
  /** A price or code does not go on this label, or the code is none that can be printed. */
  DOES_NOT_FIT: {
    data: z.object({ problem: z.enum(['TOO_WIDE', 'BAD_CODE']), name: z.string(), text: z.string() }),
  },
} as const;

export const labelTillCalls = {
  /** A pack's label as it will be printed, or a sample's; a template that is not saved yet may be tried. */
  preview: oc
    .input(z.object({ packId: z.string().optional(), template: templateText.optional() }))
    .output(z.object({ svg: z.string(), text: z.string() }))
    .errors(labelErrors),
  /** Prints so many of each; all is laid out before the first goes to the printer. */
  print: oc
    .input(
      z.object({
        commandId,
        labels: z
          .array(z.object({ packId: z.string(), copies: z.int().min(1).max(99) }))
          .min(1)
          .max(100),
      }),
    )
    .output(z.object({ printed: z.int(), printer: z.string() }))
    .errors(labelErrors),
  template: oc.output(z.object({ template: templateText })).errors(tillErrors),
  saveTemplate: oc
    .input(z.object({ commandId, template: templateText }))
    .output(z.object({}))
    .errors(labelErrors),
};
