import { Trans, useLingui } from '@lingui/react/macro';
import { Link } from 'lucide-react';
import { type FormEvent, useEffect, useState } from 'react';
import { Button } from '#shared/ui/button.tsx';
import { Field } from '#shared/ui/field.tsx';
import { answerOf } from '../refusal.ts';
import { attachScanner } from '../scanner/attach.ts';
import { useTill } from '../till.ts';
import { CardIcon } from './card-icon.tsx';
import { CodeField, isWholeCode } from './code-field.tsx';
import { readInvitation } from './invitation.ts';
import { type JoinRefusal, useJoinWords } from './join-words.ts';

/** Address and code from the back office, typed or scanned together as a QR code. What follows, the till's state says. */
export function JoinCard() {
  const { t } = useLingui();
  const { client } = useTill();
  const words = useJoinWords();
  const [hqUrl, setHqUrl] = useState('');
  const [code, setCode] = useState('');
  const [fingerprint, setFingerprint] = useState<string>();
  const [joining, setJoining] = useState(false);
  const [refusal, setRefusal] = useState<JoinRefusal | null>(null);
  useEffect(
    () =>
      attachScanner(window, ({ text }) => {
        const invitation = readInvitation(text);
        if (!invitation) return;
        setHqUrl(invitation.hqUrl);
        setCode(invitation.code);
        setFingerprint(invitation.fingerprint);
      }),
    [],
  );
  const complete = URL.canParse(hqUrl) && isWholeCode(code);
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (joining) return;
    if (!complete) return setRefusal({ code: 'INCOMPLETE' });
    setJoining(true);
    setRefusal(null);
    const answer = await answerOf(client.auth.join({ hqUrl, code, ...(fingerprint && { fingerprint }) }));
    setJoining(false);
    if (!answer.ok) setRefusal(answer.refusal);
  };
  return (
    <form onSubmit={submit} className="flex flex-col gap-3 rounded-10 border border-line bg-surface p-6">
      <CardIcon>
        <Link size={28} strokeWidth={1.5} aria-hidden />
      </CardIcon>
      <h2 className="mt-1 text-28 font-semibold tracking-tight">
        <Trans>Join my HQ</Trans>
      </h2>
      <p className="text-muted">
        <Trans>
          Type the address and the code that the back office shows under Stores and tills, or scan its QR
          code.
        </Trans>
      </p>
      <Field
        autoFocus
        label={t`HQ address`}
        size={56}
        dir="ltr"
        type="url"
        autoComplete="off"
        placeholder="https://hq.example.org"
        value={hqUrl}
        onChange={(event) => setHqUrl(event.target.value.trim())}
      />
      <CodeField code={code} onCode={setCode} />
      <p role="alert" className="min-h-6 font-semibold text-stop">
        {refusal && words(refusal)}
      </p>
      <Button
        kind="primary"
        size={72}
        type="submit"
        keys="Enter"
        className="mt-auto flex-none"
        disabled={joining}
      >
        {joining ? <Trans>Asking HQ</Trans> : <Trans>Join</Trans>}
      </Button>
    </form>
  );
}
