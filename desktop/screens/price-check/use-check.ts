import { useEffect, useState } from 'react';
import type { CheckedPack } from '#shared/sales/calls-price-check.ts';
import { answerOf, type CartRefusal } from '../refusal.ts';
import { play } from '../sounds.ts';
import { type Till, useTill } from '../till.ts';
import { useCheckScan } from './scanned.ts';

type Asked = Parameters<Till['client']['sales']['priceCheck']>[0];
type Checked =
  | { readonly pack: CheckedPack; readonly refusal: null }
  | { readonly pack: null; readonly refusal: CartRefusal };

/** Asks for one pack at a time; the answer that is shown is that of the last one asked for. */
export function useCheck(onScan: () => void) {
  const { client } = useTill();
  const scan = useCheckScan(({ scan }) => scan);
  const [asked, ask] = useState<Asked | null>(null);
  const [checked, setChecked] = useState<Checked | null>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: once for each scan
  useEffect(() => {
    if (!scan) return;
    useCheckScan.setState({ scan: null });
    onScan();
    ask({ code: scan.code });
  }, [scan]);
  useEffect(() => {
    if (!asked) return;
    let wanted = true;
    void answerOf(client.sales.priceCheck(asked)).then((answer) => {
      if (!wanted) return;
      play(answer.ok ? 'ok' : 'unknown');
      setChecked(answer.ok ? { pack: answer.value, refusal: null } : { pack: null, refusal: answer.refusal });
    });
    return () => {
      wanted = false;
    };
  }, [client, asked]);
  return { checked, ask };
}
