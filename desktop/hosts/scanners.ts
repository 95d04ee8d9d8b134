import { performance } from 'node:perf_hooks';
import type { ScannerReader } from '#shared/auth/calls-scanners.ts';
import { readThrough, type ScannerProfile } from '#shared/auth/scanner-profile.ts';
import { err, ok } from '#shared/kernel/result.ts';
import { createHidScanner } from '../devices/scanner/hid-scanner.ts';
import { loadNodeHid } from '../devices/scanner/node-hid-driver.ts';
import { createScanFeed } from '../devices/scanner/scan-feed.ts';
import type { Reader, Scanner } from '../devices/scanner/scanner.ts';
import { createSerialScanner, type SerialScanner } from '../devices/scanner/serial-scanner.ts';
import { listSerialPorts, openSerialPort } from '../devices/scanner/serialport-driver.ts';
import type { ScannerPort } from '../till/auth/scanners.ts';
import { keepScannerSettings, readScannerSettings, type ScannerSettings } from './scanners-file.ts';

export type CounterScanners = ScannerPort & {
  readonly start: () => void;
  readonly stop: () => Promise<void>;
};

export type CounterScannersOptions = {
  /** devices.json of this till. */
  readonly file: string;
  readonly hid?: Scanner;
  readonly serial?: SerialScanner;
  readonly serialPorts?: ScannerPort['serialPorts'];
};

const monoMs = () => performance.now();

/** The scanners of this counter: what is plugged in, how each of them sends its codes, and the codes. */
export function createCounterScanners({
  file,
  hid = createHidScanner({ load: loadNodeHid, monoMs }),
  serial = createSerialScanner(openSerialPort),
  serialPorts = listSerialPorts,
}: CounterScannersOptions): CounterScanners {
  // Above the numbers of an earlier run, unless the clock was set back: then a screen begins anew.
  const feed = createScanFeed({ monoMs, firstSeq: Date.now() });
  let settings = readScannerSettings(file);
  let readers: Readonly<Record<Reader['kind'], readonly Reader[]>> = { hid: [], serial: [] };
  let changed = () => {};
  const all = () => [...readers.hid, ...readers.serial];
  const profileOf = (reader: Reader) => settings.profiles[keyOf(reader)] ?? null;
  const keep = (next: ScannerSettings) => {
    settings = next;
    keepScannerSettings(file, next);
    changed();
  };
  const eventsOf = (kind: Reader['kind']) => ({
    onScan: (readerId: string, sent: string) => {
      const reader = all().find((one) => one.readerId === readerId);
      const profile = reader ? profileOf(reader) : null;
      feed.push({ readerId, sent, text: profile ? readThrough(profile, sent) : sent });
    },
    onReaders: (now: readonly Reader[]) => {
      readers = { ...readers, [kind]: now };
      changed();
    },
  });
  return {
    view: () => ({
      wedge: settings.wedge,
      readers: all().map((reader): ScannerReader => ({ ...reader, profile: profileOf(reader) })),
    }),
    listen: (listener) => {
      changed = listener;
    },
    scans: feed.follow,
    learn(scannerId, profile) {
      const reader = all().find((one) => one.readerId === scannerId);
      if (scannerId === 'wedge') keep({ ...settings, wedge: profile });
      else if (!reader) return err({ code: 'NO_SUCH_SCANNER' });
      else keep({ ...settings, profiles: withProfile(settings.profiles, keyOf(reader), profile) });
      return ok({});
    },
    serialPorts,
    readSerial(path, baud) {
      const others = settings.serial.filter((line) => line.path !== path);
      keep({ ...settings, serial: baud === null ? others : [...others, { path, baud }] });
      serial.use(settings.serial);
    },
    start() {
      hid.start(eventsOf('hid'));
      serial.use(settings.serial);
      serial.start(eventsOf('serial'));
    },
    stop: async () => {
      await Promise.all([hid.stop(), serial.stop()]);
    },
  };
}

/** A USB scanner has another path every time it is plugged in; what it calls itself stays. */
const keyOf = ({ kind, readerId, name }: Reader) => (kind === 'hid' ? `hid:${name}` : readerId);

function withProfile(
  profiles: ScannerSettings['profiles'],
  key: string,
  profile: ScannerProfile | null,
): ScannerSettings['profiles'] {
  const { [key]: _, ...others } = profiles;
  return profile ? { ...others, [key]: profile } : others;
}
