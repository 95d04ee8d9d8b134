import { Trans } from '@lingui/react/macro';
import { KeyRound } from 'lucide-react';
import { type FormEvent, useEffect, useState } from 'react';
import { Button } from '#shared/ui/button.tsx';
import { answerOf } from '../refusal.ts';
import { attachScanner } from '../scanner/attach.ts';
import { useTill } from '../till.ts';
import { CardIcon } from './card-icon.tsx';
import { readInvitation } from './invitation.ts';
import { arePapersWhole, noPapers, PapersFields } from './papers-fields.tsx';
import { type RecoverRefusal, useRecoverWords } from './recover-words.ts';
import type { Recovery } from './recovered.tsx';

interface Given {
  readonly asking: boolean;
  readonly onRecovery: (recovery: Recovery) => void;
}

/** The papers, and the one button. What was typed stays after a failure: often only the code is to be had anew. */
export function RecoverCard({ asking, onRecovery }: Given) {
  const { client } = useTill();
  const words = useRecoverWords();
  const [papers, setPapers] = useState(noPapers);
  const [refusal, setRefusal] = useState<RecoverRefusal | null>(null);
  const change = (changed: Partial<typeof papers>) => setPapers((now) => ({ ...now, ...changed }));
  useEffect(
    () =>
      attachScanner(window, ({ text }) => {
        const invitation = readInvitation(text);
        if (invitation) setPapers((now) => ({ ...now, hqUrl: invitation.hqUrl, code: invitation.code }));
      }),
    [],
  );
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (asking) return;
    if (!arePapersWhole(papers)) return setRefusal({ code: 'INCOMPLETE' });
    setRefusal(null);
    onRecovery('asking');
    const answer = await answerOf(client.auth.recover(papers));
    onRecovery(answer.ok ? answer.value : null);
    if (!answer.ok) setRefusal(answer.refusal);
  };
  return (
    <form onSubmit={submit} className="flex flex-col gap-3 rounded-10 border border-line bg-surface p-6">
      <CardIcon>
        <KeyRound size={28} strokeWidth={1.5} aria-hidden />
      </CardIcon>
      <h2 className="mt-1 text-28 font-semibold tracking-tight">
        <Trans>Open it with the recovery key</Trans>
      </h2>
      <p className="text-muted">
        <Trans>
          The till goes on with all it has, under its next letter; what HQ does not have yet goes there. It
          can be tried again as often as it takes.
        </Trans>
      </p>
      <PapersFields papers={papers} onChange={change} />
      <p role="alert" className="min-h-6 font-semibold text-stop">
        {refusal && words(refusal)}
      </p>
      <Button
        kind="primary"
        size={72}
        type="submit"
        keys="Enter"
        className="mt-auto flex-none"
        disabled={asking}
      >
        {asking ? <Trans>Checking and opening</Trans> : <Trans>Open this till</Trans>}
      </Button>
    </form>
  );
}
