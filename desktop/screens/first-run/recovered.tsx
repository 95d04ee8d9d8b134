import { Plural, Trans, useLingui } from '@lingui/react/macro';
import { Check } from 'lucide-react';
import { Button } from '#shared/ui/button.tsx';
import { Notice } from '../frame/notice.tsx';

/** What came of asking the till to open its database: the letter it goes on under, and the changes HQ has yet to get. */
export type Recovered = { readonly letter: string; readonly waiting: number };
/** Null where nobody asked, and where it failed. */
export type Recovery = 'asking' | Recovered | null;

interface Given {
  readonly recovered: Recovered;
  readonly onDone: () => void;
}

/** The till is back: said once, before anybody signs in. */
export function RecoveredNote({ recovered: { letter, waiting }, onDone }: Given) {
  const { t } = useLingui();
  return (
    <Notice moment={[{ keys: 'Enter', label: t`sign in` }]}>
      <h1 className="flex items-center gap-3 text-28 font-semibold tracking-tight">
        <Check size={28} aria-hidden className="flex-none text-ok" />
        <Trans>This till is open again</Trans>
      </h1>
      <div role="status" className="grid gap-2">
        <p>
          <Trans>
            Its receipts go on under the letter <b>{letter}</b>, and count from 1.
          </Trans>
        </p>
        <p>
          {waiting === 0 ? (
            <Trans>Everything that was done here is at HQ.</Trans>
          ) : (
            <Plural
              value={waiting}
              one="# change that HQ did not have goes there now."
              other="# changes that HQ did not have go there now."
            />
          )}
        </p>
      </div>
      <p className="text-14 text-muted">
        <Trans>Put the recovery key back into its safe, and delete copies of the two files.</Trans>
      </p>
      <Button autoFocus kind="primary" size={72} keys="Enter" onClick={onDone}>
        <Trans>Sign in</Trans>
      </Button>
    </Notice>
  );
}
