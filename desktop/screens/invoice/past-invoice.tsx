import { useState } from 'react';
import { useCommands } from '../keys/command-keys.tsx';
import { InvoiceDialog } from './invoice-dialog.tsx';

/** The invoice's key where a past sale lies open: its receipt was scanned or typed. */
export function PastInvoice({ saleId }: { readonly saleId: string }) {
  const [asked, setAsked] = useState(false);
  useCommands({ invoice: () => setAsked(true) });
  return asked ? <InvoiceDialog saleId={saleId} onLeave={() => setAsked(false)} /> : null;
}
