import { create } from 'zustand';

/** The code scanned last while goods are taken back: the same one twice is two. */
export const useReturnScan = create<{ readonly scan: { readonly code: string } | null }>(() => ({
  scan: null,
}));

/** Hands a scan to the screen of returns. */
export const giveReturnScan = (code: string): void => useReturnScan.setState({ scan: { code } });
