import { Trans, useLingui } from '@lingui/react/macro';
import { Pane } from '#shared/ui/pane.tsx';
import { EmptyState } from '#shared/ui/states.tsx';
import { ChoiceField } from '../choice-field.tsx';
import { Act, Outcome } from './device-act.tsx';
import { baudOf, type DevicePart, type Draft, withBaud } from './device-rows.ts';
import type { Said } from './use-one-at-a-time.ts';

interface Props {
  readonly part: DevicePart;
  readonly draft: Draft;
  readonly inUse: boolean;
  readonly said: Said | null;
  readonly busy: boolean;
  readonly acts: Readonly<Record<'use' | 'test', () => unknown>>;
  readonly onChange: (draft: Draft) => void;
  /** A field takes the letters that are keys elsewhere on this screen. */
  readonly onTyping: (typing: boolean) => void;
}

/** How a device is spoken to, what came of trying it, and the keys for both. */
export function DevicePane({ part, inUse, said, busy, acts, ...drafting }: Props) {
  const { t } = useLingui();
  const titles: Readonly<Record<DevicePart, string>> = {
    labels: t`Label printer`,
    scale: t`Scale`,
    display: t`Pole display`,
    terminal: t`Card terminal`,
  };
  const { address } = drafting.draft[part];
  return (
    <Pane title={titles[part]} aside={<bdi dir="ltr">{address}</bdi>}>
      <div className="flex min-h-0 flex-1 flex-col gap-5 overflow-auto p-4">
        {address === '' ? (
          <EmptyState title={t`None`}>
            <Trans>Choose a port at the side, or type where it is.</Trans>
          </EmptyState>
        ) : (
          <Options part={part} {...drafting} />
        )}
        {said && <Outcome said={said} />}
        {!inUse && !said && (
          <p className="text-14 text-muted">
            <Trans>Not in use yet. Try it, then Enter.</Trans>
          </p>
        )}
      </div>
      <footer className="grid flex-none grid-cols-2 gap-3 border-t border-line-soft p-4 empty:hidden low:gap-2 low:p-2">
        {address !== '' && (
          <Act keys="T" busy={busy} onClick={acts.test}>
            {part === 'scale' ? <Trans>Weigh</Trans> : <Trans>Test</Trans>}
          </Act>
        )}
        {!inUse && (
          <Act keys="Enter" busy={busy} primary onClick={acts.use}>
            {address === '' ? <Trans>Use none</Trans> : <Trans>Use it</Trans>}
          </Act>
        )}
      </footer>
    </Pane>
  );
}

type Drafting = Pick<Props, 'draft' | 'onChange' | 'onTyping'>;

function Options({ part, ...drafting }: Drafting & { readonly part: DevicePart }) {
  switch (part) {
    case 'labels':
      return <LabelOptions {...drafting} />;
    case 'scale':
      return <ScaleOptions {...drafting} />;
    case 'display':
      return <DisplayOptions {...drafting} />;
    case 'terminal':
      return <TerminalNote address={drafting.draft.terminal.address} />;
  }
}

function LabelOptions({ draft, onChange, onTyping }: Drafting) {
  const { t } = useLingui();
  const { labels } = draft;
  const set = (change: Partial<typeof labels>) => onChange({ ...draft, labels: { ...labels, ...change } });
  return (
    <>
      <ChoiceField
        label={t`Language`}
        value={labels.language}
        options={[
          ['zpl', t`ZPL, as Zebra speaks`],
          ['esc-pos', t`ESC/POS, as receipt printers speak`],
        ]}
        onChoose={(language) => set({ language })}
        onTyping={onTyping}
      />
      <ChoiceField
        label={t`Dots`}
        value={labels.dotsPerMm === 12 ? '12' : '8'}
        options={[
          ['8', t`203 to the inch`],
          ['12', t`300 to the inch`],
        ]}
        onChoose={(dots) => set({ dotsPerMm: Number(dots) })}
        onTyping={onTyping}
      />
      <Speed address={labels.address} onAddress={(address) => set({ address })} onTyping={onTyping} />
      <p className="text-12 text-muted">
        <Trans>How large a label is stands in its template: Label template in the palette.</Trans>
      </p>
    </>
  );
}

function ScaleOptions({ draft, onChange, onTyping }: Drafting) {
  const { t } = useLingui();
  const { scale } = draft;
  if (scale.address === 'simulated')
    return (
      <p className="text-14 text-muted">
        <Trans>Has something else on it each time it is asked. Never for real sales.</Trans>
      </p>
    );
  const set = (change: Partial<typeof scale>) => onChange({ ...draft, scale: { ...scale, ...change } });
  return (
    <>
      <ChoiceField
        label={t`Protocol`}
        value={scale.protocol}
        options={[
          ['nci', t`NCI (Weigh-Tronix, Brecknell, Ohaus)`],
          ['toledo-8217', t`Mettler-Toledo 8217`],
        ]}
        onChoose={(protocol) => set({ protocol })}
        onTyping={onTyping}
      />
      {scale.protocol === 'toledo-8217' && (
        <ChoiceField
          label={t`Unit it was set up with`}
          value={scale.unit}
          options={[
            ['kg', 'kg'],
            ['g', 'g'],
            ['lb', 'lb'],
            ['oz', 'oz'],
          ]}
          onChoose={(unit) => set({ unit })}
          onTyping={onTyping}
        />
      )}
      <Speed address={scale.address} onAddress={(address) => set({ address })} onTyping={onTyping} />
    </>
  );
}

function DisplayOptions({ draft, onChange, onTyping }: Drafting) {
  const { t } = useLingui();
  const { display } = draft;
  const set = (change: Partial<typeof display>) => onChange({ ...draft, display: { ...display, ...change } });
  return (
    <>
      <ChoiceField
        label={t`Commands`}
        value={display.model}
        options={[
          ['epson', t`Epson DM-D`],
          ['cd5220', t`CD5220, as most others`],
        ]}
        onChoose={(model) => set({ model })}
        onTyping={onTyping}
      />
      <ChoiceField
        label={t`Letters`}
        value={display.page}
        options={[
          ['cp858', t`Western, with € (858)`],
          ['windows1252', t`Western (1252)`],
          ['cp437', t`American (437)`],
          ['cp852', t`Central European (852)`],
          ['cp866', t`Cyrillic (866)`],
        ]}
        onChoose={(page) => set({ page })}
        onTyping={onTyping}
      />
      <ChoiceField
        label={t`Rows and places`}
        value={display.size}
        options={[
          ['2x20', t`2 rows of 20`],
          ['2x16', t`2 rows of 16`],
          ['4x20', t`4 rows of 20`],
        ]}
        onChoose={(size) => set({ size })}
        onTyping={onTyping}
      />
      <Speed address={display.address} onAddress={(address) => set({ address })} onTyping={onTyping} />
    </>
  );
}

function TerminalNote({ address }: { readonly address: string }) {
  return (
    <p className="text-14 text-muted">
      {address === 'manual' ? (
        <Trans>
          No terminal hangs on this till. Cards are taken at one of its own, and the number of its slip is
          typed at payment.
        </Trans>
      ) : address === 'simulated' ? (
        <Trans>
          Approves every card without charging it, but amounts that end in 51. Never for real sales.
        </Trans>
      ) : (
        <Trans>
          The till tells the terminal the amount. What is not answered is asked about again, never charged
          twice.
        </Trans>
      )}
    </p>
  );
}

/** The speed of a serial line; nothing for what hangs on another. */
function Speed({
  address,
  onAddress,
  onTyping,
}: {
  readonly address: string;
  readonly onAddress: (address: string) => void;
  readonly onTyping: (typing: boolean) => void;
}) {
  const { t } = useLingui();
  if (!address.startsWith('serial:')) return null;
  const speeds = ['1200', '2400', '4800', '9600', '19200', '38400', '57600', '115200'] as const;
  const baud = speeds.find((one) => one === baudOf(address)) ?? '';
  return (
    <ChoiceField
      label={t`Speed of the line`}
      value={baud}
      options={[
        ['', t`as it left the factory`],
        ...speeds.map((speed) => [speed, t`${speed} baud`] as const),
      ]}
      onChoose={(next) => onAddress(withBaud(address, next))}
      onTyping={onTyping}
    />
  );
}
