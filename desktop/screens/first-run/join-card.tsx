import { Trans, useLingui } from '@lingui/react/macro';
import { Link } from 'lucide-react';
import { type FormEvent, useEffect, useState } from 'react';
import { Field } from '#shared/ui/field.tsx';
import { answerOf } from '../refusal.ts';
import { attachScanner } from '../scanner/attach.ts';
import { useTill } from '../till.ts';
import { CardForm } from './card-form.tsx';
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
    <CardForm
      icon={Link}
      title={<Trans>Join my HQ</Trans>}
      lead={
        <Trans>
          Type the address and the code that the back office shows under Stores and tills, or scan its QR
          code.
        </Trans>
      }
      problem={refusal && words(refusal)}
      busy={joining}
      button={joining ? <Trans>Asking HQ</Trans> : <Trans>Join</Trans>}
      primary
      onSubmit={submit}
    >
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
    </CardForm>
  );
}
