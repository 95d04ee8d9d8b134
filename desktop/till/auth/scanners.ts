import type { ReaderScan, ScannersView } from '#shared/auth/calls-scanners.ts';
import type { ScannerProfile } from '#shared/auth/scanner-profile.ts';
import type { Result } from '#shared/kernel/result.ts';
import type { Live } from '../live.ts';
import { orRefuse } from '../refuse.ts';

/** The scanners that hang on this counter, as its host knows them. */
export type ScannerPort = {
  readonly view: () => ScannersView;
  /** Called after every change of the view. */
  readonly listen: (listener: () => void) => void;
  readonly scans: (after: number | null, signal: AbortSignal | undefined) => AsyncGenerator<ReaderScan>;
  readonly learn: (
    scannerId: string,
    profile: ScannerProfile | null,
  ) => Result<Record<never, never>, { readonly code: 'NO_SUCH_SCANNER' }>;
  readonly serialPorts: () => Promise<{ path: string; name: string }[]>;
  readonly readSerial: (path: string, baud: number | null) => void;
};

/** Tells the audit how the scanners were set up before and after; who it was it knows. */
type Tell = (before: ScannersView, after: ScannersView) => void;

/**
 * What the contract says of scanners, over the host's port; a host without one has no scanners but those that type.
 * Everyone may set them up, also before anybody is signed in; where somebody is, the audit says who.
 */
export function createScannerDesk(port: ScannerPort | undefined, live: Live, tell: Tell = () => {}) {
  port?.listen(() => live.changed('scanners'));
  const told = <T>(change: (to: ScannerPort) => T, otherwise: T): T => {
    if (!port) return otherwise;
    const before = port.view();
    const done = change(port);
    tell(before, port.view());
    return done;
  };
  const none: ScannersView = { wedge: null, readers: [] };
  return {
    watch: (signal: AbortSignal | undefined) => live.watch('scanners', () => port?.view() ?? none, signal),
    scans: (after: number | null, signal: AbortSignal | undefined) =>
      port ? port.scans(after, signal) : silence(signal),
    learn: (scannerId: string, profile: ScannerProfile | null) =>
      told((to) => orRefuse(to.learn(scannerId, profile)), {}),
    serialPorts: async () => (await port?.serialPorts()) ?? [],
    readSerial: (path: string, baud: number | null) =>
      told((to) => {
        to.readSerial(path, baud);
        return {};
      }, {}),
  };
}

/** A stream that says nothing, and ends with its signal. */
async function* silence(signal: AbortSignal | undefined): AsyncGenerator<ReaderScan> {
  yield { seq: 0, scan: null };
  await new Promise<void>((resolve) => signal?.addEventListener('abort', () => resolve()));
}
