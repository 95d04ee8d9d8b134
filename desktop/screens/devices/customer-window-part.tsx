import { Trans, useLingui } from '@lingui/react/macro';
import type { ReactNode } from 'react';
import { Button } from '#shared/ui/button.tsx';
import { Pane } from '#shared/ui/pane.tsx';
import { Segmented } from '#shared/ui/segmented.tsx';
import { EmptyState } from '#shared/ui/states.tsx';
import { Frame } from '../frame/frame.tsx';
import { useScreenKeys } from '../sync-status/use-screen-keys.ts';
import { Outcome } from './device-act.tsx';
import { useDevices } from './use-devices.ts';

/** The customer's own screen: a window on a second display, or a second window of a browser. */
export function CustomerWindowPart({ parts }: { readonly parts: ReactNode }) {
  const { t } = useLingui();
  const { report, said, choose } = useDevices();
  const chosen = report?.chosen ?? null;
  const on = chosen?.customerWindow ?? null;
  const set = (next: boolean) => {
    if (!chosen || next === on) return;
    const then = next ? t`The customer’s window opens` : t`The second display is left alone`;
    void choose({ ...chosen, customerWindow: next }, then);
  };
  // The tab's own token goes with a window it opens itself.
  const open = () => void window.open('?view=customer', 'pestle-customer', 'popup,width=1024,height=768');
  useScreenKeys(on === null ? { KeyO: open } : { KeyO: () => set(!on) });
  return (
    <Frame
      moment={[
        { keys: 'O', label: on === null ? t`open the window` : on ? t`switch it off` : t`switch it on` },
        { keys: 'Ctrl+1…6', label: t`device` },
        { keys: 'Esc', label: t`to sale` },
      ]}
    >
      <main className="grid min-h-0 p-(--gutter)">
        <Pane title={t`Devices`} actions={parts}>
          <div className="flex min-h-0 flex-1 flex-col gap-5 overflow-auto p-4">
            <p className="max-w-[64ch] text-14 text-muted">
              <Trans>
                Shows the customer each line as it is scanned, the total, and the change. It takes no keys.
              </Trans>
            </p>
            {report === null && <EmptyState title={t`Looking for devices`} />}
            {report && on === null && (
              <div>
                <Button size={56} kind="primary" keys="O" onClick={open}>
                  <Trans>Open the customer’s window</Trans>
                </Button>
                <p className="pt-2 text-12 text-muted">
                  <Trans>Draw it onto the second display and press F11 there.</Trans>
                </p>
              </div>
            )}
            {on !== null && (
              <div className="grid justify-items-start gap-1">
                <span className="text-12 font-semibold text-muted">{t`On the second display`}</span>
                <Segmented
                  label={t`On the second display`}
                  value={on ? 'on' : 'off'}
                  options={[
                    { value: 'on', label: t`On` },
                    { value: 'off', label: t`Off` },
                  ]}
                  onChange={(value) => set(value === 'on')}
                />
                <span className="text-12 text-muted">
                  {t`Opens by itself as soon as a second display is plugged in.`}
                </span>
              </div>
            )}
            {said && <Outcome said={said} />}
          </div>
        </Pane>
      </main>
    </Frame>
  );
}
