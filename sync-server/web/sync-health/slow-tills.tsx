import { plural } from '@lingui/core/macro';
import { useLingui } from '@lingui/react/macro';
import type { ReactNode } from 'react';
import type { TillRow } from '#shared/auth/calls-hq.ts';
import { Card } from '#shared/ui/pane.tsx';
import { useFormat } from '#shared/ui/use-format.ts';
import { SKEW_SHOWN_MS, useClockWords } from '../parts/clock-words.ts';
import { useNow } from '../parts/now.ts';
import { tillCode, useStores } from '../parts/stores.ts';
import { Fine } from './fine.tsx';

const MOST = 6;

type Standing = 'offline' | 'lagging' | 'skewed';
type Slow = {
  readonly code: string;
  readonly till: TillRow;
  readonly standing: Standing;
  readonly ageMs: number;
};

/** The tills HQ lacks most of, by the age of the oldest change it does not have; then those with a wrong clock. */
export function SlowTills() {
  const { t } = useLingui();
  const now = useNow(10_000);
  const stores = useStores().data ?? [];
  const tills = stores.flatMap((store) =>
    store.tills.filter((till) => till.enrolled).map((till) => ({ code: tillCode(store, till), till })),
  );
  const slow = tills.flatMap((one) => slowOf(one, now)).toSorted(bySlowness);
  const longest = Math.max(1, ...slow.map(({ ageMs }) => ageMs));
  const others = tills.length - Math.min(slow.length, MOST);
  return (
    <Card
      title={t`Slowest tills`}
      aside={t`time since the oldest change HQ does not have`}
      actions={
        <span className="text-12 text-muted">{t`${plural(others, { one: '# other is current', other: '# others are current' })}`}</span>
      }
    >
      {slow.length === 0 ? (
        <Fine>{t`Every till that is enrolled has sent what it has.`}</Fine>
      ) : (
        <ul className="m-0 grid list-none gap-0 px-4 pt-0 pb-2.5">
          {slow.slice(0, MOST).map((one) => (
            <li
              key={one.till.tillId}
              className="grid h-[29px] grid-cols-[72px_minmax(60px,1fr)_minmax(0,300px)] items-center gap-3"
            >
              <bdi dir="ltr" className="font-medium">
                {one.code}
              </bdi>
              <span aria-hidden className="h-2.5 overflow-hidden rounded-[2px] bg-surface-2">
                <span
                  className={`block h-full ${bars[one.standing]}`}
                  style={{ inlineSize: `${Math.max(1, (one.ageMs / longest) * 100)}%` }}
                />
              </span>
              <SlowWords slow={one} now={now} />
            </li>
          ))}
        </ul>
      )}
    </Card>
  );
}

function slowOf({ code, till }: Pick<Slow, 'code' | 'till'>, now: number): Slow[] {
  const { lag, lastSeenAt, oldestAt, skewMs } = till;
  if (lag === 'offline') return [{ code, till, standing: 'offline', ageMs: now - (lastSeenAt ?? now) }];
  if (lag === 'lagging') return [{ code, till, standing: 'lagging', ageMs: now - (oldestAt ?? now) }];
  const skewed = lag === 'current' && skewMs !== null && Math.abs(skewMs) > SKEW_SHOWN_MS;
  return skewed ? [{ code, till, standing: 'skewed', ageMs: 0 }] : [];
}

const order = { offline: 0, lagging: 1, skewed: 2 } as const;
const bySlowness = (a: Slow, b: Slow) => order[a.standing] - order[b.standing] || b.ageMs - a.ageMs;
const bars = { offline: 'bg-stop opacity-55', lagging: 'bg-warn', skewed: 'bg-info' } as const;

function SlowWords({ slow: { till, standing, ageMs }, now }: { readonly slow: Slow; readonly now: number }) {
  const { t } = useLingui();
  const format = useFormat();
  const clock = useClockWords();
  const at = (ms: number) =>
    format.day(ms) === format.day(now) ? format.time(ms) : `${format.day(ms)} ${format.time(ms)}`;
  if (standing === 'offline') {
    const since = till.lastSeenAt === null ? '–' : at(till.lastSeenAt);
    return (
      <Words tone="text-stop" strong={t`not heard from since ${since}`}>
        {t`unsent not known`}
      </Words>
    );
  }
  if (standing === 'skewed') return <Words tone="text-info" strong={clock(till.skewMs ?? 0)} />;
  const waiting = format.count(till.waiting ?? 0);
  const oldest = till.oldestAt === null ? '–' : at(till.oldestAt);
  return (
    <Words tone="text-warn" strong={format.duration(ageMs)}>
      {t`${waiting} changesets, oldest ${oldest}`}
    </Words>
  );
}

function Words({
  tone,
  strong,
  children,
}: {
  readonly tone: string;
  readonly strong: string;
  readonly children?: ReactNode;
}) {
  return (
    <span className="truncate text-12">
      <b className={`font-semibold ${tone}`}>{strong}</b> <span className="text-muted">{children}</span>
    </span>
  );
}
