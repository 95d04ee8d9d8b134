import { useEffect, useRef, useState } from 'react';
import type { InPlace } from '#shared/auth/calls.ts';
import { isSoldByWeight } from '#shared/catalog/weighed-sale.ts';
import type { MadeReturnView, RefundView, ReturnableSaleView } from '#shared/sales/calls-returns.ts';
import type { ReturnReason } from '#shared/sales/return-reason.ts';
import { answerOf, repeatable } from '../refusal.ts';
import { play } from '../sounds.ts';
import { useTill } from '../till.ts';
import { useExchange } from './exchange.ts';
import { isReceiptNo, nextPlace, type ReturnRow, rowsOfSale, scannedInto, step, typed } from './rows.ts';
import { useCardRefund } from './use-card-refund.ts';
import type { ReturnRefusal } from './words.ts';

export type Hit = Awaited<
  ReturnType<ReturnType<typeof useTill>['client']['sales']['returns']['find']>
>['hits'][number];

/** What is being taken back: by a receipt, or without one. */
export type Open =
  | { readonly kind: 'sale'; readonly sale: ReturnableSaleView }
  | { readonly kind: 'blind' }
  | null;

interface Stage {
  readonly open: Open;
  readonly hits: readonly Hit[];
  readonly rows: readonly ReturnRow[];
  readonly chosen: number;
  readonly reason: ReturnReason;
  readonly note: string;
  readonly reference: string;
  readonly as: 'cash' | 'voucher';
  readonly made: MadeReturnView | null;
  readonly refusal: ReturnRefusal | null;
}

const atRest: Stage = {
  ...{
    open: null,
    hits: [],
    rows: [],
    chosen: 0,
    reason: 'changed-mind',
    note: '',
    reference: '',
    as: 'cash',
  },
  ...{ made: null, refusal: null },
};

export type ReturnsDesk = ReturnType<typeof useReturns>;

/** What hands do to a return. Nothing is written before `refund`; the figures are the till's at every step. */
export function useReturns() {
  const { client } = useTill();
  const calls = client.sales.returns;
  const [stage, setStage] = useState(atRest);
  const set = (change: Partial<Stage>) => setStage((now) => ({ ...now, ...change }));
  const refund = useQuote(stage, (refusal) => set({ refusal }));
  const asked = useRef<{ readonly commandId: string; readonly of: string } | null>(null);
  const { open, rows, chosen } = stage;
  /** Refused by the terminal, the next try is another wish. */
  const refused = (refusal: ReturnRefusal) => {
    play('stop');
    if (refusal.code === 'CARD_REFUSED') asked.current = null;
    // What became of it is asked for in its own part of the screen.
    const shown = refusal.code === 'CARD_UNSETTLED' || refusal.code === 'MISSING_RIGHT';
    set({ refusal: shown ? null : refusal });
  };
  const card = useCardRefund(open?.kind === 'sale' ? open.sale.receiptNo : null, {
    onMade: (made) => {
      play('ok');
      set({ made, refusal: null });
    },
    onRefused: refused,
  });

  const openSale = async (saleId: string) => {
    const answer = await answerOf(calls.sale({ saleId }));
    if (!answer.ok) return set({ refusal: answer.refusal });
    play('ok');
    setStage({ ...atRest, open: { kind: 'sale', sale: answer.value }, rows: rowsOfSale(answer.value) });
  };
  const find = async (text: string) => {
    const answer = await answerOf(calls.find({ text }));
    if (!answer.ok) return set({ refusal: answer.refusal });
    const [only, ...more] = answer.value.hits;
    if (only && more.length === 0) return openSale(only.saleId);
    if (!only) play('unknown');
    set({
      hits: answer.value.hits,
      chosen: 0,
      refusal: only ? null : { code: 'NO_RECEIPT', data: undefined },
    });
  };
  const scanBox = async (code: string) => {
    const answer = await answerOf(calls.article({ code }));
    if (!answer.ok) {
      play('unknown');
      return set({ refusal: answer.refusal });
    }
    const box = answer.value;
    setStage((now) => {
      if (now.open?.kind === 'sale') {
        const taken = scannedInto(now.rows, box, now.open.sale);
        if (!taken) return { ...now, refusal: { code: 'NOT_OF_THIS_SALE', data: undefined } };
        return { ...now, rows: taken.rows, chosen: taken.index, refusal: null };
      }
      return {
        ...now,
        rows: [...now.rows, blindRow(box, now.rows.length)],
        chosen: now.rows.length,
        refusal: null,
      };
    });
  };
  const change = (how: (row: ReturnRow) => ReturnRow) =>
    set({ rows: rows.map((row, i) => (i === chosen ? how(row) : row)), refusal: null });

  const ask = (kind: 'return' | 'void', inPlace?: InPlace) => {
    const { reason, note, reference, as } = stage;
    const said = { reason, note, ...(inPlace && { inPlace }) };
    const totalMinor = refund?.totalMinor ?? 0;
    const context = { context: repeatable(20) };
    // One id for one wish: asked again after a lost answer it is made once.
    const of = JSON.stringify([kind, rows, as, totalMinor, reason, note, reference]);
    if (asked.current?.of !== of) asked.current = { commandId: crypto.randomUUID(), of };
    const { commandId } = asked.current;
    if (open?.kind === 'blind')
      return answerOf(
        calls.makeBlind({ commandId, ...said, totalMinor, as, lines: blindLines(rows) }, context),
      );
    const saleId = open?.sale.saleId ?? '';
    const whole = rows.map(({ key, soldBase }) => ({
      saleLineId: key,
      qtyBase: soldBase ?? 0,
      place: 'shelf' as const,
    }));
    const lines = kind === 'void' ? whole : saleLines(rows);
    const total = kind === 'void' && open ? open.sale.totalMinor : totalMinor;
    const slip = reference === '' ? {} : { reference };
    return answerOf(
      calls.make({ commandId, saleId, kind, lines, totalMinor: total, ...said, ...slip }, context),
    );
  };

  return {
    ...stage,
    refund,
    card,
    set,
    find,
    openSale,
    scan: (code: string) => (stage.made || open === null || isReceiptNo(code) ? find(code) : scanBox(code)),
    startBlind: () => setStage({ ...atRest, open: { kind: 'blind' } }),
    leave: () => setStage(atRest),
    more: () => change((row) => step(row, 1)),
    less: () => change((row) => step(row, -1)),
    type: (base: number) => change((row) => typed(row, base)),
    place: () => change(nextPlace),
    all: () => set({ rows: rows.map((row) => ({ ...row, nowBase: row.leftBase })), refusal: null }),
    /** Puts it aside to pay the next sale; true when that is done. */
    exchange: async (): Promise<boolean> => {
      if (open?.kind !== 'sale') return false;
      const { reason, note } = stage;
      const wish = { saleId: open.sale.saleId, lines: saleLines(rows), reason, note };
      const answer = await answerOf(calls.exchange(wish, { context: repeatable(5) }));
      if (!answer.ok) set({ refusal: answer.refusal });
      else useExchange.setState(answer.value);
      return answer.ok;
    },
    drop: async () => {
      const answer = await answerOf(calls.dropExchange());
      if (answer.ok) useExchange.setState(answer.value);
    },
    /** Makes the return; answers with what was refused, null where it is made. */
    give: async (kind: 'return' | 'void', inPlace?: InPlace): Promise<ReturnRefusal | null> => {
      const answer = await ask(kind, inPlace);
      if (answer.ok) {
        play('ok');
        set({ made: answer.value, refusal: null });
        return null;
      }
      refused(answer.refusal);
      return answer.refusal;
    },
  };
}

/** What the till would give back for these rows; null while nothing comes back. Late answers are passed over. */
function useQuote(
  { open, rows, as, made }: Stage,
  onRefused: (refusal: ReturnRefusal) => void,
): RefundView | null {
  const { client } = useTill();
  const [refund, setRefund] = useState<RefundView | null>(null);
  const refused = useRef(onRefused);
  useEffect(() => {
    refused.current = onRefused;
  });
  const any = open !== null && made === null && rows.some((row) => row.nowBase > 0);
  useEffect(() => {
    if (!any || !open) return setRefund(null);
    let wanted = true;
    const calls = client.sales.returns;
    const call =
      open.kind === 'sale'
        ? answerOf(calls.quote({ saleId: open.sale.saleId, lines: saleLines(rows) }))
        : answerOf(calls.quoteBlind({ as, lines: blindLines(rows) }));
    void call.then((answer) => {
      if (!wanted) return;
      setRefund(answer.ok ? answer.value : null);
      if (!answer.ok) refused.current(answer.refusal);
    });
    return () => {
      wanted = false;
    };
  }, [any, client, open, rows, as]);
  return refund;
}

const saleLines = (rows: readonly ReturnRow[]) =>
  rows.map(({ key, nowBase, place, batchId }) => ({
    ...{ saleLineId: key, qtyBase: nowBase, place },
    ...(batchId !== undefined && { batchId }),
  }));

const blindLines = (rows: readonly ReturnRow[]) =>
  rows
    .filter((row) => row.nowBase > 0)
    .map(({ packId, nowBase, packSize, place, batch, ...pack }) => ({
      ...{ packId, place, ...(isSoldByWeight(pack) ? { base: nowBase } : { packs: nowBase / packSize }) },
      ...(batch && { batch }),
    }));

type Box = Awaited<ReturnType<ReturnType<typeof useTill>['client']['sales']['returns']['article']>>;
const blindRow = (box: Box, at: number): ReturnRow => ({
  ...{
    key: `${at} ${box.packId}`,
    packId: box.packId,
    name: box.name,
    packSize: box.packSize,
    batch: box.batch,
  },
  // Loose units come back without a receipt of what is weighed alone.
  ...{ baseUnit: box.baseUnit, breakable: box.weighed },
  ...{
    batchId: undefined,
    soldBase: null,
    backBase: null,
    leftBase: 1000 * box.packSize,
    nowBase: box.weighed ? 0 : box.packSize,
  },
  ...{ place: box.defaultPlace, places: box.places },
});
