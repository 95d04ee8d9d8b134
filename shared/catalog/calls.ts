import { eventIterator, oc } from '@orpc/contract';
import { z } from 'zod';
import { tillErrors } from '#shared/auth/calls.ts';
import { labelTillCalls } from './calls-label.ts';
import { substituteCalls } from './calls-substitutes.ts';
import { scheduleClasses } from './schedule-class.ts';
import { soldAsWords } from './sold-as.ts';

const generic = z.object({ name: z.string(), strength: z.string() });
const plainDate = z.iso.date();

/** Text to search for: bounded, so that a stuck key costs nothing. */
const searchText = z.string().max(200);

export const packHit = z.object({
  packId: z.string(),
  medicineId: z.string(),
  brand: z.string(),
  tallMan: z.string(),
  generics: z.array(generic),
  form: z.string(),
  label: z.string(),
  packSize: z.int(),
  baseUnit: z.string(),
  /** Sold by weight: its quantities read as weights, its price is of so many grams. */
  weighed: z.boolean(),
  scheduleClass: z.enum(scheduleClasses),
  /** Ranges [from, to) of `brand` and of the generics' names joined by ' + ' that matched, for marking. */
  marks: z.object({
    brand: z.array(z.tuple([z.int(), z.int()])),
    generics: z.array(z.tuple([z.int(), z.int()])),
  }),
  priceMinor: z.int().nullable(),
  /** Null: from stock. Of a fee, a deposit or a gift card there is none to run out of. */
  soldAs: z.enum(soldAsWords).nullable(),
  /** All that may be sold today, in base units. */
  onHandBase: z.int(),
  /** Expiry of the batch that would go first; null when none may be sold. */
  expiresOn: plainDate.nullable(),
  daysLeft: z.int().nullable(),
});
export type PackHitView = z.infer<typeof packHit>;

export const quickKey = z.object({ n: z.int(), packId: z.string(), label: z.string() });

export const catalogTillCalls = {
  ...substituteCalls,
  search: oc
    .input(z.object({ text: searchText, limit: z.int().min(1).max(50).default(20) }))
    .output(z.object({ hits: z.array(packHit), corrected: z.boolean() }))
    .errors(tillErrors),
  quickKeys: oc.output(z.array(quickKey)).errors(tillErrors),
  labels: labelTillCalls,
};

const importFirst = z.object({
  packId: z.string(),
  brand: z.string(),
  label: z.string(),
  priceWas: z.int().nullable(),
  priceIs: z.int().nullable(),
  columns: z.array(z.string()),
});

/** What an import found, row by row and in sum. */
export const importSummary = z.object({
  rowsRead: z.int(),
  created: z.int(),
  withdrawn: z.int(),
  repriced: z.int(),
  restated: z.int(),
  unchanged: z.int(),
  issues: z.array(
    z.object({
      code: z.string(),
      severity: z.enum(['error', 'warning']),
      count: z.int(),
      file: z.string().optional(),
      column: z.string().nullable().optional(),
    }),
  ),
  samples: z.array(
    z.object({
      file: z.string(),
      line: z.int(),
      column: z.string().nullable(),
      code: z.string(),
      params: z.record(z.string(), z.union([z.string(), z.number()])),
      outcome: z.string(),
    }),
  ),
  encodings: z.array(z.object({ file: z.string(), encoding: z.string(), separator: z.string() })),
  priceUp: z.int().optional(),
  priceDown: z.int().optional(),
  /** Packs withdrawn of which a store still has batches: what is there sells on. */
  withdrawnStocked: z.int().optional(),
  /** The first packs of each kind of change. */
  firsts: z.record(z.string(), z.array(importFirst)).optional(),
});
export type ImportSummary = z.infer<typeof importSummary>;

export const importJobView = z.object({
  id: z.string(),
  kind: z.enum(['catalogue', 'stock']),
  state: z.enum(['reading', 'checked', 'applying', 'applied', 'cancelled', 'failed']),
  files: z.array(z.string()),
  rowsDone: z.int(),
  rowsTotal: z.int().nullable(),
  rowsPerSecond: z.int().nullable(),
  summary: importSummary.nullable(),
  failure: z.string().nullable(),
  startedAt: z.int(),
  endedAt: z.int().nullable(),
});
export type ImportJobView = z.infer<typeof importJobView>;

const jobErrors = { NOT_FOUND: {}, WRONG_STATE: { data: z.object({ state: z.string() }) } } as const;
const jobId = z.object({ id: z.string() });

/** One medicine with all that HQ knows of it. Prices and stock by store and batch. */
export const medicineView = z.object({
  medicineId: z.string(),
  brand: z.string(),
  tallMan: z.string(),
  generics: z.array(generic),
  form: z.string(),
  route: z.string(),
  holder: z.string(),
  scheduleClass: z.enum(scheduleClasses),
  genericGroup: z.string(),
  registerRef: z.string(),
  packs: z.array(
    z.object({
      packId: z.string(),
      label: z.string(),
      packSize: z.int(),
      baseUnit: z.string(),
      breakable: z.boolean(),
      status: z.enum(['active', 'withdrawn']),
      codes: z.array(z.string()),
      taxClass: z.string(),
      /** The rate that counts today; empty when the class has none yet. */
      taxPct3: z.array(z.int()),
      /** Latest first; a `storeId` of null is the price of the org. */
      prices: z.array(
        z.object({
          priceMinor: z.int(),
          validFrom: plainDate,
          storeId: z.string().nullable(),
          storeName: z.string().nullable(),
        }),
      ),
      stock: z.array(
        z.object({
          storeId: z.string(),
          storeCode: z.string(),
          storeName: z.string(),
          onHandBase: z.int(),
          firstExpiry: plainDate.nullable(),
        }),
      ),
    }),
  ),
});
export type MedicineView = z.infer<typeof medicineView>;

export const catalogHqCalls = {
  search: oc.input(z.object({ text: searchText, limit: z.int().min(1).max(200).default(50) })).output(
    z.object({
      total: z.int(),
      rows: z.array(
        z.object({
          packId: z.string(),
          medicineId: z.string(),
          brand: z.string(),
          tallMan: z.string(),
          generics: z.array(generic),
          form: z.string(),
          label: z.string(),
          packSize: z.int(),
          /** Sold by weight: its stock reads as a weight, its price is of so many grams. */
          weighed: z.boolean(),
          codes: z.array(z.string()),
          scheduleClass: z.enum(scheduleClasses),
          priceMinor: z.int().nullable(),
          taxClass: z.string(),
          status: z.enum(['active', 'withdrawn']),
          onHandBase: z.int(),
        }),
      ),
    }),
  ),
  medicine: oc
    .input(z.object({ medicineId: z.string() }))
    .output(medicineView)
    .errors({ NOT_FOUND: {} }),
  /** The import profiles there are: ready-made and saved. `profile` is data: see shared/catalog/import-profile.ts. */
  profiles: oc.output(z.array(z.object({ id: z.string(), name: z.string(), profile: z.unknown() }))),
  saveProfile: oc
    .input(z.object({ id: z.string().optional(), name: z.string().min(1), profile: z.unknown() }))
    .output(z.object({ id: z.string() }))
    .errors({ BAD_PROFILE: { data: z.object({ problem: z.string() }) } }),
  /** A first look at uploaded files: encoding, separator, columns, first rows, the profile that fits best. */
  inspectUpload: oc
    .input(z.object({ uploadId: z.string() }))
    .output(
      z.object({
        files: z.array(
          z.object({
            file: z.string(),
            encoding: z.string(),
            separator: z.string(),
            header: z.boolean(),
            /** Whether the encoding is proven by the bytes, not guessed. */
            certain: z.boolean().optional(),
            lines: z.int().optional(),
            lineEnds: z.object({ crlf: z.int(), lf: z.int(), cr: z.int() }).optional(),
            columns: z.array(z.string()),
            rows: z.array(z.array(z.string())),
          }),
        ),
        suggested: z.object({ profileId: z.string().nullable(), profile: z.unknown() }),
      }),
    )
    .errors({ NOT_FOUND: {}, NOT_A_TABLE: { data: z.object({ file: z.string(), problem: z.string() }) } }),
  startImport: oc
    .input(
      z.object({
        uploadId: z.string(),
        kind: z.enum(['catalogue', 'stock']),
        profileId: z.string().optional(),
        profile: z.unknown().optional(),
      }),
    )
    .output(jobId)
    .errors({ ...jobErrors, BAD_PROFILE: { data: z.object({ problem: z.string() }) } }),
  applyImport: oc.input(jobId).output(z.object({})).errors(jobErrors),
  cancelImport: oc.input(jobId).output(z.object({})).errors(jobErrors),
  watchImport: oc.input(jobId).output(eventIterator(importJobView)).errors(jobErrors),
  imports: oc.output(z.array(importJobView)),
};
