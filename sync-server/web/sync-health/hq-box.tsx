import { Trans, useLingui } from '@lingui/react/macro';
import { Check, TriangleAlert } from 'lucide-react';
import type { ReactNode } from 'react';
import { Chip } from '#shared/ui/chip.tsx';
import { Card } from '#shared/ui/pane.tsx';
import { useFormat } from '#shared/ui/use-format.ts';
import type { Hq } from '../hq.ts';
import { useTaken } from './taken-chart.tsx';
import { useScopeName } from './words.ts';

type Figures = Hq['auth']['syncHealth'];

/** HQ's own figures, and whether the tills' logs are its log. */
export function HqBox({ figures }: { readonly figures: Figures }) {
  const { t } = useLingui();
  const format = useFormat();
  const scopeName = useScopeName();
  const taken = useTaken().data;
  const given = figures.scopes.reduce((sum, { seq }) => sum + seq, 0);
  return (
    <Card
      title={t`HQ`}
      actions={
        <Chip small tone="ok" icon={<Check size={14} aria-hidden />}>
          <Trans>Taking changes</Trans>
        </Chip>
      }
    >
      <dl className="m-0 grid gap-1.5 px-4 pb-3">
        <Figure label={t`Numbers given`}>{format.count(given)}</Figure>
        <Figure label={t`Taken in the last hour`}>
          {taken === undefined ? '–' : format.count(taken.lastHour)}
        </Figure>
        <Figure label={t`Digests equal`}>
          <Digests digests={figures.digests} />
        </Figure>
      </dl>
      <details className="border-t border-line-soft px-4 py-2 text-12">
        <summary className="cursor-pointer text-muted">{t`Last number by scope`}</summary>
        <dl className="m-0 grid max-h-40 gap-1 overflow-auto pt-2">
          {figures.scopes.map(({ scope, seq }) => (
            <Figure key={scope} label={scopeName(scope)}>
              {format.count(seq)}
            </Figure>
          ))}
        </dl>
      </details>
    </Card>
  );
}

function Digests({ digests: { heard, equal, differing } }: { readonly digests: Figures['digests'] }) {
  const { t } = useLingui();
  const format = useFormat();
  if (heard === 0) return <span className="font-normal text-muted">{t`none heard yet`}</span>;
  const [same, all] = [format.count(equal), format.count(heard)];
  const Icon = equal === heard ? Check : TriangleAlert;
  return (
    <span className={`inline-flex items-center gap-1.5 ${equal === heard ? 'text-ok' : 'text-warn'}`}>
      <Icon size={14} aria-hidden />
      <span title={differing.join(', ')}>{t`${same} of ${all} heard from`}</span>
    </span>
  );
}

function Figure({ label, children }: { readonly label: string; readonly children: ReactNode }) {
  return (
    <div className="flex items-baseline gap-3">
      <dt className="truncate text-muted">{label}</dt>
      <dd className="m-0 ms-auto font-semibold tabular-nums">{children}</dd>
    </div>
  );
}
