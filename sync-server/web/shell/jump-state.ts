import { create } from 'zustand';

/** Whether the jump box (Ctrl K) is open: asked for from every page's bar. */
export const useJump = create<{ readonly open: boolean; readonly setOpen: (open: boolean) => void }>(
  (set) => ({
    open: false,
    setOpen: (open) => set({ open }),
  }),
);
