import { useLingui } from '@lingui/react/macro';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { StoreOverview } from '#shared/auth/calls-hq.ts';
import { Field } from '#shared/ui/field.tsx';
import { hqQuery, refusalCode } from '../hq.ts';
import { FormDialog, textOf } from '../parts/form-dialog.tsx';
import { SelectField } from '../parts/select.tsx';

/** What a new store is until somebody says otherwise; the zone is this browser's. */
const newStore = {
  code: '',
  name: '',
  addressLines: [],
  licence: '',
  taxNumber: '',
  receiptFooter: '',
  currency: 'EUR',
  minorDigits: 2,
  cashStepMinor: 1,
  taxMode: 'inclusive',
  language: 'en',
  dayStartHour: 4,
  minShelfLifeDays: 0,
} as const;

/** Creates a store, or edits one. Code, currency and tax mode stand on every receipt: they stay once tills sell. */
export function StoreForm({
  store,
  onClose,
}: {
  readonly store: StoreOverview | null;
  readonly onClose: () => void;
}) {
  const { t } = useLingui();
  const queries = useQueryClient();
  const save = useMutation(
    hqQuery.auth.saveStore.mutationOptions({
      onSuccess: async () => {
        await queries.invalidateQueries({ queryKey: hqQuery.auth.stores.key() });
        onClose();
      },
    }),
  );
  const was = store ?? { ...newStore, zone: Intl.DateTimeFormat().resolvedOptions().timeZone };
  const code = refusalCode(save.error);
  const submit = (form: FormData) =>
    save.mutate({
      ...(store && { id: store.id }),
      code: textOf(form, 'code').toUpperCase(),
      name: textOf(form, 'name'),
      addressLines: textOf(form, 'address')
        .split(',')
        .map((line) => line.trim())
        .filter(Boolean),
      licence: textOf(form, 'licence'),
      taxNumber: textOf(form, 'taxNumber'),
      receiptFooter: textOf(form, 'receiptFooter'),
      zone: textOf(form, 'zone'),
      currency: textOf(form, 'currency').toUpperCase(),
      minorDigits: Number(textOf(form, 'minorDigits')),
      cashStepMinor: Number(textOf(form, 'cashStepMinor')),
      taxMode: form.get('taxMode') === 'exclusive' ? 'exclusive' : 'inclusive',
      language: textOf(form, 'language'),
      dayStartHour: Number(textOf(form, 'dayStartHour')),
      minShelfLifeDays: Number(textOf(form, 'minShelfLifeDays')),
    });
  return (
    <FormDialog
      right="auth.settings.edit"
      title={store ? t`Edit ${store.name}` : t`Add a store`}
      width={640}
      pending={save.isPending}
      error={code === 'CODE_TAKEN' || code === 'BAD_ZONE' ? null : save.error}
      onClose={onClose}
      onSubmit={submit}
    >
      <div className="grid grid-cols-[120px_1fr] gap-3">
        <Field
          label={t`Code`}
          name="code"
          size={32}
          defaultValue={was.code}
          pattern="[Ss][0-9]{2,3}"
          placeholder="S01"
          required
          readOnly={store !== null}
          error={code === 'CODE_TAKEN' ? t`Another store has this code` : undefined}
        />
        <Field label={t`Name`} name="name" size={32} defaultValue={was.name} required />
      </div>
      <Field
        label={t`Address`}
        name="address"
        size={32}
        defaultValue={was.addressLines.join(', ')}
        hint={t`Lines of the receipt’s head, with commas between them`}
      />
      <div className="grid grid-cols-2 gap-3">
        <Field label={t`Licence`} name="licence" size={32} defaultValue={was.licence} />
        <Field label={t`Tax number`} name="taxNumber" size={32} defaultValue={was.taxNumber} />
      </div>
      <div className="grid grid-cols-4 gap-3">
        <Field
          label={t`Currency`}
          name="currency"
          size={32}
          defaultValue={was.currency}
          pattern="[A-Za-z]{3}"
          required
        />
        <Field
          label={t`Decimals`}
          name="minorDigits"
          size={32}
          type="number"
          min={0}
          max={4}
          defaultValue={was.minorDigits}
          required
        />
        <Field
          label={t`Cash step`}
          name="cashStepMinor"
          size={32}
          type="number"
          min={1}
          defaultValue={was.cashStepMinor}
          required
        />
        <SelectField label={t`Prices`} name="taxMode" defaultValue={was.taxMode}>
          <option value="inclusive">{t`with tax`}</option>
          <option value="exclusive">{t`without tax`}</option>
        </SelectField>
      </div>
      <div className="grid grid-cols-4 gap-3">
        <Field
          label={t`Zone`}
          name="zone"
          size={32}
          defaultValue={was.zone}
          required
          className="col-span-2"
          error={code === 'BAD_ZONE' ? t`There is no such zone; write it like Europe/Paris` : undefined}
        />
        <Field
          label={t`Day starts at`}
          name="dayStartHour"
          size={32}
          type="number"
          min={0}
          max={23}
          defaultValue={was.dayStartHour}
          required
        />
        <SelectField label={t`Receipts in`} name="language" defaultValue={was.language}>
          <option value="en">English</option>
          <option value="fr">Français</option>
          <option value="ar">العربية</option>
        </SelectField>
      </div>
      <div className="grid grid-cols-[180px_1fr] gap-3">
        <Field
          label={t`Least shelf life, days`}
          name="minShelfLifeDays"
          size={32}
          type="number"
          min={0}
          defaultValue={was.minShelfLifeDays}
          required
        />
        <Field label={t`Foot of receipts`} name="receiptFooter" size={32} defaultValue={was.receiptFooter} />
      </div>
    </FormDialog>
  );
}
