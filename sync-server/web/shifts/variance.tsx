import { useLingui } from '@lingui/react/macro';
import type { TenderKind } from '#shared/sales/tender-kinds.ts';
import { Money } from '#shared/ui/money.tsx';

/** What was counted less what should have been there; a shortage also has a word, not the colour alone. */
export function Variance({ minor }: { readonly minor: number }) {
  const { t } = useLingui();
  if (minor === 0) return <Money minor={0} className="text-muted" />;
  return (
    <span className={minor < 0 ? 'font-semibold text-stop' : 'font-semibold text-warn'}>
      <Money minor={minor} />
      <span className="sr-only"> {minor < 0 ? t`missing` : t`too much`}</span>
    </span>
  );
}

type ByTender = readonly { readonly kind: TenderKind; readonly amountMinor: number }[];

/** What one means of payment came to. */
export const amountOf = (by: ByTender, kind: TenderKind): number =>
  by.reduce((sum, of) => (of.kind === kind ? sum + of.amountMinor : sum), 0);
