import { useLingui } from '@lingui/react/macro';
import { useQuery } from '@tanstack/react-query';
import { TriangleAlert } from 'lucide-react';
import { useFormat } from '#shared/ui/use-format.ts';
import { type Hq, hqQuery } from '../hq.ts';
import { useNow } from '../parts/now.ts';

type Gaps = Hq['sales']['shiftGaps'];

/** Numbers that no Z-report has come for, and shifts that somebody forgot to close. Nothing where all is well. */
export function ShiftGaps() {
  const { t } = useLingui();
  const gaps = useQuery(hqQuery.sales.shiftGaps.queryOptions({ refetchInterval: 60_000 }));
  const now = useNow(60_000);
  if (!gaps.data || gaps.data.missing.length + gaps.data.openLong.length === 0) return null;
  return (
    <section
      aria-label={t`To look into`}
      className="flex max-h-40 flex-none gap-3 overflow-auto rounded-10 border border-warn-line bg-warn-soft px-4 py-3 text-warn"
    >
      <TriangleAlert size={18} aria-hidden className="mt-0.5 flex-none" />
      <ul className="m-0 grid list-none gap-1 p-0">
        {gaps.data.missing.map((gap) => (
          <Missing key={`${gap.zSeries} ${gap.fromN}`} gap={gap} />
        ))}
        {gaps.data.openLong.map((shift) => (
          <OpenLong key={shift.shiftId} shift={shift} now={now} />
        ))}
      </ul>
    </section>
  );
}

function Missing({ gap }: { readonly gap: Gaps['missing'][number] }) {
  const { t } = useLingui();
  const [first, last] = [gap.fromN, gap.toN].map((n) => `${gap.zSeries}-${String(n).padStart(6, '0')}`);
  const place = [gap.storeName, gap.tillName].filter(Boolean).join(' · ');
  return (
    <li>
      <bdi>{place}</bdi>
      {': '}
      {gap.fromN === gap.toN
        ? t`Z-report ${first} has not come, though later ones have. The till still has it, or has lost it.`
        : t`Z-reports ${first} to ${last} have not come, though later ones have. The till still has them, or has lost them.`}
    </li>
  );
}

function OpenLong({ shift, now }: { readonly shift: Gaps['openLong'][number]; readonly now: number }) {
  const { t } = useLingui();
  const format = useFormat();
  const place = [shift.storeName, shift.tillName].filter(Boolean).join(' · ');
  const since = `${format.day(shift.at)} ${format.time(shift.at)}`;
  const by = shift.openedBy || '–';
  const long = format.duration(now - shift.at);
  return (
    <li>
      <bdi>{place}</bdi>
      {': '}
      {t`a shift is open since ${since} (${long}), opened by ${by}.`}
    </li>
  );
}
