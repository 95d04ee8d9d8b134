import { Trans, useLingui } from '@lingui/react/macro';
import { Check } from 'lucide-react';
import { useEffect, useRef } from 'react';
import type { MadeReturnView } from '#shared/sales/calls-returns.ts';
import { Button } from '#shared/ui/button.tsx';
import { LargeMoney, Money } from '#shared/ui/money.tsx';
import { Pane } from '#shared/ui/pane.tsx';
import { useTenderNames } from '../pay/tender-names.ts';

/** Made, and on disk: what to hand over, by which means. Enter begins the next sale, F5 prints it again. */
export function GivenBack({ made, onNext }: { readonly made: MadeReturnView; readonly onNext: () => void }) {
  const { t } = useLingui();
  const names = useTenderNames();
  const next = useRef<HTMLButtonElement>(null);
  useEffect(() => next.current?.focus(), []);
  return (
    <Pane
      title={made.kind === 'void' ? t`Sale voided` : t`Goods taken back`}
      aside={<bdi dir="ltr">{made.returnNo}</bdi>}
    >
      <div
        role="status"
        className="grid flex-1 place-content-center justify-items-center gap-4 p-4 text-center"
      >
        <span className="grid size-14 place-items-center rounded-full bg-ok-soft text-ok">
          <Check size={32} aria-hidden />
        </span>
        <p className="font-semibold text-muted">{t`Give back`}</p>
        <LargeMoney minor={made.totalMinor + made.cashRoundingMinor} />
        {made.tenders.map(({ kind, amountMinor }, i) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a card's part may be given back in two
          <p key={i} className="text-20">
            {names[kind]} <Money minor={amountMinor} className="font-semibold" />
          </p>
        ))}
        {made.cancelled.map((code) => (
          <p key={code} className="text-muted">
            <Trans>
              Take in the gift card <bdi dir="ltr">{code}</bdi>: it pays nothing any more
            </Trans>
          </p>
        ))}
        {made.kind === 'blind' && made.tenders.some(({ kind }) => kind === 'voucher') && (
          <p className="text-muted">
            <Trans>
              The voucher’s code is <bdi dir="ltr">{made.returnNo}</bdi>
            </Trans>
          </p>
        )}
      </div>
      <div className="flex flex-none p-4">
        <Button ref={next} kind="primary" size={72} grow keys="Enter" onClick={onNext}>
          <Trans>Next sale</Trans>
        </Button>
      </div>
    </Pane>
  );
}
