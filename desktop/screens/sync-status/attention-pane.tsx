import { plural } from '@lingui/core/macro';
import { Trans, useLingui } from '@lingui/react/macro';
import { CircleCheck } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import type { RefusedChange, SyncReport, SyncState } from '#shared/auth/calls.ts';
import { Badge } from '#shared/ui/badge.tsx';
import { Button } from '#shared/ui/button.tsx';
import { Keys } from '#shared/ui/kbd.tsx';
import { Pane } from '#shared/ui/pane.tsx';
import { EmptyState } from '#shared/ui/states.tsx';
import { useFormat } from '#shared/ui/use-format.ts';
import { AskDialog } from './ask-dialog.tsx';
import { DetailsDialog } from './details-dialog.tsx';
import { useRefusedWords } from './refused-words.ts';
import { SettledList } from './settled-list.tsx';
import { usePersonWanted } from './trouble-words.ts';
import { useScreenKeys } from './use-screen-keys.ts';
import { useSetLink } from './use-set-link.ts';
import { when } from './when.ts';

type Open = 'ask' | 'details' | null;

/** What HQ did not take, one at a time, and what a person can do about it. Only HQ takes it again or gives it up. */
export function AttentionPane({
  sync,
  report,
  now,
}: {
  readonly sync: SyncState;
  readonly report: SyncReport | null;
  readonly now: number;
}) {
  const { t } = useLingui();
  const [place, setPlace] = useState(0);
  const [open, setOpen] = useState<Open>(null);
  const refused = report?.refused ?? [];
  const at = Math.min(place, Math.max(0, refused.length - 1));
  const change = refused[at] ?? null;
  const count = report?.refusedCount ?? 0;
  useScreenKeys({
    KeyD: () => setOpen('details'),
    ...(change && { Digit1: () => setOpen('ask'), Numpad1: () => setOpen('ask') }),
    ArrowDown: () => setPlace(Math.min(at + 1, refused.length - 1)),
    ArrowUp: () => setPlace(Math.max(at - 1, 0)),
  });
  return (
    <Pane
      title={t`Needs attention`}
      aside={
        count > 0 && (
          <Badge tone="warn">{t`${plural(count, { one: '# refused', other: '# refused' })}`}</Badge>
        )
      }
      actions={refused.length > 1 && <Place at={at} of={refused.length} onGo={setPlace} />}
    >
      <div className="flex min-h-0 flex-1 flex-col gap-3 overflow-auto p-4">
        {change ? (
          <Refused change={change} now={now} onAsk={() => setOpen('ask')} />
        ) : (
          <Nothing sync={sync} />
        )}
        {report && report.settled.length > 0 && <SettledList settled={report.settled} now={now} />}
      </div>
      <Foot sync={sync} onDetails={() => setOpen('details')} />
      {open === 'ask' && change && <AskDialog change={change} onClose={() => setOpen(null)} />}
      {open === 'details' && <DetailsDialog change={change} sync={sync} onClose={() => setOpen(null)} />}
    </Pane>
  );
}

function Place({
  at,
  of,
  onGo,
}: {
  readonly at: number;
  readonly of: number;
  readonly onGo: (place: number) => void;
}) {
  const { t } = useLingui();
  const number = at + 1;
  return (
    <span className="flex items-center gap-2">
      <span role="status">{t`${number} of ${of}`}</span>
      <Button
        size={32}
        kind="quiet"
        disabled={at === 0}
        aria-label={t`The one before`}
        onClick={() => onGo(at - 1)}
      >
        <Keys keys="↑" />
      </Button>
      <Button
        size={32}
        kind="quiet"
        disabled={number === of}
        aria-label={t`The next one`}
        onClick={() => onGo(number)}
      >
        <Keys keys="↓" />
      </Button>
    </span>
  );
}

function Refused({
  change,
  now,
  onAsk,
}: {
  readonly change: RefusedChange;
  readonly now: number;
  readonly onAsk: () => void;
}) {
  const { t } = useLingui();
  const format = useFormat();
  const words = useRefusedWords()(change);
  return (
    <article className="grid gap-3">
      <p className="text-14 text-muted">
        {[words.kind, when(format, change.at, now), ...(change.by === null ? [] : [change.by])].join(' · ')}
      </p>
      <h2 className="text-20 font-semibold">
        <bdi>{words.title}</bdi>
      </h2>
      <dl className="grid grid-cols-[auto_minmax(0,1fr)] gap-x-3 gap-y-2 [&_dt]:text-14 [&_dt]:text-muted">
        <Line name={t`Why`}>{words.why}</Line>
        <Line name={t`Now`}>{words.now}</Line>
        <Line name={t`Sales`}>{words.sales}</Line>
      </dl>
      <h3 className="pt-1 text-12 font-semibold text-muted">
        <Trans>What to do</Trans>
      </h3>
      <Button kind="primary" size={56} keys="1" onClick={onAsk}>
        <span className="me-auto">
          <Trans>Ask HQ to take it</Trans>
        </span>
      </Button>
      <p className="text-14 text-muted">
        <Trans>Only HQ can take it after all, or give it up. This till does not send it again.</Trans>
      </p>
    </article>
  );
}

function Line({ name, children }: { readonly name: string; readonly children: string }) {
  return (
    <>
      <dt className="leading-6">{name}</dt>
      <dd className="[overflow-wrap:anywhere]">{children}</dd>
    </>
  );
}

function Nothing({ sync }: { readonly sync: SyncState }) {
  const { t } = useLingui();
  const wanted = usePersonWanted()(sync.trouble);
  if (wanted)
    return (
      <article className="grid gap-3">
        <h2 className="text-20 font-semibold">{wanted.title}</h2>
        <h3 className="pt-1 text-12 font-semibold text-muted">
          <Trans>What to do</Trans>
        </h3>
        <p>{wanted.todo}</p>
      </article>
    );
  return (
    <EmptyState icon={<CircleCheck size={28} strokeWidth={1.5} aria-hidden />} title={t`Nothing needs you`}>
      <Trans>What HQ does not take is shown here, with its reason and what to do.</Trans>
    </EmptyState>
  );
}

function Foot({ sync, onDetails }: { readonly sync: SyncState; readonly onDetails: () => void }): ReactNode {
  const setLink = useSetLink();
  const off = sync.link === 'off';
  return (
    <footer className="flex flex-none flex-wrap items-center justify-between gap-2 border-t border-line-soft px-2 py-2">
      <Button kind="quiet" onClick={() => void setLink(off)}>
        <span className="text-14">{off ? <Trans>Network on</Trans> : <Trans>Network off</Trans>}</span>
      </Button>
      <Button kind="quiet" keys="D" onClick={onDetails}>
        <span className="text-14">
          <Trans>Details for support</Trans>
        </span>
      </Button>
    </footer>
  );
}
