import { useFormat } from '#shared/ui/use-format.ts';

/** A rate group in words: `2.1 %`, `2.5 % + 2.5 %`; isolated, so that it reads the same inside Arabic. */
export function useRate(): (pct3: readonly number[]) => string {
  const format = useFormat();
  return (pct3) => `\u2066${(pct3.length === 0 ? [0] : pct3).map(format.rate).join(' + ')}\u2069`;
}
