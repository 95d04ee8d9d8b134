import { Trans, useLingui } from '@lingui/react/macro';
import { useState } from 'react';
import { Button } from '#shared/ui/button.tsx';
import { Dialog } from '#shared/ui/dialog.tsx';
import { Field } from '#shared/ui/field.tsx';
import { useCommands } from '../keys/command-keys.tsx';

/** Nobody is there who could agree: the shift is closed all the same, and the audit says so. */
export function UnapprovedDialog({
  onClose,
  onLeave,
}: {
  readonly onClose: (reason: string) => void;
  readonly onLeave: () => void;
}) {
  const { t } = useLingui();
  const [reason, setReason] = useState('');
  useCommands({ back: onLeave }, true);
  return (
    <Dialog open title={t`Close without anybody agreeing`} onClose={onLeave}>
      <form
        className="grid gap-4"
        onSubmit={(event) => {
          event.preventDefault();
          if (reason.trim() !== '') onClose(reason.trim());
        }}
      >
        <p className="text-muted">
          <Trans>
            The count is kept and the shift is closed. The audit says that nobody agreed, and why.
          </Trans>
        </p>
        <Field
          autoFocus
          label={t`Reason`}
          size={56}
          autoComplete="off"
          maxLength={200}
          value={reason}
          onChange={(event) => setReason(event.target.value)}
        />
        <Button kind="primary" size={56} keys="Enter" type="submit">
          <Trans>Close shift</Trans>
        </Button>
      </form>
    </Dialog>
  );
}
