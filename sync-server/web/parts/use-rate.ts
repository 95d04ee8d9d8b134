import { useFormat } from '#shared/ui/use-format.ts';

/** A rate group in words: `2.1 %`, `2.5 % + 2.5 %`. */
export function useRate(): (pct3: readonly number[]) => string {
  const format = useFormat();
  return (pct3) => (pct3.length === 0 ? format.rate(0) : pct3.map((part) => format.rate(part)).join(' + '));
}
