import { useEffect, useMemo, useRef } from 'react';
import { readThrough } from '#shared/auth/scanner-profile.ts';
import { useDesk } from '../desk.ts';
import { useLive } from '../live.ts';
import { useTill } from '../till.ts';
import { attachScanner } from './attach.ts';
import { burstOptionsOf } from './burst.ts';
import { followScans } from './follow.ts';

/**
 * Every code that is scanned, whatever has the focus and whichever way it comes: typed, by USB, over a serial line.
 * While a scanner is being set up its codes are that screen's.
 */
export function useScans(onScan: (code: string) => void): void {
  const { client, scanners } = useTill();
  const elsewhere = useDesk(({ task }) => task === 'scanner');
  const learnt = JSON.stringify(useLive(scanners)?.wedge ?? null);
  const wedge = useMemo((): Wedge => JSON.parse(learnt), [learnt]);
  const current = useRef(onScan);
  useEffect(() => {
    current.current = onScan;
  });
  useEffect(() => {
    if (elsewhere) return;
    return attachScanner(
      window,
      ({ text }) => current.current(wedge ? readThrough(wedge, text) : text),
      wedge ? burstOptionsOf(wedge) : {},
    );
  }, [elsewhere, wedge]);
  useEffect(() => {
    if (elsewhere) return;
    return followScans(client, ({ text }) => current.current(text));
  }, [client, elsewhere]);
}

type Wedge = Parameters<typeof readThrough>[0] | null;
