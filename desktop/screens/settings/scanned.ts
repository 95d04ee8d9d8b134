import { create } from 'zustand';

/** A scale label scanned while a store's layouts are set: it is read, and sells nothing. Taken only where it is shown. */
export const useSampleScan = create<{
  readonly wanted: boolean;
  readonly scan: { readonly code: string } | null;
}>(() => ({ wanted: false, scan: null }));

/** Hands a scan to the editor of layouts; false where it is not open. */
export function giveSampleScan(code: string): boolean {
  const { wanted } = useSampleScan.getState();
  if (wanted) useSampleScan.setState({ scan: { code } });
  return wanted;
}
