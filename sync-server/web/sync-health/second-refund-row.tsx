import { Trans, useLingui } from '@lingui/react/macro';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { Field } from '#shared/ui/field.tsx';
import { useFormat } from '#shared/ui/use-format.ts';
import { type Hq, hqQuery, refusalCode } from '../hq.ts';
import { FormDialog, textOf } from '../parts/form-dialog.tsx';
import { ReviewRow } from './review-row.tsx';
import { RowButton } from './row-button.tsx';

export type SecondRefund = Hq['sales']['secondRefunds'][number];

/** Goods of one receipt that came back at two counters: who, where and when, and a note that settles it. */
export function SecondRefundRow({ refund }: { readonly refund: SecondRefund }) {
  const { t } = useLingui();
  const format = useFormat();
  const [asking, setAsking] = useState(false);
  const { receiptNo, returns, at, storeName } = refund;
  const title = t`Returned twice: goods of receipt ${receiptNo}`;
  const told = returns.map((one) =>
    [
      one.returnNo,
      one.tillName,
      one.cashierName,
      format.day(one.at),
      format.time(one.at),
      format.money(one.totalMinor),
    ]
      .filter((part) => part !== '')
      .join(', '),
  );
  return (
    <ReviewRow at={at} title={title} note={<bdi>{told.join(' · ')}</bdi>} where={storeName}>
      <RowButton verb={t`Settle`} what={title} busy={false} onPress={() => setAsking(true)} />
      {asking && <SettleDialog refund={refund} title={title} onClose={() => setAsking(false)} />}
    </ReviewRow>
  );
}

function SettleDialog({
  refund: { saleId, overBase },
  title,
  onClose,
}: {
  readonly refund: SecondRefund;
  readonly title: string;
  readonly onClose: () => void;
}) {
  const { t } = useLingui();
  const queries = useQueryClient();
  const settle = useMutation(
    hqQuery.sales.settleSecondRefund.mutationOptions({
      onSuccess: onClose,
      onSettled: () =>
        Promise.all([
          queries.invalidateQueries({ queryKey: hqQuery.sales.secondRefunds.key() }),
          queries.invalidateQueries({ queryKey: hqQuery.auth.key() }),
        ]),
    }),
  );
  return (
    <FormDialog
      width={480}
      title={title}
      right="auth.devices.edit"
      save={t`Settle`}
      pending={settle.isPending}
      error={settle.error}
      refusal={
        refusalCode(settle.error) === null
          ? null
          : t`The store has settled it meanwhile, or more has come back. Look at the list again.`
      }
      onClose={onClose}
      onSubmit={(form) => settle.mutate({ saleId, overBase, note: textOf(form, 'note') })}
    >
      <p>
        <Trans>
          Both returns stand. Your note goes to the tills of the store, and the matter is closed there too.
        </Trans>
      </p>
      <Field name="note" label={t`What was found`} autoComplete="off" maxLength={200} required />
    </FormDialog>
  );
}
