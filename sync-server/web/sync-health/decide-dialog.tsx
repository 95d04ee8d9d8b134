import { Trans, useLingui } from '@lingui/react/macro';
import { ORPCError } from '@orpc/client';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { z } from 'zod';
import { Field } from '#shared/ui/field.tsx';
import { useFormat } from '#shared/ui/use-format.ts';
import { type Hq, hqQuery, refusalCode } from '../hq.ts';
import { FailureWords } from '../parts/failure-words.tsx';
import { FormDialog, textOf } from '../parts/form-dialog.tsx';
import { useRefusalWords } from './words.ts';

export type Decision = 'retry' | 'dismiss';

/** Asks for the reason, then says how it ended. */
export function DecideDialog({
  id,
  subject,
  decision,
  onClose,
}: {
  readonly id: string;
  readonly subject: string;
  readonly decision: Decision;
  readonly onClose: () => void;
}) {
  const { t } = useLingui();
  const queries = useQueryClient();
  const settled = { onSettled: () => queries.invalidateQueries({ queryKey: hqQuery.auth.key() }) };
  const retry = useMutation(hqQuery.auth.retryQuarantined.mutationOptions(settled));
  const dismiss = useMutation(
    hqQuery.auth.dismissQuarantined.mutationOptions({ ...settled, onSuccess: onClose }),
  );
  const work = decision === 'retry' ? retry : dismiss;
  const over = retry.data !== undefined || refusalCode(work.error) !== null;
  return (
    <FormDialog
      width={480}
      title={decision === 'retry' ? t`Try again` : t`Dismiss`}
      right="auth.devices.edit"
      save={decision === 'retry' ? t`Try again` : t`Dismiss`}
      over={over}
      pending={work.isPending}
      error={work.error}
      refusal={<Failed error={work.error} />}
      onClose={onClose}
      onSubmit={(form) => work.mutate({ id, reason: textOf(form, 'reason') })}
    >
      <p>
        <b className="font-semibold">{subject}</b>
      </p>
      {!over && (
        <>
          <p className="text-muted">
            {decision === 'retry' ? (
              <Trans>HQ judges it again by what it knows now. The till is told how it ends.</Trans>
            ) : (
              <Trans>It is given up and kept for the audit. The till is told.</Trans>
            )}
          </p>
          <Field size={32} name="reason" label={t`Reason`} required minLength={3} maxLength={300} />
        </>
      )}
      {retry.data && <Ended outcome={retry.data} />}
    </FormDialog>
  );
}

function Ended({
  outcome: { verdict, reason, detail },
}: {
  readonly outcome: Hq['auth']['retryQuarantined'];
}) {
  const { t } = useLingui();
  const words = useRefusalWords();
  if (verdict !== 'refused')
    return (
      <p role="status" className="font-medium text-ok">
        {verdict === 'accepted' ? t`Taken. It has its number now.` : t`Taken, and on the list to review.`}
      </p>
    );
  const why = words(reason ?? '', detail).short;
  return (
    <p role="alert" className="font-medium text-stop">
      {t`Refused again: ${why}`}
    </p>
  );
}

const decided = z.object({ at: z.number(), by: z.string() });

function Failed({ error }: { readonly error: unknown }) {
  const { t } = useLingui();
  const format = useFormat();
  if (refusalCode(error) === 'NOT_FOUND') return t`HQ has no such changeset.`;
  const other = error instanceof ORPCError ? decided.safeParse(error.data) : null;
  if (refusalCode(error) !== 'ALREADY_DECIDED' || !other?.success) return <FailureWords error={error} />;
  const [by, time] = [other.data.by, format.time(other.data.at)];
  return t`${by} has decided this already, at ${time}.`;
}
