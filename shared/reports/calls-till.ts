import { oc } from '@orpc/contract';
import { z } from 'zod';
import { commandId, inPlace, inPlaceErrors, tillErrors } from '#shared/auth/calls.ts';
import { columnNames, reportKinds } from './report-table.ts';

const cell = z.union([z.string(), z.int(), z.array(z.int()), z.null()]);

/** What is asked: which report, of which business dates, of this till or of the whole store as it is known here. */
export const reportQuery = z.object({
  kind: z.enum(reportKinds),
  from: z.iso.date(),
  to: z.iso.date(),
  of: z.enum(['till', 'store']),
  /** Of the articles. */
  order: z.enum(['amount', 'quantity']).default('amount'),
  /** Of the batches: those that expire within so many days, and those that have. */
  withinDays: z.int().min(0).max(730).default(90),
});
export type ReportQuery = z.infer<typeof reportQuery>;

const table = z.object({
  kind: z.enum(reportKinds),
  columns: z.array(z.enum(columnNames)),
  rows: z.array(z.array(cell)),
  total: z.array(cell).nullable(),
});
export type ReportView = z.infer<typeof table>;

/** A text file for the browser to save. */
export const textFile = z.object({ fileName: z.string(), text: z.string() });

/** The dates are the wrong way round, or more than two years apart. */
const errors = { ...tillErrors, BAD_RANGE: {} } as const;

/** Local reports: made of this till's own database, without HQ. They need `reports.read`, own or lent in place. */
export const localReportCalls = {
  /** Says whether the person may read them; a right lent in place holds until they leave, ten minutes at most. */
  open: oc
    .input(z.object({ inPlace: inPlace.optional() }))
    .output(z.object({ today: z.iso.date() }))
    .errors({ ...tillErrors, ...inPlaceErrors }),
  /** Gives a lent right back. */
  leave: oc.output(z.object({})).errors(tillErrors),
  read: oc.input(reportQuery).output(table).errors(errors),
  print: oc
    .input(reportQuery.extend({ commandId }))
    .output(z.object({ printJobId: z.string() }))
    .errors(errors),
  csv: oc.input(reportQuery).output(textFile).errors(errors),
};
