import { Trans, useLingui } from '@lingui/react/macro';
import { useMutation } from '@tanstack/react-query';
import { Check, Clock, Copy, HardDrive, X } from 'lucide-react';
import { useEffect, useState } from 'react';
import { Button, IconButton } from '#shared/ui/button.tsx';
import { useFormat } from '#shared/ui/use-format.ts';
import { type Hq, hqQuery } from '../hq.ts';
import { FailureWords } from '../parts/failure-words.tsx';
import { useNow } from '../parts/now.ts';
import { SelectField } from '../parts/select.tsx';
import { tillCode, useStores } from '../parts/stores.ts';

type Code = Hq['auth']['newCode'];
const LIFE_MS = 10 * 60_000;

/** The code with which one till joins: it waits for the till and does not block the page. */
export function EnrolPanel({
  storeId: givenStore,
  tillId: givenTill,
  onClose,
}: {
  readonly storeId: string | null;
  readonly tillId: string | null;
  readonly onClose: () => void;
}) {
  const { t } = useLingui();
  const stores = useStores().data ?? [];
  const [storeId, setStoreId] = useState(
    givenStore ?? stores.find((one) => freeTill(one))?.id ?? stores[0]?.id ?? '',
  );
  const store = stores.find((one) => one.id === storeId);
  const [tillId, setTillId] = useState(givenTill ?? freeTill(store)?.tillId ?? store?.tills[0]?.tillId ?? '');
  const code = useMutation(hqQuery.auth.newCode.mutationOptions());
  const { reset } = code;
  // A code belongs to the till it was made for.
  // biome-ignore lint/correctness/useExhaustiveDependencies: another till means another code
  useEffect(() => reset(), [tillId, reset]);
  return (
    <section
      aria-label={t`Enrol a till`}
      className="fade-in fixed end-6 bottom-4 z-30 w-[600px] max-w-[calc(100vw-48px)] overflow-hidden rounded-10 bg-surface shadow-2"
    >
      <header className="flex items-center border-b border-line-soft px-5 py-3">
        <h2 className="text-16 font-semibold">
          <Trans>Enrol a till</Trans>
        </h2>
        <IconButton label={t`Close`} className="ms-auto" onClick={onClose}>
          <X size={18} aria-hidden />
        </IconButton>
      </header>
      <div className="grid gap-4 p-5">
        <div className="grid grid-cols-2 gap-3">
          <SelectField
            label={t`Store`}
            value={storeId}
            onChange={(event) => {
              const next = stores.find((one) => one.id === event.target.value);
              setStoreId(event.target.value);
              setTillId(freeTill(next)?.tillId ?? next?.tills[0]?.tillId ?? '');
            }}
          >
            {stores.map((one) => (
              <option key={one.id} value={one.id}>
                {one.code} {one.name}
              </option>
            ))}
          </SelectField>
          <SelectField label={t`Till`} value={tillId} onChange={(event) => setTillId(event.target.value)}>
            {store?.tills.map((till) => (
              <option key={till.tillId} value={till.tillId}>
                {till.code} {till.name}
              </option>
            ))}
          </SelectField>
        </div>
        {code.data ? (
          <CodeShown code={code.data} />
        ) : (
          <p className="text-muted">
            <Trans>The code is shown once, is valid for ten minutes and lets one till join.</Trans>{' '}
            {store?.tills.find((till) => till.tillId === tillId)?.enrolled && (
              <Trans>This till has joined before: a machine that joins with the code takes its place.</Trans>
            )}
          </p>
        )}
        {code.error && (
          <p role="alert" className="font-medium text-stop">
            <FailureWords error={code.error} />
          </p>
        )}
      </div>
      <footer className="flex items-center gap-2 border-t border-line-soft px-5 py-3">
        <Joined tillId={tillId} since={code.data ? code.data.expiresAt - LIFE_MS : null} />
        <Button
          size={32}
          kind={code.data ? 'plain' : 'primary'}
          disabled={tillId === '' || code.isPending}
          onClick={() => code.mutate({ tillId })}
        >
          {code.data ? <Trans>New code</Trans> : <Trans>Make a code</Trans>}
        </Button>
        {code.data && (
          <Button size={32} kind="primary" onClick={onClose}>
            <Trans>Done</Trans>
          </Button>
        )}
      </footer>
    </section>
  );
}

type Stores = NonNullable<ReturnType<typeof useStores>['data']>;
const freeTill = (store: Stores[number] | undefined) => store?.tills.find((till) => !till.enrolled);

function CodeShown({ code }: { readonly code: Code }) {
  const { t } = useLingui();
  const format = useFormat();
  const now = useNow(1_000);
  const [copied, setCopied] = useState(false);
  const left = Math.max(0, code.expiresAt - now);
  const text = code.code.length === 8 ? `${code.code.slice(0, 4)}-${code.code.slice(4)}` : code.code;
  const copy = async () => {
    await navigator.clipboard.writeText(text);
    setCopied(true);
  };
  return (
    <>
      <div className="grid grid-cols-[minmax(0,1fr)_148px] gap-6">
        <div className="grid content-start gap-2">
          <span className="text-12 text-muted">
            <Trans>
              At the till choose <b className="font-semibold text-ink">Join my HQ</b> and type
            </Trans>
          </span>
          <output
            aria-label={t`Enrolment code`}
            dir="ltr"
            className={`font-mono text-48 font-semibold tracking-wider whitespace-nowrap ${left === 0 ? 'text-faint line-through' : ''}`}
          >
            {text}
          </output>
          <span className="flex items-center gap-2 text-12 text-muted">
            <Trans>
              at{' '}
              <bdi dir="ltr" className="font-semibold text-ink">
                {location.host}
              </bdi>
            </Trans>
            <Button
              size={32}
              kind="quiet"
              className="!h-6 !px-2 !text-12"
              icon={copied ? <Check size={14} aria-hidden /> : <Copy size={14} aria-hidden />}
              onClick={() => void copy()}
            >
              {copied ? <Trans>Copied</Trans> : <Trans>Copy</Trans>}
            </Button>
          </span>
          <span className="flex items-center gap-2 text-12">
            <Clock size={14} aria-hidden className="text-muted" />
            {left === 0 ? (
              <Trans>This code has run out. Make a new one.</Trans>
            ) : (
              <TimeLeft text={format.duration(left)} />
            )}
          </span>
          <div className="h-2 overflow-hidden rounded-full bg-surface-3">
            <div className="h-full bg-brand" style={{ inlineSize: `${(100 * left) / LIFE_MS}%` }} />
          </div>
        </div>
        <div className="grid content-start justify-items-center gap-2">
          <div className="rounded-6 border border-line bg-on-dark p-3">
            <img
              alt={t`Square code with address, code and HQ’s fingerprint`}
              className="size-[120px]"
              src={`data:image/svg+xml,${encodeURIComponent(code.qrSvg)}`}
            />
          </div>
          <span className="text-12 text-muted">
            <Trans>or scan at the till</Trans>
          </span>
        </div>
      </div>
      <p className="truncate text-12 text-muted" title={code.fingerprint}>
        <Trans>
          Fingerprint of this HQ{' '}
          <bdi dir="ltr" className="font-mono">
            {code.fingerprint}
          </bdi>
        </Trans>
      </p>
      <p className="flex items-center gap-2 rounded-6 bg-surface-2 px-3 py-2 text-12 text-muted">
        <HardDrive size={14} aria-hidden className="flex-none" />
        <Trans>It can sell as soon as catalogue and stock are in, about 20 s. History follows.</Trans>
      </p>
    </>
  );
}

function TimeLeft({ text }: { readonly text: string }) {
  return (
    <span>
      <Trans>
        <b className="font-semibold">{text}</b> left · for one till, once
      </Trans>
    </span>
  );
}

/** Says when the till has joined: it was heard after the code was made. */
function Joined({ tillId, since }: { readonly tillId: string; readonly since: number | null }) {
  const stores = useStores().data ?? [];
  const found = stores
    .flatMap((store) => store.tills.map((till) => ({ store, till })))
    .find(({ till }) => till.tillId === tillId);
  if (since === null || !found) return <span className="me-auto" />;
  const code = tillCode(found.store, found.till);
  const joined = found.till.enrolled && (found.till.lastSeenAt ?? 0) > since;
  return (
    <span role="status" className={`me-auto text-12 ${joined ? 'font-semibold text-ok' : 'text-muted'}`}>
      {joined ? <Trans>{code} has joined</Trans> : <Trans>Waiting for the till…</Trans>}
    </span>
  );
}
