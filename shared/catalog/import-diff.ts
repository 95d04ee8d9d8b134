import { diffMedicine, type MedicineRow } from './import-diff-medicine.ts';
import { edit, type RegisterEdit } from './import-edit.ts';
import { type ImportIds, registerRef } from './import-ids.ts';
import type { ImportIssue, Report } from './import-issues.ts';
import type { ImportProfile } from './import-profile.ts';
import type { WantedPack, WantedRegister } from './import-register.ts';

export type PackRow = {
  readonly id: string;
  readonly medicineId: string;
  readonly label: string;
  readonly packSize: number;
  readonly baseUnit: string;
  readonly breakable: boolean;
  readonly taxClassId: string;
  readonly status: 'active' | 'withdrawn';
  readonly registerRef: string;
  readonly deleted: boolean;
  /** Whether any store has a batch of it: its size is then what that stock is counted in. */
  readonly stocked: boolean;
};

/** What HQ has of this register now. Prices: the org's, by pack, the one in force on the import's date. */
export type PresentRegister = {
  readonly medicines: ReadonlyMap<string, MedicineRow>;
  readonly packs: ReadonlyMap<string, PackRow>;
  /** Pack by code, over the whole catalogue: whatever register a pack came from. */
  readonly codes: ReadonlyMap<string, string>;
  readonly prices: ReadonlyMap<string, number>;
  readonly taxClasses: ReadonlySet<string>;
};

export type PackOutcome = 'created' | 'withdrawn' | 'repriced' | 'restated' | 'unchanged';
/** One pack's part of an import; `before` and `after` for showing what changes. */
export type DiffStep = {
  readonly outcome: PackOutcome;
  readonly packId: string;
  readonly brand: string;
  readonly label: string;
  readonly priceWas: number | null;
  readonly priceIs: number | null;
  /** Columns of pack and medicine that are restated. */
  readonly columns: readonly string[];
  readonly edits: readonly RegisterEdit[];
};

export type DiffInput = {
  readonly profile: ImportProfile;
  readonly wanted: WantedRegister;
  readonly present: PresentRegister;
  readonly ids: ImportIds;
  /** 'YYYY-MM-DD' from which new prices count. */
  readonly validFrom: string;
  readonly report: Report;
};

/**
 * What must be written so that the catalogue says what the register says: one step per pack, in the register's order,
 * then those it no longer has. Writes to no table but those of the catalogue, deletes nothing, and is empty when
 * nothing has changed. A pack counts once: as created, withdrawn, repriced or restated, in this order.
 */
export function* diffRegister(input: DiffInput): Generator<DiffStep> {
  const { profile, wanted, present } = input;
  const done: Done = { medicines: new Set(), packs: new Set(), codes: new Map() };
  const tax = taxClassEdits(input);
  for (const pack of wanted.packs) {
    const step = diffPack(pack, input, done);
    done.packs.add(step.packId);
    yield tax.length > 0 ? { ...step, edits: [...tax.splice(0), ...step.edits] } : step;
  }
  if (!profile.complete) return;
  for (const row of present.packs.values()) {
    if (row.deleted || row.status === 'withdrawn' || done.packs.has(row.id)) continue;
    // A row of the file that was left out still says that the pack is there.
    const code = row.registerRef.slice(registerRef(profile.source, '').length);
    if (!wanted.mentioned.has(code)) yield withdrawal(row, input);
  }
}

function withdrawal(row: PackRow, { present }: DiffInput): DiffStep {
  const brand = present.medicines.get(row.medicineId)?.brand ?? '';
  const price = present.prices.get(row.id) ?? null;
  const edits = [edit('pack', row.id, { status: 'withdrawn' })];
  return {
    outcome: 'withdrawn',
    packId: row.id,
    brand,
    label: row.label,
    priceWas: price,
    priceIs: price,
    columns: ['status'],
    edits,
  };
}

/** Tax classes and their first rates, where HQ has none yet: once there, they are HQ's to keep. */
function taxClassEdits({ profile, present, ids }: DiffInput): RegisterEdit[] {
  return profile.tax.classes
    .filter((tax) => !present.taxClasses.has(ids.taxClass(tax.key)))
    .flatMap((tax) => [
      edit('tax_class', ids.taxClass(tax.key), { name: tax.name }),
      edit('tax_rate', ids.taxRate(tax.key, tax.validFrom), {
        taxClassId: ids.taxClass(tax.key),
        pct3: tax.pct3,
        validFrom: tax.validFrom,
      }),
    ]);
}

/** What earlier steps of one import have written already. */
type Done = {
  readonly medicines: Set<string>;
  readonly packs: Set<string>;
  readonly codes: Map<string, string>;
};

function diffPack(pack: WantedPack, input: DiffInput, done: Done): DiffStep {
  const { ids, present, wanted } = input;
  const packId = ids.pack(pack.code);
  const row = present.packs.get(packId);
  const brand = wanted.medicines.get(pack.medicineCode)?.cols.brand ?? '';
  const priceWas = present.prices.get(packId) ?? null;
  const shown = { packId, brand, label: pack.label ?? row?.label ?? '', priceWas };
  if (row?.deleted) {
    input.report(
      about(pack, null, { code: 'deleted-here', params: { code: pack.code }, outcome: 'row-left-out' }),
    );
    return { ...shown, outcome: 'unchanged', priceIs: priceWas, columns: [], edits: [] };
  }
  const medicineId = ids.medicine(pack.medicineCode);
  const medicine = diffMedicine(medicineId, pack.medicineCode, input);
  const cols = row
    ? changedPack(pack, row, { ...input, medicineId })
    : newPack(pack, { ...input, medicineId });
  const codes = codeEdits(pack, packId, { ...input, done });
  const price = priceEdit(pack, packId, input);
  const ownEdits = [
    ...(Object.keys(cols).length > 0 ? [edit('pack', packId, cols)] : []),
    ...codes,
    ...(price ? [price] : []),
  ];
  const edits = [...(medicine !== null && !done.medicines.has(medicineId) ? [medicine] : []), ...ownEdits];
  if (medicine !== null) done.medicines.add(medicineId);
  const columns = [
    ...Object.keys(cols),
    ...(codes.length > 0 ? ['codes'] : []),
    ...Object.keys(medicine?.cols ?? {}),
  ];
  const outcome = outcomeOf({ row, cols, repriced: price !== null, restated: columns.length > 0 });
  return { ...shown, outcome, priceIs: pack.priceMinor ?? priceWas, columns, edits };
}

type Judged = {
  readonly row: PackRow | undefined;
  readonly cols: Readonly<Record<string, unknown>>;
  readonly repriced: boolean;
  readonly restated: boolean;
};

function outcomeOf({ row, cols, repriced, restated }: Judged): PackOutcome {
  if (row === undefined) return 'created';
  if (row.status === 'active' && Reflect.get(cols, 'status') === 'withdrawn') return 'withdrawn';
  if (repriced) return 'repriced';
  return restated ? 'restated' : 'unchanged';
}

type PackInput = DiffInput & { readonly medicineId: string };

function newPack(pack: WantedPack, { ids, profile, medicineId }: PackInput) {
  return {
    medicineId,
    label: pack.label ?? '',
    ...(pack.content ?? { packSize: 1, baseUnit: 'piece', breakable: false }),
    taxClassId: ids.taxClass(pack.taxKey),
    status: pack.status,
    registerRef: registerRef(profile.source, pack.code),
  };
}

/** The columns that differ. A size that is not said leaves the present one; stock keeps the size it was counted in. */
function changedPack(pack: WantedPack, row: PackRow, input: PackInput): Readonly<Record<string, unknown>> {
  const { packSize, baseUnit, breakable } = row;
  const resized =
    pack.content !== null && (pack.content.packSize !== packSize || pack.content.baseUnit !== baseUnit);
  if (resized && row.stocked) {
    const params = { size: packSize, unit: baseUnit, found: pack.content?.packSize ?? 0 };
    input.report(about(pack, 'packSize', { code: 'size-kept', params, outcome: 'field-left-empty' }));
  }
  const kept = { packSize, baseUnit, breakable };
  // What was weighed by the gram is broken by it: of grams the same size may come to be sold by weight, or cease to be.
  const reweighed = !resized && baseUnit === 'g';
  const content = (resized && !row.stocked) || reweighed ? (pack.content ?? kept) : kept;
  const next = { ...newPack(pack, input), label: pack.label ?? row.label, ...content };
  return Object.fromEntries(
    Object.entries(next).filter(([column, value]) => Reflect.get(row, column) !== value),
  );
}

/** Codes the pack does not have yet. A code that another pack has is left to a person; none is taken away. */
function codeEdits(
  pack: WantedPack,
  packId: string,
  { ids, present, report, done }: DiffInput & { readonly done: Done },
): RegisterEdit[] {
  return pack.codes.flatMap((code) => {
    const owner = present.codes.get(code) ?? done.codes.get(code);
    if (owner === undefined) {
      done.codes.set(code, packId);
      return [edit('pack_code', ids.packCode(packId, code), { packId, code })];
    }
    if (owner !== packId) {
      report(
        about(pack, 'code', {
          code: 'code-of-another-pack',
          params: { code, packId: owner },
          outcome: 'field-left-empty',
        }),
      );
    }
    return [];
  });
}

/** A new price row from the import's date on; the earlier ones stay, for the sales that were made by them. */
function priceEdit(
  pack: WantedPack,
  packId: string,
  { ids, present, validFrom, report }: DiffInput,
): RegisterEdit | null {
  const was = present.prices.get(packId);
  if (pack.priceMinor === null) {
    if (was !== undefined)
      report(about(pack, 'price', { code: 'price-gone', params: { was }, outcome: 'field-left-empty' }));
    return null;
  }
  if (was === pack.priceMinor) return null;
  return edit('price', ids.price(packId, validFrom), {
    packId,
    storeId: null,
    priceMinor: pack.priceMinor,
    validFrom,
  });
}

type Saying = Pick<ImportIssue, 'code' | 'params' | 'outcome'>;
const about = (pack: WantedPack, column: string | null, saying: Saying): ImportIssue => ({
  file: pack.file,
  line: pack.line,
  column,
  ...saying,
});
