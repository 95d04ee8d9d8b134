import { Trans } from '@lingui/react/macro';
import { type FormEvent, useEffect, useState } from 'react';
import { Button } from '#shared/ui/button.tsx';
import { CodeField, isWholeCode } from '../first-run/code-field.tsx';
import { readInvitation } from '../first-run/invitation.ts';
import { type JoinRefusal, useJoinWords } from '../first-run/join-words.ts';
import { answerOf } from '../refusal.ts';
import { attachScanner } from '../scanner/attach.ts';
import { useTill } from '../till.ts';

/** A new code from the back office, typed or scanned: puts a revoked till to work again. Its state says what follows. */
export function RejoinForm() {
  const { client } = useTill();
  const words = useJoinWords();
  const [code, setCode] = useState('');
  const [asking, setAsking] = useState(false);
  const [refusal, setRefusal] = useState<JoinRefusal | null>(null);
  useEffect(
    () => attachScanner(window, ({ text }) => setCode((typed) => readInvitation(text)?.code ?? typed)),
    [],
  );
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (asking) return;
    if (!isWholeCode(code)) return setRefusal({ code: 'CODE_INCOMPLETE' });
    setAsking(true);
    setRefusal(null);
    const answer = await answerOf(client.auth.rejoin({ code }));
    setAsking(false);
    if (!answer.ok) setRefusal(answer.refusal);
  };
  return (
    <form onSubmit={submit} className="grid gap-3">
      <CodeField autoFocus code={code} onCode={setCode} />
      <p role="alert" className="min-h-6 font-semibold text-stop">
        {refusal && words(refusal)}
      </p>
      <Button kind="primary" size={72} type="submit" keys="Enter" disabled={asking}>
        {asking ? <Trans>Asking HQ</Trans> : <Trans>Put this till to work again</Trans>}
      </Button>
    </form>
  );
}
