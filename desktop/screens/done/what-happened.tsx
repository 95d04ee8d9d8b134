import { plural } from '@lingui/core/macro';
import { Trans, useLingui } from '@lingui/react/macro';
import { ArrowUp, Cloud, Printer, PrinterX, Save, TriangleAlert } from 'lucide-react';
import type { ReactNode } from 'react';
import type { PrintJobView } from '#shared/sales/calls.ts';
import { Button } from '#shared/ui/button.tsx';
import { cx } from '#shared/ui/cx.ts';
import { useFormat } from '#shared/ui/use-format.ts';
import type { Paid } from '../desk.ts';
import { useTroubleWords } from '../devices/printer-words.ts';
import { useLive } from '../live.ts';
import { useTill } from '../till.ts';
import { usePlace } from './use-place.ts';

/** In this order: saved, printed, HQ. A printer that failed changes its own row only. */
export function WhatHappened({
  paid,
  onReprint,
}: {
  readonly paid: Paid;
  readonly onReprint: (() => void) | null;
}) {
  const format = useFormat();
  const time = format.time(paid.at, true);
  return (
    <div className="flex min-h-0 flex-col gap-5 overflow-auto px-6 py-5">
      <h2 className="font-semibold">
        <Trans>What happened</Trans>
      </h2>
      <ul className="grid gap-4">
        <Row
          icon={<Save size={20} strokeWidth={1.75} aria-hidden />}
          tone="ok"
          title={<Trans>Saved on this till</Trans>}
        >
          <Trans>{time}, before anything was printed</Trans>
        </Row>
        <PrintRow saleId={paid.saleId} />
        <HqRow paid={paid} />
      </ul>
      {onReprint && (
        <Button size={56} keys="F5" tabIndex={-1} className="mt-auto" onClick={onReprint}>
          <span className="me-auto font-normal">
            <Trans>Print again</Trans>
          </span>
        </Button>
      )}
    </div>
  );
}

/** The last print job of the sale, which the list has first: a copy takes the place of what perhaps printed. */
function PrintRow({ saleId }: { readonly saleId: string }) {
  const jobs = useLive(useTill().prints);
  const job = jobs?.find((one) => one.saleId === saleId);
  const words = usePrintWords(job ?? null);
  const failed = job?.state === 'failed' || job?.state === 'unknown';
  return (
    <Row
      icon={
        failed ? (
          <PrinterX size={20} strokeWidth={1.75} aria-hidden />
        ) : (
          <Printer size={20} strokeWidth={1.75} aria-hidden />
        )
      }
      tone={failed ? 'warn' : job?.state === 'printed' ? 'ok' : 'info'}
      title={words.title}
    >
      {words.detail}
    </Row>
  );
}

function usePrintWords(job: PrintJobView | null): { readonly title: string; readonly detail: string } {
  const { t } = useLingui();
  const trouble = useTroubleWords();
  const printer = job?.printer ?? '';
  const copy = job?.kind === 'copy';
  const insteadOf = (first: NonNullable<PrintJobView['first']>, second: string) => {
    const reason = trouble(first.reason).what;
    const wanted = first.printer;
    return t`${second}, because ${wanted} has a problem: ${reason}`;
  };
  switch (job?.state) {
    case 'printed':
      return {
        title: copy ? t`Copy printed` : t`Receipt printed`,
        detail: job.first ? insteadOf(job.first, printer) : printer,
      };
    case 'failed': {
      const reason = trouble(job.error).what;
      return { title: t`Not printed`, detail: t`${printer}: ${reason}. The sale is safe; F5 prints again.` };
    }
    case 'unknown': {
      const reason = trouble(job.error).what;
      return {
        title: t`Perhaps printed`,
        detail: t`${printer}: ${reason}. Look at the paper; F5 prints a copy.`,
      };
    }
    default:
      return { title: t`Printing`, detail: printer || t`The next sale need not wait for it` };
  }
}

/** Where this very receipt is: on this till's disk alone, or at HQ. */
function HqRow({ paid }: { readonly paid: Paid }) {
  const { t } = useLingui();
  const sync = useLive(useTill().sync);
  const place = usePlace(paid);
  const waiting = sync?.waiting ?? 0;
  if (place === 'at-hq')
    return (
      <Row
        icon={<Cloud size={20} strokeWidth={1.75} aria-hidden />}
        tone="ok"
        title={<Trans>HQ has it</Trans>}
      >
        {waiting === 0
          ? t`nothing waiting`
          : t`${plural(waiting, { one: '# waiting · nothing to do', other: '# waiting · nothing to do' })}`}
      </Row>
    );
  if (place === 'refused')
    return (
      <Row
        icon={<TriangleAlert size={20} strokeWidth={1.75} aria-hidden />}
        tone="warn"
        title={<Trans>HQ did not take it</Trans>}
      >
        <Trans>The receipt stays valid. Ctrl+J says why.</Trans>
      </Row>
    );
  return (
    <Row
      icon={<ArrowUp size={20} strokeWidth={1.75} aria-hidden />}
      tone="info"
      title={
        sync?.link === 'online' ? <Trans>On its way to HQ</Trans> : <Trans>HQ gets it when online</Trans>
      }
    >
      {t`${plural(waiting, { one: '# waiting · nothing to do', other: '# waiting · nothing to do' })}`}
    </Row>
  );
}

function Row({
  icon,
  tone,
  title,
  children,
}: {
  readonly icon: ReactNode;
  readonly tone: 'ok' | 'info' | 'warn';
  readonly title: ReactNode;
  readonly children: ReactNode;
}) {
  return (
    <li className="flex gap-3">
      <span className={cx('mt-0.5', tones[tone])}>{icon}</span>
      <p className="min-w-0">
        <b className="block font-semibold">{title}</b>
        <span className="block text-14 break-words text-muted">{children}</span>
      </p>
    </li>
  );
}

const tones = { ok: 'text-ok', info: 'text-info', warn: 'text-warn' } as const;
