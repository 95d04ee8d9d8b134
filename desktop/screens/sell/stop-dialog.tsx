import { plural } from '@lingui/core/macro';
import { Trans, useLingui } from '@lingui/react/macro';
import { Check, Lock, Play } from 'lucide-react';
import { useRef } from 'react';
import { Badge } from '#shared/ui/badge.tsx';
import { Button } from '#shared/ui/button.tsx';
import { AlertDialog } from '#shared/ui/dialog.tsx';
import { daysBetween, isMonthEnd } from '#shared/ui/expiry.ts';
import { useFormat } from '#shared/ui/use-format.ts';
import { type Attempt, setDesk, useDesk } from '../desk.ts';
import { useCommands } from '../keys/command-keys.tsx';
import type { CartRefusal } from '../refusal.ts';
import { useToday } from '../use-today.ts';
import { useSelling } from './use-selling.ts';

type Stop = Extract<CartRefusal, { readonly code: 'BATCH_STOPPED' }>['data'];

/** A batch that nobody may sell: what and why, that nothing was added, and the batch to take instead. */
export function StopDialog() {
  const refused = useDesk((desk) => desk.refused);
  if (refused?.refusal.code !== 'BATCH_STOPPED') return null;
  return <OpenStop stop={refused.refusal.data} attempt={refused.attempt} />;
}

function OpenStop({ stop, attempt }: { readonly stop: Stop; readonly attempt: Attempt }) {
  const way = useRef<HTMLButtonElement>(null);
  const selling = useSelling();
  const words = useStopWords(stop);
  const { instead } = stop;
  const leave = () => setDesk({ refused: null });
  const take = () =>
    instead &&
    void selling.add({ packId: stop.packId, quantity: attempt.quantity, batchId: instead.batchId });
  useCommands({ back: leave }, true);
  return (
    <AlertDialog
      open
      title={words.title}
      detail={words.detail}
      initialFocus={way}
      onLeave={leave}
      footer={<span className="ms-auto">{words.law}</span>}
    >
      <div className="grid grid-cols-[1fr_40px_1fr] items-stretch">
        <div className="grid min-h-[116px] content-start justify-items-start gap-1.5 rounded-10 border border-line p-4">
          <span className="text-12 font-semibold text-muted">
            <Trans>In your hand</Trans>
          </span>
          <b className="text-20 font-semibold line-through decoration-stop decoration-2">
            <bdi dir="ltr">{stop.batch.code || '–'}</bdi>
          </b>
          <Badge tone="stop" icon={<Lock size={14} aria-hidden />}>
            {words.badge}
          </Badge>
        </div>
        <Play size={16} aria-hidden className="place-self-center text-muted rtl:-scale-x-100" />
        {instead ? <Instead instead={instead} /> : <NoOther />}
      </div>
      <div className="flex gap-3">
        <Button
          ref={instead ? undefined : way}
          size={72}
          keys="Esc"
          grow={!instead}
          className="min-w-[200px]"
          onClick={leave}
        >
          <Trans>Leave out</Trans>
        </Button>
        {instead && (
          <Button ref={way} kind="primary" size={72} keys="Enter" grow onClick={take}>
            <span className="truncate">
              <Trans>
                Take <bdi dir="ltr">{instead.code}</bdi>
              </Trans>
            </span>
          </Button>
        )}
      </div>
    </AlertDialog>
  );
}

function Instead({ instead }: { readonly instead: NonNullable<Stop['instead']> }) {
  const { t } = useLingui();
  const format = useFormat();
  const when = isMonthEnd(instead.expiresOn)
    ? format.expiryMonth(instead.expiresOn)
    : format.date(instead.expiresOn);
  return (
    <div className="grid min-h-[116px] content-start justify-items-start gap-1.5 rounded-10 border border-brand p-4 inset-ring inset-ring-brand">
      <span className="text-12 font-semibold text-muted">
        <Trans>Take this one instead</Trans>
      </span>
      <b className="text-20 font-semibold">
        <bdi dir="ltr">{instead.code}</bdi>
      </b>
      <Badge tone="ok" icon={<Check size={14} aria-hidden />}>
        {t`exp. ${when}`}
      </Badge>
      <span className="text-14 text-muted">
        <Trans>first to expire of what may be sold</Trans>
      </span>
    </div>
  );
}

function NoOther() {
  return (
    <p className="grid min-h-[116px] content-center rounded-10 border border-line bg-surface-2 p-4 text-14 text-muted">
      <Trans>No other batch of it may be sold today.</Trans>
    </p>
  );
}

function useStopWords({ batch, name, why }: Stop) {
  const { t } = useLingui();
  const format = useFormat();
  const today = useToday();
  const day = format.date(batch.expiresOn);
  const { code } = batch;
  const past = -daysBetween(today, batch.expiresOn);
  const detail = t`${name}. It was not added to the sale.`;
  switch (why) {
    case 'expired':
      return {
        title: code ? t`Batch ${code} expired on ${day}` : t`This pack expired on ${day}`,
        detail: t`${plural(past, { one: `${name}, # day past. It was not added to the sale.`, other: `${name}, # days past. It was not added to the sale.` })}`,
        badge: t`expired ${day}`,
        law: t`Expired stock cannot be sold by anyone, with any PIN.`,
      };
    case 'short-life':
      return {
        title: t`Batch ${code} expires too soon, on ${day}`,
        detail,
        badge: t`exp. ${day}`,
        law: t`This store sells nothing with so few days left.`,
      };
    case 'recalled':
      return {
        title: t`Batch ${code} is recalled`,
        detail,
        badge: t`recalled`,
        law: t`A recall holds until HQ lifts it. Put the pack aside.`,
      };
    case 'quarantined':
      return {
        title: t`Batch ${code} is in quarantine`,
        detail,
        badge: t`quarantine`,
        law: t`Who has the right can release it in the store’s stock.`,
      };
  }
}
