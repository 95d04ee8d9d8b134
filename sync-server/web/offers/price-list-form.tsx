import { useLingui } from '@lingui/react/macro';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { Field } from '#shared/ui/field.tsx';
import { type Hq, hqQuery, refusalCode } from '../hq.ts';
import { FormDialog, textOf } from '../parts/form-dialog.tsx';
import { typedFigure } from './typed-figure.ts';

type PriceList = Hq['sales']['priceLists'][number];

/** A price list's name and rate, and whether it is in use. */
export function PriceListForm({
  list,
  onClose,
}: {
  readonly list: PriceList | null;
  readonly onClose: () => void;
}) {
  const { t } = useLingui();
  const queries = useQueryClient();
  const [active, setActive] = useState(list?.active ?? true);
  const [badRate, setBadRate] = useState(false);
  const save = useMutation(
    hqQuery.sales.savePriceList.mutationOptions({
      onSuccess: async () => {
        await queries.invalidateQueries({ queryKey: hqQuery.sales.priceLists.key() });
        onClose();
      },
    }),
  );
  const taken = refusalCode(save.error) === 'NAME_TAKEN';
  return (
    <FormDialog
      right="catalog.edit"
      title={list ? t`Edit ${list.name}` : t`New price list`}
      pending={save.isPending}
      error={taken ? null : save.error}
      onClose={onClose}
      onSubmit={(form) => {
        const ratePct3 = typedFigure(textOf(form, 'rate') || '0', 3);
        const bad = ratePct3 === null || ratePct3 > 100_000;
        setBadRate(bad);
        if (!bad)
          save.mutate({ ...(list && { id: list.listId }), name: textOf(form, 'name'), ratePct3, active });
      }}
    >
      <Field
        label={t`Name`}
        name="name"
        size={32}
        required
        maxLength={80}
        defaultValue={list?.name ?? ''}
        error={taken ? t`Another price list has this name` : undefined}
      />
      <Field
        label={t`Percent off what is not on the list`}
        name="rate"
        size={32}
        inputMode="decimal"
        dir="ltr"
        defaultValue={list ? String(list.ratePct3 / 1000) : ''}
        hint={t`Empty or 0: the usual price`}
        error={badRate ? t`A figure from 0 to 100` : undefined}
      />
      <label className="flex items-center gap-2">
        <input
          type="checkbox"
          className="size-4 accent-brand"
          checked={active}
          onChange={(event) => setActive(event.target.checked)}
        />
        {t`In use: customers who have it pay by it`}
      </label>
    </FormDialog>
  );
}
