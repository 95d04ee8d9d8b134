import { Trans, useLingui } from '@lingui/react/macro';
import { TriangleAlert } from 'lucide-react';
import { type FormEvent, useEffect, useState } from 'react';
import { Button } from '#shared/ui/button.tsx';
import { Field } from '#shared/ui/field.tsx';
import { PestleMark } from '#shared/ui/icons.tsx';
import { LocaleSwitch } from '#shared/ui/preference-switches.tsx';
import { type SignInOutcome, signIn } from '../hq.ts';

/** The door of the back office: e-mail and password. */
export function SignIn({ onSignedIn }: { readonly onSignedIn: () => void }) {
  const { t } = useLingui();
  const [outcome, setOutcome] = useState<SignInOutcome | 'trying' | null>(null);
  useEffect(() => {
    document.title = `${t`Sign in`} · Pestle`;
  }, [t]);
  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    setOutcome('trying');
    const ended = await signIn(String(form.get('email')), String(form.get('password')));
    setOutcome(ended);
    if (ended === 'ok') onSignedIn();
  };
  return (
    <div className="flex h-full flex-col px-8 py-5">
      <header className="flex items-center gap-3">
        <PestleMark size={28} />
        <span className="text-16 font-semibold">Pestle</span>
        <span className="text-muted">
          <Trans>back office</Trans>
        </span>
        <span className="ms-auto">
          <LocaleSwitch />
        </span>
      </header>
      <main className="grid flex-1 place-items-center">
        <form
          onSubmit={(event) => void submit(event)}
          className="grid w-[432px] max-w-full gap-5 rounded-10 border border-line bg-surface p-8 shadow-1"
        >
          <div className="grid gap-1">
            <h1 className="text-28 font-semibold tracking-tight">
              <Trans>Sign in</Trans>
            </h1>
            <p className="text-16 text-muted">
              <Trans>With the e-mail and password you were given.</Trans>
            </p>
          </div>
          <Field
            label={t`E-mail`}
            name="email"
            type="email"
            autoComplete="username"
            required
            autoFocus
            dir="ltr"
          />
          <Field
            label={t`Password`}
            name="password"
            type="password"
            autoComplete="current-password"
            required
            dir="ltr"
          />
          <Refusal outcome={outcome} />
          <Button kind="primary" type="submit" disabled={outcome === 'trying'}>
            <Trans>Sign in</Trans>
          </Button>
        </form>
      </main>
      <footer className="flex gap-3 text-12 text-muted">
        <bdi dir="ltr">{location.host}</bdi>
        <span className="ms-auto">
          <Trans>Tills sign in with a PIN and go on selling whether or not HQ can be reached.</Trans>
        </span>
      </footer>
    </div>
  );
}

function Refusal({ outcome }: { readonly outcome: SignInOutcome | 'trying' | null }) {
  if (outcome === null || outcome === 'ok' || outcome === 'trying') return null;
  return (
    <p role="alert" className="flex items-start gap-2 font-medium text-stop">
      <TriangleAlert size={18} aria-hidden className="mt-px flex-none" />
      {outcome === 'wrong' && <Trans>That e-mail and password do not belong together.</Trans>}
      {outcome === 'too-many' && (
        <Trans>Too many wrong tries. Wait a quarter of an hour, then try again.</Trans>
      )}
      {outcome === 'away' && <Trans>HQ cannot check it at the moment. Try again in a minute.</Trans>}
    </p>
  );
}
