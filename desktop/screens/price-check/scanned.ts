import { create } from 'zustand';

/** The code scanned last while prices are checked: the same one twice is asked for twice. */
export const useCheckScan = create<{ readonly scan: { readonly code: string } | null }>(() => ({
  scan: null,
}));

/** Hands a scan to the price check. */
export const giveCheckScan = (code: string): void => useCheckScan.setState({ scan: { code } });
