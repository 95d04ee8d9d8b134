import { useLingui } from '@lingui/react/macro';
import { useState } from 'react';
import type { LoyaltyTerms } from '#shared/sales/loyalty.ts';
import { Choice } from '../discount/choice.tsx';
import { MoneyField } from './value-fields.tsx';

/** Whether there are points, for how much money one is given, and what it is worth. */
export function LoyaltyEditor({
  terms,
  digits,
  onTerms,
}: {
  readonly terms: LoyaltyTerms;
  readonly digits: number;
  /** Null while one of the amounts is none. */
  readonly onTerms: (terms: LoyaltyTerms | null) => void;
}) {
  const { t } = useLingui();
  const [enabled, setEnabled] = useState(terms.enabled);
  const [perMinor, setPerMinor] = useState<number | null>(terms.perMinor);
  const [valueMinor, setValueMinor] = useState<number | null>(terms.valueMinor);
  const tell = (next: Partial<Record<'perMinor' | 'valueMinor', number | null>> & { enabled?: boolean }) => {
    const now = { enabled, perMinor, valueMinor, ...next };
    onTerms(
      now.perMinor === null || now.valueMinor === null
        ? null
        : { enabled: now.enabled, perMinor: now.perMinor, valueMinor: now.valueMinor },
    );
  };
  return (
    <>
      <Choice
        label={t`Loyalty points`}
        options={[t`off`, t`on`]}
        chosen={enabled ? 1 : 0}
        onChoose={(which) => {
          setEnabled(which === 1);
          tell({ enabled: which === 1 });
        }}
      />
      <MoneyField
        label={t`One point for every`}
        value={perMinor}
        digits={digits}
        least={1}
        most={1_000_000_000}
        onValue={(value) => {
          setPerMinor(value);
          tell({ perMinor: value });
        }}
      />
      <MoneyField
        label={t`A point takes off`}
        value={valueMinor}
        digits={digits}
        least={1}
        most={1_000_000}
        onValue={(value) => {
          setValueMinor(value);
          tell({ valueMinor: value });
        }}
      />
    </>
  );
}
