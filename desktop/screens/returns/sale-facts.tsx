import { Trans, useLingui } from '@lingui/react/macro';
import { Check, CloudOff } from 'lucide-react';
import { type ReactNode, type RefObject, useId } from 'react';
import { returnReasons } from '#shared/sales/return-reason.ts';
import { Badge } from '#shared/ui/badge.tsx';
import { Field } from '#shared/ui/field.tsx';
import { Kbd } from '#shared/ui/kbd.tsx';
import { Money } from '#shared/ui/money.tsx';
import { Pane } from '#shared/ui/pane.tsx';
import { useReasonNames } from '#shared/ui/return-reasons.ts';
import { useFormat } from '#shared/ui/use-format.ts';
import { useLive } from '../live.ts';
import { useTenderNames } from '../pay/tender-names.ts';
import { WordsNote } from '../sell/words-note.tsx';
import { useTill } from '../till.ts';
import { RefundPart } from './refund-part.tsx';
import type { ReturnsDesk } from './use-returns.ts';
import { useReturnWords } from './words.ts';

/** The sale the goods are of, why they come back, and what was refused. */
export function SaleFacts({
  desk,
  reasonRef,
}: {
  readonly desk: ReturnsDesk;
  readonly reasonRef: RefObject<HTMLSelectElement | null>;
}) {
  const { t } = useLingui();
  const words = useReturnWords();
  const { open, refusal, refund, card } = desk;
  const settling = card.current !== null;
  const byCard = refund?.tenders.some(({ kind }) => kind === 'card' || kind === 'mobile') ?? false;
  return (
    <Pane
      title={open?.kind === 'sale' ? <bdi dir="ltr">{open.sale.receiptNo}</bdi> : t`Without a receipt`}
      actions={<Found desk={desk} />}
    >
      <div className="flex min-h-0 flex-1 flex-col gap-4 overflow-auto p-4">
        {refusal && !settling && <WordsNote {...words(refusal)} />}
        {open?.kind === 'sale' && <RefundPart refund={card} />}
        {open?.kind === 'sale' ? <Sold desk={desk} /> : <Blind />}
        <Reason desk={desk} reasonRef={reasonRef} />
        <Field
          label={t`Note`}
          autoComplete="off"
          maxLength={120}
          placeholder={t`Optional`}
          value={desk.note}
          onChange={(event) => desk.set({ note: event.target.value })}
        />
        {byCard && (
          <Field
            label={t`Slip of the refund`}
            autoComplete="off"
            maxLength={64}
            dir="ltr"
            placeholder={
              (refund?.terminalMinor ?? 0) > 0 ? t`Empty: the terminal gives it back` : t`Optional`
            }
            value={desk.reference}
            onChange={(event) => desk.set({ reference: event.target.value })}
          />
        )}
      </div>
      <AsOf />
    </Pane>
  );
}

function Found({ desk: { open } }: { readonly desk: ReturnsDesk }) {
  const { t } = useLingui();
  if (open?.kind !== 'sale') return null;
  return (
    <Badge tone="ok" icon={<Check size={14} aria-hidden />}>
      {open.sale.ownTill ? t`found on this till` : t`of another counter`}
    </Badge>
  );
}

function Sold({ desk: { open } }: { readonly desk: ReturnsDesk }) {
  const { t } = useLingui();
  const format = useFormat();
  const names = useTenderNames();
  if (open?.kind !== 'sale') return null;
  const { sale } = open;
  return (
    <dl className="grid grid-cols-[140px_minmax(0,1fr)] gap-y-2">
      <Fact name={t`Sold`}>
        {format.day(sale.at)} {format.time(sale.at)}
      </Fact>
      <Fact name={t`Where`}>
        <bdi>{sale.tillName}</bdi>, <bdi>{sale.cashierName}</bdi>
      </Fact>
      <Fact name={t`Total paid`}>
        <Money minor={sale.totalMinor} />
      </Fact>
      <Fact name={t`Tender`}>
        {sale.tenders
          .map(({ kind, reference }) => (reference ? `${names[kind]}, ${reference}` : names[kind]))
          .join(' · ')}
      </Fact>
      <Fact name={t`Returned before`}>
        {sale.returnedBefore.length === 0
          ? t`nothing`
          : sale.returnedBefore.map((made) => (
              <span key={made.returnNo} className="block">
                <Money minor={made.totalMinor} /> · {format.day(made.at)} · <bdi>{made.tillName}</bdi>
              </span>
            ))}
      </Fact>
    </dl>
  );
}

const Fact = ({ name, children }: { readonly name: string; readonly children: ReactNode }) => (
  <>
    <dt className="text-14 text-muted">{name}</dt>
    <dd className="font-semibold">{children}</dd>
  </>
);

const Blind = () => (
  <p className="text-muted">
    <Trans>
      Scan each box. It is given back at today’s price, up to the store’s limit; a box without a batch can
      only be destroyed.
    </Trans>
  </p>
);

function Reason({
  desk,
  reasonRef,
}: {
  readonly desk: ReturnsDesk;
  readonly reasonRef: RefObject<HTMLSelectElement | null>;
}) {
  const names = useReasonNames();
  const id = useId();
  return (
    <div className="grid gap-1">
      <label htmlFor={id} className="flex items-center gap-2 text-12 font-semibold text-muted">
        <Trans>Reason</Trans> <Kbd>Alt R</Kbd>
      </label>
      <select
        id={id}
        ref={reasonRef}
        value={desk.reason}
        onChange={(event) => {
          const reason = returnReasons.find((one) => one === event.target.value);
          if (reason) desk.set({ reason });
        }}
        className="h-target-44 rounded-6 border border-line-control bg-surface px-3"
      >
        {returnReasons.map((reason) => (
          <option key={reason} value={reason}>
            {names[reason]}
          </option>
        ))}
      </select>
    </div>
  );
}

/** Offline, what other counters took back since is not known here: said, and nothing is held up. */
function AsOf() {
  const format = useFormat();
  const sync = useLive(useTill().sync);
  if (!sync || sync.link === 'online') return null;
  const time = format.time(sync.lastPullAt ?? sync.since);
  return (
    <p className="flex flex-none items-center gap-3 border-t border-info-line bg-info-soft px-4 py-3 text-14 text-info">
      <CloudOff size={20} aria-hidden className="flex-none" />
      <span>
        <Trans>
          Returns at other counters are known as of {time}. A second refund would be flagged at HQ, not lost.
        </Trans>
      </span>
    </p>
  );
}
