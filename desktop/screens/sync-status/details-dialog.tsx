import { Trans, useLingui } from '@lingui/react/macro';
import { useRef, useState } from 'react';
import type { RefusedChange, SyncState } from '#shared/auth/calls.ts';
import { Button } from '#shared/ui/button.tsx';
import { Dialog } from '#shared/ui/dialog.tsx';
import { useCommands } from '../keys/command-keys.tsx';

/** Everything support asks for, as text to be copied: of the refused change if there is one, and of the link. */
export function DetailsDialog({
  change,
  sync,
  onClose,
}: {
  readonly change: RefusedChange | null;
  readonly sync: SyncState;
  readonly onClose: () => void;
}) {
  const { t } = useLingui();
  const text = useRef<HTMLTextAreaElement>(null);
  const copy = useRef<HTMLButtonElement>(null);
  const [copied, setCopied] = useState<'yes' | 'by-hand' | null>(null);
  useCommands({ back: onClose }, true);
  const lines = [...(change ? changeLines(change) : []), ...linkLines(sync)];
  const onCopy = async () => {
    try {
      await navigator.clipboard.writeText(lines.join('\n'));
      setCopied('yes');
    } catch {
      // The desktop app grants no permission, not even this: the text is selected for Ctrl+C.
      text.current?.select();
      setCopied('by-hand');
    }
  };
  return (
    <Dialog open title={t`Details for support`} width={680} initialFocus={copy} onClose={onClose}>
      <div className="grid gap-4">
        <textarea
          ref={text}
          readOnly
          dir="ltr"
          aria-label={t`Details for support`}
          rows={lines.length}
          value={lines.join('\n')}
          className="w-full resize-none rounded-6 border border-line-control bg-surface-2 p-3 font-mono text-12 [overflow-wrap:anywhere]"
        />
        <div className="flex flex-wrap items-center gap-3">
          <Button ref={copy} size={56} keys="Enter" onClick={() => void onCopy()}>
            <Trans>Copy</Trans>
          </Button>
          <Button size={56} keys="Esc" onClick={onClose}>
            <Trans>Close</Trans>
          </Button>
          <span role="status" className="text-14 text-muted">
            {copied === 'yes' && <Trans>Copied.</Trans>}
            {copied === 'by-hand' && <Trans>Selected: Ctrl+C copies it.</Trans>}
          </span>
        </div>
      </div>
    </Dialog>
  );
}

/** Not translated: it is read by support, in any language. */
const changeLines = (change: RefusedChange): string[] => [
  `number  ${change.number}`,
  `device  ${change.device}`,
  `inc     ${change.inc}`,
  `dseq    ${change.dseq}`,
  `hash    ${change.hash}`,
  `type    ${change.type}`,
  `made    ${new Date(change.at).toISOString()}`,
  `reason  ${change.reason}`,
  `detail  ${change.detail}`,
];

const linkLines = (sync: SyncState): string[] => [
  `link    ${sync.link} since ${new Date(sync.since).toISOString()}${sync.trouble === null ? '' : `, ${sync.trouble}`}`,
  ...sync.scopes.map(({ scope, seq }) => `scope   ${scope} read to ${seq}`),
];
