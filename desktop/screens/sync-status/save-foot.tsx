import { plural } from '@lingui/core/macro';
import { Trans, useLingui } from '@lingui/react/macro';
import { useState } from 'react';
import { Button } from '#shared/ui/button.tsx';
import { answerOf } from '../refusal.ts';
import { useTill } from '../till.ts';
import { useScreenKeys } from './use-screen-keys.ts';

type Outcome = Awaited<ReturnType<typeof saved>>;

/** All unsent work as one sealed file, for when the network stays away. */
export function SaveFoot() {
  const { client } = useTill();
  const words = useOutcomeWords();
  const [outcome, setOutcome] = useState<Outcome | 'saving' | null>(null);
  const save = async () => {
    setOutcome('saving');
    setOutcome(await saved(client));
  };
  useScreenKeys({ 'Ctrl+KeyS': () => void save() });
  return (
    <footer className="mt-auto flex flex-none flex-wrap items-center gap-3 border-t border-line-soft px-4 py-3">
      <p className="min-w-40 flex-1 text-14 text-muted" role="status">
        {outcome === null ? (
          <Trans>Working on without HQ for longer? Save the unsent work to a file and carry it over.</Trans>
        ) : (
          words(outcome)
        )}
      </p>
      <Button keys="Ctrl+S" onClick={() => void save()}>
        <Trans>Save to a file</Trans>
      </Button>
    </footer>
  );
}

async function saved(client: ReturnType<typeof useTill>['client']) {
  const answer = await answerOf(client.auth.saveUnsent());
  if (answer.ok) download(answer.value.fileName, answer.value.base64);
  return answer;
}

/** The browser's own way to a file; the desktop app asks where to. */
export function download(fileName: string, base64: string): void {
  const bytes = Uint8Array.from(atob(base64), (char) => char.charCodeAt(0));
  const url = URL.createObjectURL(new Blob([bytes], { type: 'application/octet-stream' }));
  const link = document.createElement('a');
  link.href = url;
  link.download = fileName;
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
}

function useOutcomeWords(): (outcome: Outcome | 'saving') => string {
  const { t } = useLingui();
  return (outcome) => {
    if (outcome === 'saving') return t`Sealing the unsent work`;
    if (outcome.ok) {
      const { changesets, fileName } = outcome.value;
      return t`${plural(changesets, { one: '# transaction is in the file', other: '# transactions are in the file' })} ${fileName}. Only HQ can open it: there, Sync health takes it in.`;
    }
    switch (outcome.refusal.code) {
      case 'NO_HQ_KEY':
        return t`Nothing was saved: HQ has not yet given this till the key such a file is sealed with. The work is safe here.`;
      case 'NOTHING_WAITING':
        return t`There is nothing to save: HQ has everything this till made.`;
      case 'NOT_SIGNED_IN':
        return t`Nothing was saved: sign in first.`;
      default:
        return t`Nothing was saved. The work is safe here; try again.`;
    }
  };
}
