import type { ScannerFault } from '#shared/auth/calls-scanners.ts';
import type { Result } from '#shared/kernel/result.ts';
import { layoutOfDescriptor } from './hid-descriptor.ts';
import { commonLayout, createReportReader } from './hid-report.ts';
import type { Reader, Scanner, ScannerEvents } from './scanner.ts';

/** A device as the system lists it: one entry for each top-level collection. */
export type HidEntry = {
  readonly path: string;
  readonly name: string;
  readonly usagePage: number;
  readonly usage: number;
};

/** An open device. */
export type HidHandle = {
  /** Whole input reports, the id byte first where the device numbers them. Once. */
  readonly onReport: (listener: (report: Uint8Array) => void) => void;
  /** Unplugged, or the system broke it off. Once. */
  readonly onLost: (listener: () => void) => void;
  readonly close: () => Promise<void>;
};

/** The system's way to HID devices: node-hid, or a test's simulator. */
export type HidDriver = {
  readonly list: () => Promise<readonly HidEntry[]>;
  readonly open: (path: string) => Promise<Result<HidHandle, ScannerFault>>;
  /** The report descriptor, where the system shows it. */
  readonly descriptor: (path: string) => Uint8Array | null;
};

export type HidScannerOptions = {
  /** Loads the driver at the first start; a machine may lack what it needs. */
  readonly load: () => Promise<HidDriver | null>;
  /** A clock that only goes on, in ms. */
  readonly monoMs: () => number;
  /** How often is looked for scanners that were plugged in, in ms. */
  readonly lookMs?: number;
};

/** HID Point of Sale Usage Tables 1.02 §3: Bar Code Scanner page; badge reader, scanner, cordless base, cradle. */
const scannerPage = 0x8c;
const scannerUsages: ReadonlySet<number> = new Set([0x01, 0x02, 0x03, 0x04, 0x05]);

type Known = { readonly name: string; fault: ScannerFault | null; handle: HidHandle | null };

/** Scanners in HID POS mode. Whatever is plugged in is read; nothing has to be set up. */
export function createHidScanner({ load, monoMs, lookMs = 3000 }: HidScannerOptions): Scanner {
  const known = new Map<string, Known>();
  let timer: NodeJS.Timeout | undefined;
  let looking: Promise<void> = Promise.resolve();
  let stopped = false;

  const tell = ({ onReaders }: ScannerEvents) => onReaders([...known].map(readerOf));

  const openOne = async (driver: HidDriver, { path, name }: HidEntry, events: ScannerEvents) => {
    const opened = await driver.open(path);
    const faultBefore = known.get(path)?.fault;
    known.set(path, { name, ...(opened.ok ? { fault: null, handle: opened.value } : failed(opened.error)) });
    if (opened.ok) listen(opened.value, path, driver.descriptor(path));
    if (opened.ok || faultBefore !== opened.error) tell(events);

    function listen(handle: HidHandle, at: string, descriptor: Uint8Array | null) {
      const feed = createFeed(descriptor);
      handle.onReport((report) => {
        const text = feed(report, monoMs());
        if (text !== null) events.onScan(`hid:${at}`, text);
      });
      handle.onLost(() => {
        known.delete(at);
        void handle.close();
        tell(events);
      });
    }
  };

  const look = async (driver: HidDriver, events: ScannerEvents) => {
    const present = (await driver.list()).filter(
      ({ usagePage, usage }) => usagePage === scannerPage && scannerUsages.has(usage),
    );
    const paths = new Set(present.map(({ path }) => path));
    for (const [path, { handle }] of known)
      if (!paths.has(path)) {
        known.delete(path);
        await handle?.close();
        tell(events);
      }
    for (const entry of present)
      if (!stopped && !known.get(entry.path)?.handle) await openOne(driver, entry, events);
  };

  return {
    start(events) {
      stopped = false;
      looking = load().then((driver) => {
        if (!driver) return events.onReaders([noDriver]);
        const turn = async () => {
          await look(driver, events).catch(() => {}); // a list that fails once is asked for again
          if (!stopped) timer = setTimeout(() => (looking = turn()), lookMs).unref();
        };
        return turn();
      });
    },
    async stop() {
      stopped = true;
      clearTimeout(timer);
      await looking;
      for (const { handle } of known.values()) await handle?.close();
      known.clear();
    },
  };
}

const failed = (fault: ScannerFault) => ({ fault, handle: null });

/** Without a descriptor the size of the first scanned-data report says where its last byte is. */
function createFeed(descriptor: Uint8Array | null) {
  const layout = descriptor && layoutOfDescriptor(descriptor);
  let reader = layout && createReportReader(layout);
  return (report: Uint8Array, atMs: number): string | null => {
    const common = commonLayout(report.length);
    if (report[0] === common.reportId) reader ??= createReportReader(common);
    return reader?.feed(report, atMs) ?? null;
  };
}

const readerOf = ([path, { name, fault }]: readonly [string, Known]): Reader => ({
  readerId: `hid:${path}`,
  kind: 'hid',
  name,
  fault,
});

const noDriver: Reader = { readerId: 'hid:', kind: 'hid', name: '', fault: 'no-driver' };
