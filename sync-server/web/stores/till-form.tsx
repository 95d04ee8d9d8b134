import { useLingui } from '@lingui/react/macro';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Field } from '#shared/ui/field.tsx';
import { hqQuery, refusalCode } from '../hq.ts';
import { FormDialog, textOf } from '../parts/form-dialog.tsx';
import { useStores } from '../parts/stores.ts';

/** Adds a till to a store: a place at the counter, which a machine then joins with a code. */
export function TillForm({ storeId, onClose }: { readonly storeId: string; readonly onClose: () => void }) {
  const { t } = useLingui();
  const queries = useQueryClient();
  const store = useStores().data?.find((one) => one.id === storeId);
  const save = useMutation(
    hqQuery.auth.saveTill.mutationOptions({
      onSuccess: async () => {
        await queries.invalidateQueries({ queryKey: hqQuery.auth.stores.key() });
        onClose();
      },
    }),
  );
  const taken = refusalCode(save.error) === 'CODE_TAKEN';
  const name = store?.name ?? '';
  return (
    <FormDialog
      right="auth.devices.edit"
      title={t`Add a till to ${name}`}
      pending={save.isPending}
      error={taken ? null : save.error}
      onClose={onClose}
      onSubmit={(form) =>
        save.mutate({ storeId, code: textOf(form, 'code').toUpperCase(), name: textOf(form, 'name') })
      }
    >
      <div className="grid grid-cols-[120px_1fr] gap-3">
        <Field
          label={t`Code`}
          name="code"
          size={32}
          pattern="[Tt][0-9]{2}"
          defaultValue={nextCode(store?.tills.map((till) => till.code) ?? [])}
          required
          error={taken ? t`Another till has this code` : undefined}
        />
        <Field label={t`Place`} name="name" size={32} placeholder={t`Front counter`} required />
      </div>
    </FormDialog>
  );
}

/** `T03` after `T01` and `T02`. */
export function nextCode(codes: readonly string[]): string {
  const highest = Math.max(0, ...codes.map((code) => Number(/^T(\d{2})$/.exec(code)?.[1] ?? 0)));
  return `T${String(highest + 1).padStart(2, '0')}`;
}
