import { Trans, useLingui } from '@lingui/react/macro';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useRef } from 'react';
import { Button } from '#shared/ui/button.tsx';
import { AlertDialog } from '#shared/ui/dialog.tsx';
import { hqQuery } from '../hq.ts';
import { FailureWords } from '../parts/failure-words.tsx';

/** Asks before a till is shut out: for one that was lost or sold. What it had not sent is still taken, and flagged. */
export function RevokeDialog({
  tillId,
  code,
  onClose,
}: {
  readonly tillId: string;
  readonly code: string;
  readonly onClose: () => void;
}) {
  const { t } = useLingui();
  const queries = useQueryClient();
  const keep = useRef<HTMLButtonElement>(null);
  const revoke = useMutation(
    hqQuery.auth.revokeDevice.mutationOptions({
      onSuccess: async () => {
        await queries.invalidateQueries({ queryKey: hqQuery.auth.stores.key() });
        onClose();
      },
    }),
  );
  return (
    <AlertDialog
      open
      title={t`Revoke ${code}?`}
      detail={
        <Trans>
          It reads nothing more, and its session ends at the next contact. What it has not sent is still
          taken, and shown for review. It can join again with a new code.
        </Trans>
      }
      initialFocus={keep}
      onLeave={onClose}
    >
      {revoke.error && (
        <p role="alert" className="px-2 font-medium text-stop">
          <FailureWords error={revoke.error} />
        </p>
      )}
      <div className="flex justify-end gap-2">
        <Button kind="danger" disabled={revoke.isPending} onClick={() => revoke.mutate({ tillId })}>
          <Trans>Revoke</Trans>
        </Button>
        <Button kind="primary" ref={keep} onClick={onClose}>
          <Trans>Keep it</Trans>
        </Button>
      </div>
    </AlertDialog>
  );
}
