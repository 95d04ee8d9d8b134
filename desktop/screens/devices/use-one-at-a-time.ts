import { useState } from 'react';
import type { Words } from '../sell/refusal-words.tsx';

/** What came of the last thing done here. */
export type Said = { readonly well: boolean } & Words;

/** One thing at a time: a second press while a device is slow must not ask it twice. */
export function useOneAtATime() {
  const [said, setSaid] = useState<Said | null>(null);
  const [busy, setBusy] = useState(false);
  const once = async (job: () => Promise<Said>): Promise<void> => {
    if (busy) return;
    setBusy(true);
    setSaid(null);
    setSaid(await job());
    setBusy(false);
  };
  return { said, busy, once, quiet: () => setSaid(null) };
}
