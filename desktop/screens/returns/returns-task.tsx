import { Trans, useLingui } from '@lingui/react/macro';
import { useEffect, useRef, useState } from 'react';
import type { PersonTile } from '#shared/auth/calls.ts';
import { Button } from '#shared/ui/button.tsx';
import { Kbd } from '#shared/ui/kbd.tsx';
import { Money } from '#shared/ui/money.tsx';
import { Pane } from '#shared/ui/pane.tsx';
import { EmptyState } from '#shared/ui/states.tsx';
import { setDesk } from '../desk.ts';
import { Frame } from '../frame/frame.tsx';
import { PastInvoice } from '../invoice/past-invoice.tsx';
import { useCommands } from '../keys/command-keys.tsx';
import type { MomentKey } from '../keys/key-bar.tsx';
import { ReceiptFileKey } from '../receipt-file/receipt-file-key.tsx';
import { answerOf, repeatable } from '../refusal.ts';
import { StickyFoot } from '../sell/sticky-foot.tsx';
import { AuthorityDialog } from '../sign-in/authority-dialog.tsx';
import { authorityProblem, isAboutPin } from '../sign-in/authority-problem.ts';
import { useTill } from '../till.ts';
import { useExchange, useWaitingExchange } from './exchange.ts';
import { FindReceipt } from './find-receipt.tsx';
import { GivenBack } from './given-back.tsx';
import { RefundFoot } from './refund-foot.tsx';
import { ReturnLines } from './return-lines.tsx';
import { SaleFacts } from './sale-facts.tsx';
import { useReturnScan } from './scanned.ts';
import { type ReturnsDesk, useReturns } from './use-returns.ts';

type Kind = 'return' | 'void';

/** Goods back and money back: the receipt, the lines, the refund, each by keys alone. */
export function ReturnsTask({ people }: { readonly people: readonly PersonTile[] }) {
  const desk = useReturns();
  const reasonRef = useRef<HTMLSelectElement>(null);
  const [agreeing, setAgreeing] = useState<Kind | null>(null);
  useScanned(desk);
  useAltR(reasonRef);
  const give = async (kind: Kind) => {
    if ((await desk.give(kind))?.code === 'MISSING_RIGHT') setAgreeing(kind);
  };
  const back = useReturnCommands(desk, give);
  const documentId = desk.made?.returnId ?? (desk.open?.kind === 'sale' ? desk.open.sale.saleId : null);
  return (
    <Frame current="returns" moment={useMoment(desk)}>
      <main className="panes">
        {desk.open === null ? <FindReceipt desk={desk} /> : <SaleFacts desk={desk} reasonRef={reasonRef} />}
        <Work desk={desk} onBack={back} onGive={give} />
      </main>
      {desk.open?.kind === 'sale' && <PastInvoice saleId={desk.open.sale.saleId} />}
      {documentId !== null && <ReceiptFileKey source={{ documentId }} />}
      {agreeing && <Agree kind={agreeing} desk={desk} people={people} onLeave={() => setAgreeing(null)} />}
    </Frame>
  );
}

function Work({
  desk,
  onBack,
  onGive,
}: {
  readonly desk: ReturnsDesk;
  readonly onBack: () => void;
  readonly onGive: (kind: Kind) => Promise<void>;
}) {
  const { t } = useLingui();
  const { open, made, rows } = desk;
  if (made) return <GivenBack made={made} onNext={() => setDesk({ task: 'sell' })} />;
  if (open === null)
    return (
      <Pane title={t`Return`}>
        <EmptyState
          title={t`Scan the receipt`}
          action={
            <Button keys="F9" tabIndex={-1} onClick={desk.startBlind}>
              <Trans>Without a receipt</Trans>
            </Button>
          }
        >
          {t`Its square code brings the sale, whichever counter of the store made it.`}
        </EmptyState>
        <Waiting />
      </Pane>
    );
  const untouched = open.kind === 'sale' && open.sale.returnedBefore.length === 0;
  return (
    <Pane
      title={t`Return`}
      className="stacked:overflow-visible"
      aside={open.kind === 'sale' ? t`at the price paid, discount shared out` : t`at today’s price`}
      actions={<Hints untouched={untouched} exchange={open.kind === 'sale' && desk.refund !== null} />}
    >
      {rows.length === 0 ? (
        <EmptyState title={t`Scan the first box`}>{t`Each scan is one pack.`}</EmptyState>
      ) : (
        <ReturnLines
          rows={rows}
          chosen={desk.chosen}
          refund={desk.refund}
          onChoose={(chosen) => desk.set({ chosen })}
          onPlace={desk.place}
          onAll={desk.all}
          onType={desk.type}
        />
      )}
      <StickyFoot>
        <RefundFoot desk={desk} onBack={onBack} onGive={() => void onGive('return')} />
      </StickyFoot>
    </Pane>
  );
}

/** Goods put aside for an exchange, and how to let go of it. */
function Waiting() {
  const exchange = useWaitingExchange(0);
  if (!exchange) return null;
  return (
    <p className="flex flex-none items-center gap-3 border-t border-line-soft px-4 py-3 text-14">
      <Trans>An exchange waits to pay the next sale:</Trans> <Money minor={exchange.worthMinor} />
      <span className="ms-auto flex items-center gap-2 text-muted">
        <Trans>Drop it</Trans> <Kbd>Ctrl Del</Kbd>
      </span>
    </p>
  );
}

function Hints({ untouched, exchange }: { readonly untouched: boolean; readonly exchange: boolean }) {
  return (
    <span className="flex items-center gap-2 text-muted">
      {exchange && (
        <>
          <Trans>Exchange</Trans> <Kbd>F2</Kbd>
        </>
      )}
      {untouched && (
        <>
          <Trans>Void the sale</Trans> <Kbd>Ctrl Del</Kbd>
        </>
      )}
    </span>
  );
}

function useReturnCommands(desk: ReturnsDesk, give: (kind: Kind) => Promise<void>): () => void {
  const { client } = useTill();
  const { open, made, rows } = desk;
  // While card money is on its way back nothing else is done.
  const settling = desk.card.current !== null;
  const refund = settling ? null : desk.refund;
  const back = () => (open === null || made ? setDesk({ task: 'sell' }) : desk.leave());
  const waiting = useExchange((state) => state.exchange);
  const exchange = () => void desk.exchange().then((put) => put && setDesk({ task: 'sell' }));
  const untouched = !settling && open?.kind === 'sale' && open.sale.returnedBefore.length === 0;
  const reprint = (returnId: string) =>
    void answerOf(
      client.sales.returns.reprint({ commandId: crypto.randomUUID(), returnId }, { context: repeatable(20) }),
    );
  useCommands({
    back,
    scan: open === null ? back : refund && !made && open.kind === 'sale' ? exchange : desk.leave,
    ...(open === null && !settling && waiting && { clear: () => void desk.drop() }),
    ...(open === null && { pay: desk.startBlind }),
    ...(made && { reprint: () => reprint(made.returnId) }),
    ...(!made && !settling && open && rows.length > 0 && { more: desk.more, less: desk.less }),
    ...(!made && refund && { pay: () => void give('return') }),
    ...(!made && untouched && { clear: () => void give('void') }),
    ...(!made &&
      open?.kind === 'blind' && { tender: (which) => desk.set({ as: which === 1 ? 'voucher' : 'cash' }) }),
  });
  return back;
}

/** Somebody who may agrees by PIN, in place; what was asked for is asked again under the same id. */
function Agree({
  kind,
  desk,
  people,
  onLeave,
}: {
  readonly kind: Kind;
  readonly desk: ReturnsDesk;
  readonly people: readonly PersonTile[];
  readonly onLeave: () => void;
}) {
  const { t } = useLingui();
  const right =
    kind === 'void' ? 'sales.void' : desk.open?.kind === 'blind' ? 'sales.return.blind' : 'sales.return';
  return (
    <AuthorityDialog
      title={kind === 'void' ? t`Void the sale` : t`Take goods back`}
      right={right}
      people={people}
      onLeave={onLeave}
      onPin={async (inPlace) => {
        const refused = await desk.give(kind, inPlace);
        const asksAgain = refused !== null && (isAboutPin(refused) || refused.code === 'MISSING_RIGHT');
        if (!asksAgain) onLeave();
        return asksAgain ? authorityProblem(refused) : null;
      }}
    />
  );
}

/** A code scanned while goods are taken back is this screen's, whatever has the focus. */
function useScanned(desk: ReturnsDesk): void {
  const scan = useReturnScan((state) => state.scan);
  const current = useRef(desk.scan);
  useEffect(() => {
    current.current = desk.scan;
  });
  useEffect(() => {
    if (!scan) return;
    useReturnScan.setState({ scan: null });
    void current.current(scan.code);
  }, [scan]);
}

function useAltR(reason: React.RefObject<HTMLSelectElement | null>): void {
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (!event.altKey || event.code !== 'KeyR') return;
      event.preventDefault();
      reason.current?.focus();
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, [reason]);
}

function useMoment({ open, made, hits }: ReturnsDesk): readonly MomentKey[] {
  const { t } = useLingui();
  const backToSale = { keys: 'Esc', label: t`back to sale` };
  if (made) return [{ keys: 'Enter', label: t`next sale` }];
  if (open === null)
    return [
      ...(hits.length > 0 ? [{ keys: '↑+↓', label: t`choose` }] : []),
      { keys: 'Enter', label: t`look up` },
      backToSale,
    ];
  return [
    { keys: '↑+↓', label: t`line` },
    { keys: '+', label: t`how many` },
    { keys: '/', label: t`quantity` },
    { keys: 'G', label: t`goes to` },
    open.kind === 'blind' ? { keys: 'Alt+2', label: t`voucher` } : { keys: 'A', label: t`all of it` },
  ];
}
