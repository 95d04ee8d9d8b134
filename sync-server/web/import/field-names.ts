import { useLingui } from '@lingui/react/macro';
import type { ImportField } from '#shared/catalog/import-profile.ts';

/** What a column may mean, in the reader's words. */
export function useFieldNames(): Readonly<Record<ImportField, string>> {
  const { t } = useLingui();
  return {
    medicineCode: t`Register product code`,
    brand: t`Name`,
    form: t`Form`,
    route: t`Route`,
    holder: t`Holder`,
    tallMan: t`Tall-man name`,
    generics: t`Generics`,
    genericName: t`Generic`,
    genericStrength: t`Strength`,
    genericLink: t`Generic, link`,
    genericNature: t`Generic, nature`,
    genericGroup: t`Generic group`,
    schedule: t`Schedule class`,
    packCode: t`Pack code`,
    code: t`Code to scan`,
    label: t`Pack label`,
    packSize: t`Pack size`,
    baseUnit: t`Base unit`,
    soldByWeight: t`Sold by weight (g)`,
    status: t`Status`,
    marketing: t`Marketing state`,
    since: t`Marketed since`,
    reimbursement: t`Reimbursement`,
    tax: t`Tax class`,
    price: t`Price`,
    fee: t`Dispensing fee`,
    total: t`Price with fee`,
    note: t`Note`,
  };
}
