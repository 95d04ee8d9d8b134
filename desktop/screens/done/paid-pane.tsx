import { Trans, useLingui } from '@lingui/react/macro';
import { Check } from 'lucide-react';
import { useEffect, useRef } from 'react';
import { Announce } from '#shared/ui/announce.tsx';
import { Keys } from '#shared/ui/kbd.tsx';
import { LargeMoney, Money } from '#shared/ui/money.tsx';
import { useFormat } from '#shared/ui/use-format.ts';
import type { Paid } from '../desk.ts';
import { useTenderNames } from '../pay/tender-names.ts';
import { useGivenBeside } from '../returns/exchange.ts';

/** The change due, the largest thing there is; how it was paid; the way to the next sale. */
export function PaidPane({ paid, onNext }: { readonly paid: Paid; readonly onNext: () => void }) {
  const { t } = useLingui();
  const format = useFormat();
  const names = useTenderNames();
  const next = useRef<HTMLButtonElement>(null);
  useEffect(() => next.current?.focus(), []);
  const { changeMinor, cashRoundingMinor } = paid;
  const hasCash = paid.tenders.some(({ kind }) => kind === 'cash');
  const beside = useGivenBeside(paid);
  const besideMinor = beside.reduce((sum, { amountMinor }) => sum + amountMinor, 0);
  const large = besideMinor > 0 ? besideMinor + changeMinor : hasCash ? changeMinor : paid.totalMinor;
  const label = besideMinor > 0 ? t`Give back` : hasCash ? t`Change due` : t`Paid in full`;
  const amount = format.money(large);
  return (
    <section
      aria-label={label}
      className="flex min-h-0 min-w-0 flex-col justify-between gap-4 overflow-hidden rounded-10 bg-brand p-6 text-on-brand low:gap-1 low:p-4"
    >
      <header className="flex items-center gap-3">
        <span className="grid size-8 place-items-center rounded-full bg-on-brand text-brand">
          <Check size={20} aria-hidden />
        </span>
        <h1 className="text-20 font-semibold">
          <Trans>Paid</Trans>
        </h1>
        <bdi dir="ltr" className="ms-auto text-14">
          {paid.receiptNo}
        </bdi>
      </header>
      <div className="text-start">
        <p className="text-20 font-semibold">{label}</p>
        <div className="done-figure">
          <LargeMoney minor={large} size={112} />
        </div>
      </div>
      <div className="grid gap-6">
        <table className="w-full border-spacing-0 text-16 leading-[28px] low:hidden">
          <tbody>
            <Row name={t`Total`} minor={paid.totalMinor} />
            {cashRoundingMinor !== 0 && <Row name={t`Rounding`} minor={cashRoundingMinor} />}
            {paid.tenders.map(({ kind, amountMinor }, i) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: two tenders may be alike
              <Row key={i} name={names[kind]} minor={amountMinor} />
            ))}
            {beside.map(({ kind, amountMinor }) => (
              <Row key={kind} name={`${t`Give back`} · ${names[kind]}`} minor={-amountMinor} />
            ))}
          </tbody>
        </table>
        <button
          ref={next}
          type="button"
          onClick={onNext}
          className="flex h-target-72 flex-none low:h-target-56 items-center justify-center gap-3 rounded-10 bg-on-brand text-28 font-semibold tracking-tight text-brand focus-visible:outline-3 focus-visible:outline-offset-3 focus-visible:outline-on-brand"
        >
          <Trans>Next sale</Trans> <Keys keys="Enter" onFill large />
        </button>
      </div>
      <Announce words={`${label} ${amount}`} />
    </section>
  );
}

function Row({ name, minor }: { readonly name: string; readonly minor: number }) {
  return (
    <tr>
      <td className="w-full">{name}</td>
      <td className="figure font-semibold">
        <Money minor={minor} />
      </td>
    </tr>
  );
}
