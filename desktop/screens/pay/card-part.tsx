import { Trans, useLingui } from '@lingui/react/macro';
import { CircleHelp, CreditCard } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import type { CardAttemptView } from '#shared/sales/calls-cards.ts';
import { Button } from '#shared/ui/button.tsx';
import { useFormat } from '#shared/ui/use-format.ts';
import type { CardTerminalDesk } from './use-card-terminal.ts';

/**
 * What stands between this payment and another charge: the terminal is being asked, did not answer, or took money that no
 * sale has. Enter goes on, Ctrl+Del says that nothing was charged.
 */
export function CardPart({
  attempt,
  cards,
  leftMinor,
}: {
  readonly attempt: CardAttemptView;
  readonly cards: CardTerminalDesk;
  readonly leftMinor: number;
}) {
  if (cards.waiting || attempt.state === 'asking') return <Asking attempt={attempt} />;
  if (attempt.state === 'unknown') return <Unknown key={attempt.attemptId} {...{ attempt, cards }} />;
  return <Approved {...{ attempt, cards, leftMinor }} />;
}

/** The terminal is being asked; nothing else can be done meanwhile. */
export function Asking({
  attempt: { kind, amountMinor },
}: {
  readonly attempt: Pick<CardAttemptView, 'kind' | 'amountMinor'>;
}) {
  const amount = useFormat().money(amountMinor);
  return (
    <div
      role="status"
      className="flex items-center gap-4 rounded-10 border border-info-line bg-info-soft p-4 text-info"
    >
      <CreditCard size={28} aria-hidden className="flex-none" />
      <span className="text-ink">
        <b className="block text-20 font-semibold">
          {kind === 'charge' ? (
            <Trans>The terminal is asked for {amount}</Trans>
          ) : (
            <Trans>The terminal is asked to give {amount} back</Trans>
          )}
        </b>
        <span className="text-14 text-muted">
          <Trans>The till waits for its answer. It is done once, however long that takes.</Trans>
        </span>
      </span>
    </div>
  );
}

/** Nobody knows but the slip: the terminal is asked again, or a person says. */
export function Unknown({
  attempt,
  cards,
}: {
  readonly attempt: CardAttemptView;
  readonly cards: Pick<CardTerminalDesk, 'ask' | 'settle'>;
}) {
  const { t } = useLingui();
  const format = useFormat();
  const field = useRef<HTMLInputElement>(null);
  const [slip, setSlip] = useState('');
  const charge = attempt.kind === 'charge';
  const amount = format.money(attempt.amountMinor);
  const time = format.time(attempt.at);
  const number = slip.trim();
  const none = () => void cards.settle(attempt, 'not-charged', '');
  const enter = () => void (number === '' ? cards.ask(attempt) : cards.settle(attempt, 'approved', number));
  useEffect(() => field.current?.focus(), []);
  return (
    <Part
      title={t`The terminal did not answer: look at its slip`}
      next={
        charge
          ? t`Whether ${amount} of ${time} was charged is not known. It is not charged again until that is settled.`
          : t`Whether ${amount} of ${time} was given back is not known. It is not given back again until that is settled.`
      }
      onNone={none}
    >
      {attempt.receiptNo !== null && (
        <p className="text-14 text-ink">
          <Trans>
            For goods of receipt <bdi dir="ltr">{attempt.receiptNo}</bdi>. Their return is written once the
            money is back with the customer.
          </Trans>
        </p>
      )}
      <label className="grid gap-1 text-12 font-semibold text-faint">
        <Trans>Number on the slip, if it was approved</Trans>
        <input
          ref={field}
          value={slip}
          autoComplete="off"
          dir="ltr"
          maxLength={64}
          onChange={(event) => setSlip(event.target.value)}
          onKeyDown={(event) => {
            if (event.key === 'Enter' && !event.repeat) enter();
          }}
          className="h-11 rounded-10 border border-line-control bg-surface px-3 text-16 text-ink"
        />
      </label>
      <div className="flex flex-wrap gap-2">
        <Button kind="primary" size={56} grow keys="Enter" tabIndex={-1} onClick={enter}>
          {number === '' ? t`Ask the terminal again` : charge ? t`It was approved` : t`It was given back`}
        </Button>
        <Button size={56} grow keys="Ctrl+Del" tabIndex={-1} onClick={none}>
          {charge ? t`Not charged` : t`Not given back`}
        </Button>
      </div>
    </Part>
  );
}

/** Money that is there, because the till ended between the approval and the sale. */
function Approved({
  attempt,
  cards,
  leftMinor,
}: {
  readonly attempt: CardAttemptView;
  readonly cards: CardTerminalDesk;
  readonly leftMinor: number;
}) {
  const { t } = useLingui();
  const format = useFormat();
  const field = useRef<HTMLButtonElement>(null);
  const amount = format.money(attempt.amountMinor);
  const time = format.time(attempt.at);
  const slip = attempt.reference ?? '';
  const fits = attempt.amountMinor <= leftMinor;
  const giveBack = () => void cards.giveBack(attempt);
  useEffect(() => field.current?.focus(), []);
  return (
    <Part
      title={t`${amount} was taken by card already`}
      next={
        fits
          ? t`Approved at ${time}, slip ${slip}, and no sale has it. Use it for this sale, or give it back.`
          : t`Approved at ${time}, slip ${slip}, and no sale has it. It is more than is left here: give it back.`
      }
      onNone={giveBack}
    >
      <div className="flex flex-wrap gap-2">
        {fits && (
          <Button ref={field} kind="primary" size={56} grow keys="Enter" onClick={() => cards.use(attempt)}>
            <Trans>Use it for this sale</Trans>
          </Button>
        )}
        <Button ref={fits ? undefined : field} size={56} grow keys="Ctrl+Del" onClick={giveBack}>
          <Trans>Give it back</Trans>
        </Button>
      </div>
    </Part>
  );
}

function Part({
  title,
  next,
  onNone,
  children,
}: {
  readonly title: string;
  readonly next: string;
  readonly onNone: () => void;
  readonly children: React.ReactNode;
}) {
  return (
    <section
      aria-label={title}
      onKeyDown={(event) => {
        if (event.key !== 'Delete' || !event.ctrlKey || event.repeat) return;
        event.preventDefault();
        onNone();
      }}
      className="grid grid-cols-[minmax(0,1fr)] gap-4 rounded-10 border border-warn-line bg-warn-soft p-4 text-warn"
    >
      <p role="alert" className="flex gap-3">
        <CircleHelp size={28} aria-hidden className="flex-none" />
        <span className="text-ink">
          <b className="block text-20 font-semibold">{title}</b>
          <span className="text-14 text-muted">{next}</span>
        </span>
      </p>
      {children}
    </section>
  );
}
