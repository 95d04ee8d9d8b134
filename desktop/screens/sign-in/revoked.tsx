import { Plural, Trans, useLingui } from '@lingui/react/macro';
import { Notice } from '../frame/notice.tsx';
import { RejoinForm } from './rejoin-form.tsx';

/** HQ has taken this till out of service: nobody sells here until a new code comes, and what it has not sent still goes. */
export function Revoked({ waiting }: { readonly waiting: number }) {
  const { t } = useLingui();
  return (
    <Notice moment={[{ keys: 'Enter', label: t`put to work` }]}>
      <h1 className="text-28 font-semibold tracking-tight">
        <Trans>This till has been taken out of service</Trans>
      </h1>
      <p>
        <Trans>HQ does not let it sell any more. Ask HQ for a new code to put it to work again.</Trans>
      </p>
      <p className="text-muted" role="status">
        {waiting === 0 ? (
          <Trans>Everything that was done here is at HQ.</Trans>
        ) : (
          <Plural
            value={waiting}
            one="# change is safe on this disk and goes to HQ."
            other="# changes are safe on this disk and go to HQ."
          />
        )}
      </p>
      <RejoinForm />
    </Notice>
  );
}
