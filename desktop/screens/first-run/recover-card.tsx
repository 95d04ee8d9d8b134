import { Trans } from '@lingui/react/macro';
import { KeyRound } from 'lucide-react';
import { type FormEvent, useEffect, useState } from 'react';
import { answerOf } from '../refusal.ts';
import { attachScanner } from '../scanner/attach.ts';
import { useTill } from '../till.ts';
import { CardForm } from './card-form.tsx';
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
    <CardForm
      icon={KeyRound}
      title={<Trans>Open it with the recovery key</Trans>}
      lead={
        <Trans>
          The till goes on with all it has, under its next letter; what HQ does not have yet goes there. It
          can be tried again as often as it takes.
        </Trans>
      }
      problem={refusal && words(refusal)}
      busy={asking}
      button={asking ? <Trans>Checking and opening</Trans> : <Trans>Open this till</Trans>}
      primary
      onSubmit={submit}
    >
      <PapersFields papers={papers} onChange={change} />
    </CardForm>
  );
}
