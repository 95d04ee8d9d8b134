import { personOnBadge } from '#shared/auth/badge.ts';
import type { Session, TillState } from '#shared/auth/calls.ts';
import { usePreferences } from '#shared/ui/app.tsx';
import { locales } from '#shared/ui/format.ts';
import { clearDesk, setDesk, setPayment, useDesk } from './desk.ts';
import { useCommands } from './keys/command-keys.tsx';
import { giveCheckScan } from './price-check/scanned.ts';
import { giveReturnScan } from './returns/scanned.ts';
import { useScans } from './scanner/use-scans.ts';
import { useSelling } from './sell/use-selling.ts';
import { giveSampleScan } from './settings/scanned.ts';
import { play } from './sounds.ts';
import { useTill } from './till.ts';

type ReadyState = Extract<TillState, { readonly phase: 'ready' }>;

/** The keys that work at every task of a signed-in person. */
export function useCounterCommands(session: Session): void {
  const till = useTill();
  const language = useNextLanguage();
  useCommands({
    keys: () => setDesk({ overlay: 'help' }),
    palette: () => setDesk({ overlay: 'palette' }),
    returns: () => setDesk({ task: 'returns' }),
    shift: () => setDesk({ task: 'shift' }),
    drawer: () => setDesk({ overlay: 'drawer' }),
    priceCheck: () => setDesk({ task: 'price-check' }),
    syncStatus: () => setDesk({ task: 'sync' }),
    lock: () => lockTill(till, session.personId),
    language,
  });
}

/**
 * Signs out and keeps the sale: it lies on the till's disk and is there for whoever signs in next. `personId` is whose PIN
 * is asked for: who locked it, or whose badge was scanned.
 */
export function lockTill({ client, cart }: ReturnType<typeof useTill>, personId: string): void {
  const sale = cart.get();
  const lines = sale?.lines.length ?? 0;
  clearDesk();
  setDesk({ locked: { personId, lines, totalMinor: sale?.totalMinor ?? 0, atMs: Date.now() } });
  client.auth.signOut().catch(() => {
    // Not answered: the till is gone, and with it the session.
  });
}

/** The next language, in turn: for who cannot read the present one. */
export function useNextLanguage(): () => void {
  const [{ locale }, change] = usePreferences();
  return () => change({ locale: locales[(locales.indexOf(locale) + 1) % locales.length] ?? 'en' });
}

/**
 * Scans go to the sale from wherever the person is, but not into a payment of which something is taken. A colleague's
 * badge changes who is at the till, with the sale kept.
 */
export function useCounterScans({ session, people }: Pick<ReadyState, 'session' | 'people'>): void {
  const till = useTill();
  const { scan } = useSelling();
  useScans((code) => {
    const { task, payment } = useDesk.getState();
    const paying = task === 'pay' && (payment.taken.length > 0 || payment.asked !== null || payment.waiting);
    const badge = personOnBadge(code);
    const colleague = people.find((one) => one.personId === badge);
    if (colleague && !paying) {
      play('ok');
      if (colleague.personId !== session.personId) lockTill(till, colleague.personId);
      return;
    }
    if (task === 'returns') return giveReturnScan(code);
    if (task === 'price-check') return giveCheckScan(code);
    if (task === 'store-settings' && giveSampleScan(code)) return;
    if (!paying) return void scan(code);
    play('stop');
    setPayment({ refusal: { code: 'SCANNED' } });
  });
}
