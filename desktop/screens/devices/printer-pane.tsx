import { Trans, useLingui } from '@lingui/react/macro';
import { CircleCheck, LoaderCircle, TriangleAlert } from 'lucide-react';
import type { PrinterCondition, PrintersReport } from '#shared/auth/calls-printers.ts';
import { cx } from '#shared/ui/cx.ts';
import { Pane } from '#shared/ui/pane.tsx';
import { Segmented } from '#shared/ui/segmented.tsx';
import { ChoiceField } from '../choice-field.tsx';
import { Act, Outcome } from './device-act.tsx';
import type { PrinterRow } from './printer-rows.ts';
import { useTroubleWords } from './printer-words.ts';
import type { Said } from './use-one-at-a-time.ts';

interface Props {
  readonly row: PrinterRow;
  readonly condition: PrinterCondition | null;
  readonly profiles: PrintersReport['profiles'];
  readonly drawer: 1 | 2 | null;
  readonly said: Said | null;
  readonly busy: boolean;
  readonly acts: Readonly<Record<'first' | 'second' | 'test' | 'drawer' | 'again', () => unknown>>;
  readonly onProfile: (profile: string) => void;
  readonly onDrawer: (drawer: 1 | 2 | null) => void;
  readonly onTyping: (typing: boolean) => void;
}

/** One printer: how it is now, what model it is, and what can be done with it. */
export function PrinterPane({ row, condition, said, busy, acts, ...choices }: Props) {
  const { t } = useLingui();
  return (
    <Pane title={<bdi>{row.kind === 'screen' ? t`On the screen` : row.name}</bdi>}>
      <div className="flex min-h-0 flex-1 flex-col gap-5 overflow-auto p-4">
        <Now condition={condition} />
        <Model row={row} {...choices} />
        {row.role === 'first' && <Drawer {...choices} />}
        {said && <Outcome said={said} />}
      </div>
      <footer className="grid flex-none grid-cols-2 gap-3 border-t border-line-soft p-4 low:gap-2 low:p-2">
        <Act keys="T" busy={busy} onClick={acts.test}>
          <Trans>Test print</Trans>
        </Act>
        <Act keys="R" busy={busy} onClick={acts.again}>
          <Trans>Ask again</Trans>
        </Act>
        {row.role === 'first' ? (
          <Act keys="D" busy={busy} onClick={acts.drawer}>
            <Trans>Open the drawer</Trans>
          </Act>
        ) : (
          <Act keys="S" busy={busy} onClick={acts.second}>
            {row.role === 'second' ? <Trans>No second printer</Trans> : <Trans>Second printer</Trans>}
          </Act>
        )}
        {row.role !== 'first' && (
          <Act keys="Enter" busy={busy} primary onClick={acts.first}>
            <Trans>Print receipts here</Trans>
          </Act>
        )}
      </footer>
    </Pane>
  );
}

/** The printer's own words, or that it has none. */
function Now({ condition }: Pick<Props, 'condition'>) {
  const { t } = useLingui();
  const trouble = useTroubleWords();
  const wrong = condition && !condition.ready ? trouble(condition.reason) : null;
  const Icon = condition === null ? LoaderCircle : wrong ? TriangleAlert : CircleCheck;
  const title =
    condition === null
      ? t`Asking the printer`
      : wrong
        ? wrong.what
        : condition.paperLow
          ? t`Ready, the paper is nearly out`
          : t`Ready`;
  const detail = wrong
    ? wrong.next
    : condition && !condition.answers
      ? t`This printer never says how it is: only the paper shows what came out.`
      : '';
  return (
    <div role="status" className="flex gap-3">
      <span className={cx('mt-0.5', wrong ? 'text-warn' : condition === null ? 'text-info' : 'text-ok')}>
        <Icon size={24} strokeWidth={1.75} aria-hidden />
      </span>
      <p className="min-w-0">
        <b className="block text-20 font-semibold first-letter:uppercase">{title}</b>
        <span className="block min-h-5 text-14 text-muted">{detail}</span>
      </p>
    </div>
  );
}

function Model({
  row,
  profiles,
  onProfile,
  onTyping,
}: Pick<Props, 'row' | 'profiles' | 'onProfile' | 'onTyping'>) {
  const { t } = useLingui();
  return (
    <ChoiceField
      label={t`Model`}
      value={row.profile}
      options={profiles.map(({ id, name }) => [id, name] as const)}
      hint={t`Decides the commands, the width of the paper and the letters that it has of its own.`}
      onChoose={onProfile}
      onTyping={onTyping}
    />
  );
}

function Drawer({ drawer, onDrawer }: Pick<Props, 'drawer' | 'onDrawer'>) {
  const { t } = useLingui();
  return (
    <div className="grid justify-items-start gap-1">
      <span className="text-12 font-semibold text-muted">{t`Cash drawer`}</span>
      <Segmented
        label={t`Cash drawer`}
        value={String(drawer ?? 'none')}
        options={[
          { value: '1', label: t`Connector 1` },
          { value: '2', label: t`Connector 2` },
          { value: 'none', label: t`No drawer` },
        ]}
        onChange={(value) => onDrawer(value === '1' ? 1 : value === '2' ? 2 : null)}
      />
      <span className="text-12 text-muted">{t`Opens with a sale that takes cash, and without one only for a reason.`}</span>
    </div>
  );
}
