import type { InferClientErrorUnion } from '@orpc/client';
import { useEffect, useRef, useState } from 'react';
import type { ReceiptDesign } from '#shared/auth/receipt-design.ts';
import type { TillClient } from '../link.ts';
import { answerOf, type RefusalOf, repeatable } from '../refusal.ts';
import { useTill } from '../till.ts';

export type DesignRefusal = RefusalOf<InferClientErrorUnion<TillClient['sales']['saveReceiptDesign']>>;

export interface DesignDesk {
  /** Null until the till has answered. */
  readonly design: ReceiptDesign | null;
  readonly change: (change: Partial<ReceiptDesign>) => void;
  readonly preview: { readonly svg: string; readonly text: string } | null;
  readonly refusal: DesignRefusal | null;
  readonly saved: boolean;
  readonly save: () => Promise<void>;
}

/** The store's design while it is being changed, with what it would look like; nothing holds until it is saved. */
export function useReceiptDesign(): DesignDesk {
  const { client } = useTill();
  const [design, setDesign] = useState<ReceiptDesign | null>(null);
  const [refusal, setRefusal] = useState<DesignRefusal | null>(null);
  const [saved, setSaved] = useState(false);
  const asked = useRef<{ readonly commandId: string; readonly design: ReceiptDesign } | null>(null);
  useEffect(() => {
    void answerOf(client.sales.receiptDesign()).then((answer) => {
      if (answer.ok) setDesign(answer.value);
      else setRefusal(answer.refusal);
    });
  }, [client]);
  return {
    ...{ design, refusal, saved },
    preview: usePreview(design),
    change(change) {
      setDesign((now) => now && { ...now, ...change });
      setRefusal(null);
      setSaved(false);
    },
    async save() {
      if (!design) return;
      // The same design saved again is the same command: one whose answer was lost is saved once.
      if (asked.current?.design !== design) asked.current = { commandId: crypto.randomUUID(), design };
      const answer = await answerOf(
        client.sales.saveReceiptDesign(asked.current, { context: repeatable(5) }),
      );
      setSaved(answer.ok);
      setRefusal(answer.ok ? null : answer.refusal);
    },
  };
}

/** The sample receipt, drawn anew with every change; an answer that comes after a newer one is dropped. */
function usePreview(design: ReceiptDesign | null): DesignDesk['preview'] {
  const { client } = useTill();
  const [preview, setPreview] = useState<DesignDesk['preview']>(null);
  useEffect(() => {
    if (!design) return;
    let wanted = true;
    void answerOf(client.sales.previewReceiptDesign(design)).then((answer) => {
      if (wanted && answer.ok) setPreview(answer.value);
    });
    return () => {
      wanted = false;
    };
  }, [client, design]);
  return preview;
}
