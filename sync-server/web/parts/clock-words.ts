import { useLingui } from '@lingui/react/macro';
import { useFormat } from '#shared/ui/use-format.ts';

/** A clock that is further off is worth saying: from here on the till itself shows a banner. */
export const SKEW_SHOWN_MS = 60_000;

/** `its clock is 1 min 14 s ahead`. */
export function useClockWords(): (skewMs: number) => string {
  const { t } = useLingui();
  const format = useFormat();
  return (skewMs) => {
    const by = format.duration(Math.abs(skewMs));
    return skewMs > 0 ? t`its clock is ${by} ahead` : t`its clock is ${by} behind`;
  };
}
