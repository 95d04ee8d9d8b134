import { useLingui } from '@lingui/react/macro';
import { useState } from 'react';
import { setDesk, useDesk } from '../desk.ts';
import { Frame } from '../frame/frame.tsx';
import { InvoiceDialog } from '../invoice/invoice-dialog.tsx';
import { useCommands } from '../keys/command-keys.tsx';
import { ReceiptFileKey } from '../receipt-file/receipt-file-key.tsx';
import { PaidPane } from './paid-pane.tsx';
import { Receipt } from './receipt.tsx';
import { useReprint } from './use-reprint.ts';
import { WhatHappened } from './what-happened.tsx';

/** Paid: the change due, what happened, the receipt. Enter, F2 or the next scan begins the next sale. */
export function DoneTask() {
  const { t } = useLingui();
  const paid = useDesk((desk) => desk.paid);
  const reprint = useReprint(paid?.saleId ?? null);
  const next = () => setDesk({ task: 'sell', paid: null });
  const [invoicing, setInvoicing] = useState(false);
  useCommands({
    scan: next,
    back: next,
    invoice: () => setInvoicing(true),
    ...(reprint && { reprint }),
  });
  if (!paid) return null;
  return (
    <Frame
      moment={[
        { keys: 'Enter', label: t`next sale` },
        { keys: 'Ctrl+I', label: t`tax invoice` },
        { keys: 'Ctrl+S', label: t`save the receipt` },
      ]}
    >
      <main className="panes">
        <PaidPane paid={paid} onNext={next} />
        <section className="grid min-h-0 grid-cols-[minmax(0,1fr)_434px] overflow-hidden rounded-10 border border-line bg-surface max-[1240px]:grid-cols-[minmax(0,1fr)_340px] max-[640px]:grid-cols-1">
          <WhatHappened paid={paid} onReprint={reprint} />
          <Receipt saleId={paid.saleId} receiptNo={paid.receiptNo} />
        </section>
      </main>
      <ReceiptFileKey source={{ documentId: paid.saleId }} />
      {invoicing && <InvoiceDialog saleId={paid.saleId} onLeave={() => setInvoicing(false)} />}
    </Frame>
  );
}
