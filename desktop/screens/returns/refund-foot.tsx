import { Trans, useLingui } from '@lingui/react/macro';
import { Announce } from '#shared/ui/announce.tsx';
import { Button } from '#shared/ui/button.tsx';
import { LargeMoney, Money } from '#shared/ui/money.tsx';
import { useFormat } from '#shared/ui/use-format.ts';
import { useTenderNames } from '../pay/tender-names.ts';
import { TotalBand } from '../sell/total-band.tsx';
import type { ReturnsDesk } from './use-returns.ts';

/** Tax given back, the refund and the means it goes back by; Esc and F9. */
export function RefundFoot({
  desk,
  onBack,
  onGive,
}: {
  readonly desk: ReturnsDesk;
  readonly onBack: () => void;
  readonly onGive: () => void;
}) {
  const { t } = useLingui();
  const format = useFormat();
  const names = useTenderNames();
  const { refund } = desk;
  const parts = refund?.tenders ?? [];
  const [only] = parts;
  const handedMinor = (refund?.totalMinor ?? 0) + (refund?.cashRoundingMinor ?? 0);
  const name = only ? names[only.kind] : '';
  const split = parts
    .map(({ kind, amountMinor }) => `${names[kind]} ${format.money(amountMinor)}`)
    .join(' · ');
  const amount = format.money(handedMinor);
  return (
    <>
      <TotalBand
        figures={<Taxes refund={refund} />}
        label={parts.length > 1 ? split : parts.length === 1 ? t`Refund by: ${name}` : t`Refund`}
        large={<LargeMoney minor={handedMinor} />}
        actions={
          <>
            <Button size={72} keys="Esc" tabIndex={-1} className="low:h-target-56" onClick={onBack}>
              <Trans>Back</Trans>
            </Button>
            <Button
              kind="primary"
              size={72}
              grow
              keys="F9"
              tabIndex={-1}
              className="low:h-target-56 low:text-20"
              disabled={refund === null || desk.card.current !== null}
              onClick={onGive}
            >
              <Trans comment="gives the money back">Refund</Trans>
            </Button>
          </>
        }
      />
      <Announce words={refund ? t`Refund ${amount}` : ''} />
    </>
  );
}

function Taxes({ refund }: { readonly refund: ReturnsDesk['refund'] }) {
  const { t } = useLingui();
  const format = useFormat();
  if (!refund || refund.taxes.length === 0) return null;
  return (
    <table className="text-14">
      <thead className="text-12 text-muted">
        <tr>
          <th className="pe-4 text-start font-semibold">{t`Rate`}</th>
          <th className="pe-4 text-end font-semibold">{t`Net`}</th>
          <th className="text-end font-semibold">{t`Tax`}</th>
        </tr>
      </thead>
      <tbody>
        {refund.taxes.map(({ taxPct3, baseMinor, taxMinor }) => (
          <tr key={taxPct3.join('+')}>
            <td className="pe-4">
              <bdi dir="ltr">{taxPct3.map(format.rate).join(' + ')}</bdi>
            </td>
            <td className="pe-4 text-end">
              <Money minor={-baseMinor} />
            </td>
            <td className="text-end">
              <Money minor={-taxMinor} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
