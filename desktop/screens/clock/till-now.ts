import { useLive } from '../live.ts';
import { useTill } from '../till.ts';

/** The time as the till has it, which this machine's clock need not show. UTC milliseconds; asked anew with each call. */
export function useTillNow(): () => number {
  const aheadMs = useLive(useTill().time)?.aheadMs ?? 0;
  return () => Date.now() - aheadMs;
}
