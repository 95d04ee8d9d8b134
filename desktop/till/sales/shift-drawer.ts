import type { Clock } from '#shared/kernel/clock.ts';
import type { ShiftView } from '#shared/sales/calls-shift.ts';
import type { Live } from '../live.ts';
import type { PrintOutcome, TillPorts } from '../ports.ts';

/** How long a printer may take over a pulse: it may be in the middle of a receipt. */
const PATIENCE_MS = 15_000;

export type Drawer = ReturnType<typeof createDrawer>;

/** The drawer behind the printer. Nobody waits for it: what came of a pulse is shown when it is known. */
export function createDrawer({
  printer,
  clock,
  live,
}: Pick<TillPorts, 'printer'> & { clock: Clock; live: Live }) {
  let last: ShiftView['drawer'] = null;
  return {
    last: () => last,
    /** Sends the pulse; call it after the reason for it is on disk. */
    kick(): void {
      void pulse(printer).then((outcome) => {
        const reason = outcome.state === 'printed' ? null : outcome.reason;
        last = { at: clock.nowMs(), state: outcome.state, reason };
        live.changed('shift');
      });
    },
  };
}

async function pulse(printer: TillPorts['printer']): Promise<PrintOutcome> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<PrintOutcome>((resolve) => {
    timer = setTimeout(() => resolve({ state: 'unknown', reason: 'timeout' }), PATIENCE_MS);
  });
  try {
    return await Promise.race([printer.openDrawer(), late]);
  } catch {
    return { state: 'failed', reason: 'error' };
  } finally {
    clearTimeout(timer);
  }
}
