import { useState } from 'react';
import { useCommands } from '../keys/command-keys.tsx';
import { ReceiptFileDialog } from './receipt-file-dialog.tsx';
import type { FileSource } from './use-saving.ts';

/** The key that saves a receipt as a file, where one is at hand: just paid, found again, given back, being designed. */
export function ReceiptFileKey({ source }: { readonly source: FileSource }) {
  const [asked, setAsked] = useState(false);
  useCommands({ receiptFile: () => setAsked(true) });
  return asked ? <ReceiptFileDialog source={source} onLeave={() => setAsked(false)} /> : null;
}
