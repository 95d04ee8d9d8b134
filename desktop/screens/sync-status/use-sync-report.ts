import { useEffect, useRef, useState } from 'react';
import type { SyncReport } from '#shared/auth/calls.ts';
import { useLive } from '../live.ts';
import { answerOf } from '../refusal.ts';
import { useTill } from '../till.ts';

/** At most so often: while 45,000 changes drain, `sync` changes many times a second. */
const EVERY_MS = 1_000;

/** The report as of the last change of `sync`, and what time it is at the till since; null until it has answered. */
export function useSyncReport(): { readonly report: SyncReport | null; readonly now: number } {
  const { client, sync } = useTill();
  const changed = useLive(sync);
  const askedAt = useRef(Number.NEGATIVE_INFINITY);
  const [taken, setTaken] = useState<{ readonly report: SyncReport; readonly aheadMs: number } | null>(null);
  useEffect(() => {
    if (!changed) return;
    const wait = Math.max(0, askedAt.current + EVERY_MS - performance.now());
    const timer = setTimeout(async () => {
      askedAt.current = performance.now();
      const answer = await answerOf(client.auth.syncReport());
      if (!answer.ok) return;
      const report = answer.value;
      setTaken((before) =>
        before && before.report.at > report.at ? before : { report, aheadMs: report.at - Date.now() },
      );
    }, wait);
    return () => clearTimeout(timer);
  }, [client, changed]);
  return { report: taken?.report ?? null, now: useSeconds() + (taken?.aheadMs ?? 0) };
}

/** This machine's clock, once a second. */
function useSeconds(): number {
  const [now, setNow] = useState(Date.now);
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 1_000);
    return () => clearInterval(timer);
  }, []);
  return now;
}
