import { Trans, useLingui } from '@lingui/react/macro';
import {
  ArrowLeftRight,
  Banknote,
  Check,
  CreditCard,
  NotebookPen,
  Save,
  Smartphone,
  Ticket,
} from 'lucide-react';
import { useEffect, useRef, useSyncExternalStore } from 'react';
import { Announce } from '#shared/ui/announce.tsx';
import { cx } from '#shared/ui/cx.ts';
import { formatFigure } from '#shared/ui/format.ts';
import { Kbd } from '#shared/ui/kbd.tsx';
import { LargeMoney, Money } from '#shared/ui/money.tsx';
import { Pane } from '#shared/ui/pane.tsx';
import { useFormat } from '#shared/ui/use-format.ts';
import type { StoreFacts } from '../store-facts.ts';
import { useTill } from '../till.ts';
import { CardPart } from './card-part.tsx';
import { PayNote } from './pay-note.tsx';
import { counterTenders, useTenderNames } from './tender-names.ts';
import type { PaymentDesk } from './use-payment.ts';

/** Means of payment, what is taken already, the amount being typed, and the change it makes. */
export function PayPane({
  desk,
  store,
  offers,
  onOffer,
  onTender,
}: {
  readonly desk: PaymentDesk;
  readonly store: StoreFacts;
  readonly offers: readonly number[];
  readonly onOffer: (which: number) => void;
  readonly onTender: (which: number) => void;
}) {
  const { t } = useLingui();
  const format = useFormat();
  const { kind } = desk.payment;
  return (
    <Pane
      title={t`Payment`}
      actions={
        <span className="flex items-center gap-2 text-muted">
          <Save size={16} aria-hidden /> <Trans>Sale kept on this till</Trans>
        </span>
      }
    >
      <div className="flex min-h-0 flex-1 flex-col gap-4 overflow-auto p-4">
        <TenderTiles kind={kind} onTender={onTender} />
        <Currencies desk={desk} onTender={onTender} />
        <Taken desk={desk} />
        {desk.cards.current ? (
          <CardPart attempt={desk.cards.current} cards={desk.cards} leftMinor={desk.leftMinor} />
        ) : (
          <>
            <ReferenceField desk={desk} />
            <AmountField desk={desk} store={store} />
          </>
        )}
        {offers.length > 0 && (
          <div className={cx('flex gap-2', desk.payment.text !== '' && 'low:hidden')}>
            {offers.map((minor, i) => (
              <button
                key={minor}
                type="button"
                tabIndex={-1}
                onClick={() => onOffer(i)}
                className="flex h-target-56 min-w-0 flex-1 items-center justify-center gap-2 rounded-6 border border-line-control bg-surface px-2 font-semibold hover:bg-surface-2"
              >
                <bdi dir="ltr" className="figure">
                  {formatFigure(minor, desk.foreign ?? format.currency, format.locale)}
                </bdi>
                <Kbd>{`Ctrl ${i + 1}`}</Kbd>
              </button>
            ))}
          </div>
        )}
        <PayNote desk={desk} />
        <Change desk={desk} />
      </div>
    </Pane>
  );
}

/** What is taken in cash beside the store's own currency, on the keys behind the means of payment. */
function Currencies({
  desk,
  onTender,
}: {
  readonly desk: PaymentDesk;
  readonly onTender: (which: number) => void;
}) {
  const { t } = useLingui();
  if (desk.currencies.length === 0) return null;
  return (
    <div className="flex flex-wrap gap-2">
      {desk.currencies.map(({ code: currency }, i) => (
        <button
          key={currency}
          type="button"
          tabIndex={-1}
          aria-pressed={desk.foreign?.code === currency}
          onClick={() => onTender(counterTenders.length + i)}
          className={cx(
            'flex h-11 items-center gap-2 rounded-10 border px-3 text-14 font-semibold',
            desk.foreign?.code === currency
              ? 'border-brand bg-brand-soft text-on-brand-soft inset-ring inset-ring-brand'
              : 'border-line-control bg-surface hover:bg-surface-2',
          )}
        >
          {t`Cash in ${currency}`}
          <Kbd>{`Alt ${counterTenders.length + 1 + i}`}</Kbd>
        </button>
      ))}
    </div>
  );
}

function TenderTiles({
  kind,
  onTender,
}: {
  readonly kind: string;
  readonly onTender: (which: number) => void;
}) {
  const names = useTenderNames();
  const icons = {
    cash: Banknote,
    card: CreditCard,
    mobile: Smartphone,
    account: NotebookPen,
    voucher: Ticket,
    exchange: ArrowLeftRight,
  } as const;
  return (
    <div className="grid grid-cols-5 gap-2 stacked:grid-cols-3">
      {counterTenders.map((one, i) => {
        const Icon = icons[one];
        return (
          <button
            key={one}
            type="button"
            tabIndex={-1}
            aria-pressed={one === kind}
            onClick={() => onTender(i)}
            className={cx(
              'grid h-[92px] content-center justify-items-center gap-1 rounded-10 border text-14 font-semibold low:h-target-56 low:grid-flow-col low:gap-3',
              one === kind
                ? 'border-brand bg-brand-soft text-on-brand-soft inset-ring inset-ring-brand'
                : 'border-line-control bg-surface hover:bg-surface-2',
            )}
          >
            <Icon size={20} strokeWidth={1.75} aria-hidden />
            {names[one]}
            <Kbd>{`Alt ${i + 1}`}</Kbd>
          </button>
        );
      })}
    </div>
  );
}

/** What was taken stands as a row; Del takes the last one back. */
function Taken({ desk }: { readonly desk: PaymentDesk }) {
  const names = useTenderNames();
  const { taken } = desk.payment;
  if (taken.length === 0) return null;
  return (
    <div className="grid gap-2">
      <h2 className="text-12 font-semibold text-faint">
        <Trans>Taken so far</Trans>
      </h2>
      {taken.map(({ kind, amountMinor }, i) => (
        <p
          // biome-ignore lint/suspicious/noArrayIndexKey: two notes of cash are two rows alike
          key={i}
          className="flex h-12 items-center gap-3 rounded-6 border border-line px-3"
        >
          <span className="grid size-7 place-items-center rounded-full bg-ok-soft text-ok">
            <Check size={16} aria-hidden />
          </span>
          <b className="flex-1 font-semibold">{names[kind]}</b>
          <Money minor={amountMinor} className="text-20 font-semibold" />
          {i === taken.length - 1 && <Kbd>Del</Kbd>}
        </p>
      ))}
    </div>
  );
}

/** The number of a slip, where somebody wants to keep it; the code of a voucher. */
function ReferenceField({ desk }: { readonly desk: PaymentDesk }) {
  const { t } = useLingui();
  const field = useRef<HTMLInputElement>(null);
  const { kind, reference, asked, refusal, text } = desk.payment;
  const code = kind === 'voucher';
  const byHand = kind === 'card' && desk.cards.terminal !== null;
  // biome-ignore lint/correctness/useExhaustiveDependencies: a voucher begins with its code
  useEffect(() => {
    if (code && text === '') field.current?.focus();
  }, [code, asked, refusal]);
  if (!code && kind !== 'card' && kind !== 'mobile') return null;
  return (
    <label className="grid gap-1 text-12 font-semibold text-faint">
      {code
        ? t`Code of the voucher`
        : byHand
          ? t`Number of the slip, if the terminal was used by hand`
          : t`Number of the slip (may be left out)`}
      <input
        ref={field}
        value={reference}
        autoComplete="off"
        dir="ltr"
        maxLength={64}
        readOnly={asked !== null}
        onChange={(event) => desk.refer(event.target.value)}
        onKeyDown={(event) => {
          if (event.key === 'Enter' && !event.repeat) desk.enter();
        }}
        className="h-11 rounded-10 border border-line-control bg-surface px-3 text-16 text-ink"
      />
    </label>
  );
}

function AmountField({ desk, store }: { readonly desk: PaymentDesk; readonly store: StoreFacts }) {
  const { t } = useLingui();
  const format = useFormat();
  const field = useRef<HTMLInputElement>(null);
  const { text, kind, asked, refusal, taken } = desk.payment;
  const { foreign } = desk;
  const worth = format.money(foreign?.worthMinor ?? 0);
  // biome-ignore lint/correctness/useExhaustiveDependencies: whatever was chosen, typing goes here again
  useEffect(() => {
    if (kind !== 'voucher') field.current?.focus();
  }, [kind, foreign?.code, asked, refusal]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: each part taken is a row more above it
  useEffect(() => {
    if (taken.length > 0) field.current?.closest('label')?.scrollIntoView({ block: 'nearest' });
  }, [taken.length, kind]);
  const label = {
    cash: t`Cash received`,
    card: t`By card, on its terminal`,
    mobile: t`By mobile, on its terminal`,
    account: t`On the customer’s account`,
    voucher: t`From the voucher; nothing typed takes what is left of it`,
    exchange: '',
  };
  return (
    <label className="grid grid-cols-[minmax(0,1fr)] gap-2">
      <span className="text-12 font-semibold text-faint">
        {foreign ? t`Cash received in another currency, worth ${worth}` : label[kind]}
      </span>
      <span className="flex h-target-72 items-center gap-3 rounded-10 border border-line-control bg-surface px-4 focus-within:border-transparent focus-within:outline-3 focus-within:outline-offset-1 focus-within:outline-focus low:h-target-56">
        <bdi className="text-28 text-muted">{foreign?.code ?? store.currency}</bdi>
        <input
          ref={field}
          inputMode="decimal"
          autoComplete="off"
          data-gives-keys=""
          dir="ltr"
          maxLength={16}
          placeholder={
            foreign
              ? formatFigure(foreign.neededMinor, foreign, format.locale)
              : format.figure(desk.leftMinor)
          }
          value={text}
          readOnly={asked !== null}
          onChange={(event) => desk.give(event.target.value)}
          onKeyDown={(event) => {
            if (event.key === 'Enter' && !event.repeat) desk.enter();
          }}
          className="figure h-full min-w-0 flex-1 bg-transparent text-48 font-semibold outline-none low:text-28"
        />
      </span>
    </label>
  );
}

/** Shown before Enter, so that the hand is in the drawer already. */
function Change({ desk: { step, payment } }: { readonly desk: PaymentDesk }) {
  const { t } = useLingui();
  const format = useFormat();
  const { connection } = useTill();
  const lost = useSyncExternalStore(connection.subscribe, connection.get) === 'lost';
  const change = step.do === 'pay' ? step.changeMinor : 0;
  const box = useRef<HTMLDivElement>(null);
  const due = change > 0;
  useEffect(() => {
    if (due) box.current?.scrollIntoView({ block: 'nearest' });
  }, [due]);
  if (payment.asked && lost) return null;
  const amount = format.money(change);
  return (
    <>
      {due && (
        <div
          ref={box}
          className="mt-auto flex items-center justify-between rounded-10 bg-brand-soft px-4 py-3 text-on-brand-soft low:py-1 low:[&_*]:text-28"
        >
          <b className="font-semibold">
            <Trans>Change</Trans>
          </b>
          <LargeMoney minor={change} size={48} />
        </div>
      )}
      <Announce words={due ? t`Change ${amount}` : ''} />
    </>
  );
}
