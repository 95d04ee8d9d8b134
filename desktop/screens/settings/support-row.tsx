import { Trans, useLingui } from '@lingui/react/macro';
import { useState } from 'react';
import { Button } from '#shared/ui/button.tsx';
import { answerOf } from '../refusal.ts';
import { download } from '../sync-status/save-foot.tsx';
import { useTill } from '../till.ts';

/** One file for whoever helps from afar; no person's name is in it. */
export function SupportRow() {
  const { t } = useLingui();
  const { client } = useTill();
  const [said, setSaid] = useState('');
  const save = async () => {
    const answer = await answerOf(client.auth.diagnostics());
    if (answer.ok) download(answer.value.fileName, answer.value.base64);
    setSaid(answer.ok ? t`Saved as ${answer.value.fileName}.` : t`It could not be packed. Try again.`);
  };
  return (
    <div className="flex flex-wrap items-center gap-3 py-3">
      <p role="status" className="min-w-40 flex-1 text-14 text-muted">
        {said || <Trans>For support: versions, states and logs in one file, without anybody’s name.</Trans>}
      </p>
      <Button onClick={() => void save()}>
        <Trans>Save diagnostics</Trans>
      </Button>
    </div>
  );
}
