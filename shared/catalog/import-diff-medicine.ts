import type { DiffInput } from './import-diff.ts';
import { edit, type RegisterEdit } from './import-edit.ts';
import { registerRef } from './import-ids.ts';
import type { MedicineCols } from './import-medicine.ts';

export type MedicineRow = Required<MedicineCols> & { readonly id: string; readonly deleted: boolean };

/**
 * The edit that brings a medicine to what the register says, or null. Columns of which the register does not speak
 * are kept; a medicine that HQ deleted stays deleted.
 */
export function diffMedicine(
  id: string,
  code: string,
  { wanted, present, profile }: DiffInput,
): RegisterEdit | null {
  const medicine = wanted.medicines.get(code);
  if (medicine === undefined) return null;
  const row = present.medicines.get(id);
  if (row === undefined) {
    return edit('medicine', id, {
      ...blank(profile),
      ...medicine.cols,
      registerRef: registerRef(profile.source, code),
    });
  }
  const changed = Object.entries(medicine.cols).filter(
    ([column, value]) => !same(Reflect.get(row, column), value),
  );
  return row.deleted || changed.length === 0 ? null : edit('medicine', id, Object.fromEntries(changed));
}

const blank = ({ defaults }: DiffInput['profile']) => ({
  kind: defaults.kind,
  brand: '',
  generics: [],
  form: '',
  route: '',
  holder: '',
  scheduleClass: defaults.scheduleClass,
  tallMan: '',
  genericGroup: '',
  discountAllowed: defaults.discountAllowed,
});

/** Generics come back from the database with their members in another order. */
function same(a: unknown, b: unknown): boolean {
  if (a === b) return true;
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false;
  const [keys, others] = [Object.keys(a), Object.keys(b)];
  return keys.length === others.length && keys.every((key) => same(Reflect.get(a, key), Reflect.get(b, key)));
}
