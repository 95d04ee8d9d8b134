import { z } from 'zod';
import { err, ok, type Result } from '#shared/kernel/result.ts';
import { scheduleClasses } from './schedule-class.ts';

/**
 * How a register's files are read: pure data, so that a country is a profile and never a branch in the code.
 * A file is a table; its columns name the fields below; files are joined by the medicine's register code.
 */
const words = z.string().max(200);

/** What a column may mean. `code` may stand on several columns, every other field on one of each file. */
export const importFields = [
  'medicineCode',
  'brand',
  'form',
  'route',
  'holder',
  'tallMan',
  'generics',
  'genericName',
  'genericStrength',
  'genericLink',
  'genericNature',
  'genericGroup',
  'schedule',
  'packCode',
  'code',
  'label',
  'packSize',
  'baseUnit',
  'soldByWeight',
  'status',
  'marketing',
  'since',
  'reimbursement',
  'tax',
  'price',
  'fee',
  'total',
  'note',
] as const;
export type ImportField = (typeof importFields)[number];

const decimalSign = z.enum([',', '.']);
/** Signs between thousands; the decimal sign may be one of them ('4,417,08'). Any space counts when ' ' is given. */
const groupSigns = z.string().max(6);

/** How the text of a column becomes a value. Money is in minor units of the profile's currency. */
const parser = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('text'), max: z.int().min(1).max(4000).optional() }),
  z.strictObject({ kind: z.literal('money'), decimalSign, groupSigns }),
  /** An integer that already counts minor units (cents). */
  z.strictObject({ kind: z.literal('minor') }),
  z.strictObject({ kind: z.literal('integer'), min: z.int(), max: z.int() }),
  z.strictObject({ kind: z.literal('percent'), decimalSign }),
  z.strictObject({
    kind: z.literal('date'),
    order: z.enum(['dmy', 'mdy', 'ymd']),
    /** Years outside are taken for slips of the pen. */
    years: z.tuple([z.int(), z.int()]),
  }),
  z.strictObject({ kind: z.literal('list'), separator: z.string().min(1).max(10) }),
  /** `gtin` is checked and brought to 14 digits; other schemes are taken in upper case without spaces. */
  z.strictObject({ kind: z.literal('code'), scheme: z.string().regex(/^[a-z][a-z0-9]{1,11}$/) }),
]);
export type FieldParser = z.infer<typeof parser>;

const column = z.strictObject({
  /** The column's place from 1, or its heading. */
  at: z.union([z.int().min(1).max(500), words]),
  field: z.enum(importFields),
  as: parser,
  /** A row without it is left out. */
  required: z.boolean().optional(),
  /** An empty field is worth a word in the report. */
  reportEmpty: z.boolean().optional(),
});
export type ImportColumn = z.infer<typeof column>;

const fileProfile = z.strictObject({
  /** `pack`: a row is a pack (and may carry its medicine); `medicine`: a row is one; `detail`: adds to one. */
  role: z.enum(['medicine', 'pack', 'detail']),
  /** File name with `*` for any run of characters, case ignored. */
  files: words,
  /** Tried in this order, the first under which every byte makes sense is taken; `auto` guesses. */
  encodings: z.array(words).min(1),
  separator: z.string().length(1),
  quote: z.enum(['', '"', "'"]),
  header: z.boolean(),
  /** How many columns a row has; null takes the first row's count. */
  width: z.int().min(1).max(500).nullable(),
  /** Drop the first run of empty fields of a row that has too many, when the right width comes out. */
  realign: z.boolean(),
  optional: z.boolean(),
  columns: z.array(column).min(1).max(200),
});
export type FileProfile = z.infer<typeof fileProfile>;

const rule = <W extends z.ZodType>(word: W) =>
  z.strictObject({ match: z.enum(['equals', 'starts', 'contains']), text: words, as: word });

/** Maps what a field says onto a word of ours: the first rule that matches (case ignored), else empty or unknown. */
const fieldMap = <W extends z.ZodType>(word: W) =>
  z.strictObject({
    field: z.enum(importFields),
    rules: z.array(rule(word)).max(500),
    empty: word,
    unknown: word,
    /** Whether an unmatched text is worth a word in the report. */
    reportUnknown: z.boolean(),
  });

const unitRule = z.strictObject({ words: z.array(words).min(1), unit: words, breakable: z.boolean() });
/** The vocabulary with which a pack size is read from a label; see import-pack-size.ts. Words in the singular. */
const packSizes = z.strictObject({
  /** What is counted inside: tablets, capsules. */
  units: z.array(unitRule),
  /** What holds it: blisters, bottles. Counted themselves when nothing inside is. */
  containers: z.array(unitRule),
  /** 'of' between nested containers. */
  of: z.array(words),
  /** '×' between two numbers. */
  times: z.array(words),
  /** From this word on a container is an accessory ('with'). */
  accessory: z.array(words),
});
export type PackSizeRules = z.infer<typeof packSizes>;

export const importProfileSchema = z.strictObject({
  /** Part of every id made from this register: two profiles with one source speak of the same packs. */
  source: z.string().regex(/^[a-z0-9][a-z0-9-]{0,39}$/),
  name: z.string().min(1).max(200),
  /** ISO 4217. */
  currency: z.string().regex(/^[A-Z]{3}$/),
  /** Whether the files are the whole register: a pack that is missing from them is then withdrawn. */
  complete: z.boolean(),
  files: z.array(fileProfile).min(1).max(20),
  /** What new medicines are where the files say nothing of it. */
  defaults: z.strictObject({
    kind: z.enum(['medicine', 'article']),
    scheduleClass: z.enum(scheduleClasses),
    discountAllowed: z.boolean(),
  }),
  /** Over all rows of a medicine the strictest class counts. */
  schedule: z.array(fieldMap(z.enum(scheduleClasses))),
  /** One map that says withdrawn is enough. */
  status: z.array(fieldMap(z.enum(['active', 'withdrawn']))),
  tax: z.strictObject({
    classes: z
      .array(
        z.strictObject({
          key: z.string().regex(/^[a-z0-9-]{1,40}$/),
          name: words.min(1),
          /** Components in thousandths of a percent. */
          pct3: z.array(z.int().min(0).max(100_000)),
          validFrom: z.iso.date(),
        }),
      )
      .min(1),
    map: fieldMap(words),
  }),
  /** Of several generics under one link the first of these natures that has a strength is taken. */
  genericNatures: z.array(words),
  packSizes,
});

/** A checked import profile. */
export type ImportProfile = z.infer<typeof importProfileSchema>;
export type FieldMap<W extends string> = Omit<ImportProfile['tax']['map'], 'rules' | 'empty' | 'unknown'> & {
  readonly rules: readonly {
    readonly match: 'equals' | 'starts' | 'contains';
    readonly text: string;
    readonly as: W;
  }[];
  readonly empty: W;
  readonly unknown: W;
};

/** Why a profile is refused; `problem` is for the person who edits it. */
export type ProfileRefusal = { readonly code: 'BAD_PROFILE'; readonly problem: string };

/** A profile from outside (a saved one, an upload): its form, and that its parts speak of each other. */
export function checkProfile(input: unknown): Result<ImportProfile, ProfileRefusal> {
  const parsed = importProfileSchema.safeParse(input);
  if (!parsed.success)
    return err({ code: 'BAD_PROFILE', problem: z.prettifyError(parsed.error).slice(0, 500) });
  const problem = incoherence(parsed.data);
  return problem === null ? ok(parsed.data) : err({ code: 'BAD_PROFILE', problem });
}

function incoherence(profile: ImportProfile): string | null {
  const packs = profile.files.filter((file) => file.role === 'pack');
  if (packs.length !== 1) return 'exactly one file must have the role "pack"';
  const keys = new Set(profile.tax.classes.map((c) => c.key));
  const { map } = profile.tax;
  const unknownKey = [map.empty, map.unknown, ...map.rules.map((r) => r.as)].find((key) => !keys.has(key));
  if (unknownKey !== undefined) return `tax class "${unknownKey}" is not defined`;
  for (const file of profile.files) {
    const problem = fileProblem(file, profile);
    if (problem !== null) return `${file.files}: ${problem}`;
  }
  return null;
}

function fileProblem(file: FileProfile, profile: ImportProfile): string | null {
  const fields = file.columns.map((c) => c.field);
  const twice = fields.find((field, i) => field !== 'code' && fields.indexOf(field) !== i);
  if (twice !== undefined) return `two columns for "${twice}"`;
  if (!file.header && file.columns.some((c) => typeof c.at === 'string'))
    return 'columns by heading need a heading row';
  if (file.columns.some((c) => (c.field === 'code') !== (c.as.kind === 'code')))
    return 'codes, and codes alone, are read as codes';
  if (file.role === 'pack' && !fields.includes('packCode')) return 'no column for the pack code';
  if (file.role !== 'pack' && !fields.includes('medicineCode')) return 'no column for the medicine code';
  const own = profile.files.some((f) => f.role === 'medicine');
  if (file.role === 'pack' && own && !fields.includes('medicineCode'))
    return 'no column for the medicine code';
  const naming = own ? 'medicine' : 'pack';
  if (file.role === naming && !fields.includes('brand')) return 'no column for the name';
  return null;
}
