import type { ScannerFault } from '#shared/auth/calls-scanners.ts';
import { err, ok } from '#shared/kernel/result.ts';
import type { HidDriver, HidEntry } from './hid-scanner.ts';

/**
 * A scanner in HID POS mode, report for report: id 2, length, AIM identifier, 56 bytes, then the maker's two bytes
 * (Honeywell, Zebra), then the flag. `plain` is without those two, as others send it.
 */
export function reportsOf(aim: string, data: string, make: 'maker' | 'plain' = 'maker'): readonly Buffer[] {
  const reports: Buffer[] = [];
  for (let at = 0; at < data.length; at += 56) {
    const report = Buffer.alloc(make === 'maker' ? 64 : 62);
    const chunk = data.slice(at, at + 56);
    report.writeUInt8(2, 0);
    report.writeUInt8(chunk.length, 1);
    report.write(aim, 2, 'latin1');
    report.write(chunk, 5, 'latin1');
    if (make === 'maker') report.write('w', 61, 'latin1');
    report.writeUInt8(at + 56 < data.length ? 1 : 0, report.length - 1);
    reports.push(report);
  }
  return reports;
}

/** A USB bus without a bus: plug, unplug, and send reports. */
export function createFakeHid() {
  type Plugged = HidEntry & {
    readonly descriptor: Uint8Array | null;
    readonly refuses: ScannerFault | null;
    report: (report: Uint8Array) => void;
    lost: () => void;
    open: boolean;
  };
  let plugged: readonly Plugged[] = [];
  const driver: HidDriver = {
    list: async () => plugged,
    descriptor: (path) => plugged.find((one) => one.path === path)?.descriptor ?? null,
    open: async (path) => {
      const one = plugged.find((other) => other.path === path);
      if (!one) return err('gone');
      if (one.refuses) return err(one.refuses);
      one.open = true;
      return ok({
        onReport: (listener) => {
          one.report = listener;
        },
        onLost: (listener) => {
          one.lost = listener;
        },
        close: async () => {
          one.open = false;
        },
      });
    },
  };
  return {
    driver,
    plug(path: string, given: Partial<Plugged> = {}): void {
      const entry = { path, name: 'Fake 1900', usagePage: 0x8c, usage: 2, descriptor: null, refuses: null };
      const deaf = { report: () => {}, lost: () => {}, open: false };
      plugged = [...plugged.filter((one) => one.path !== path), { ...entry, ...deaf, ...given }];
    },
    unplug(path: string): void {
      const one = plugged.find((other) => other.path === path);
      plugged = plugged.filter((other) => other !== one);
      one?.lost();
    },
    isOpen: (path: string) => plugged.find((one) => one.path === path)?.open ?? false,
    scan(path: string, reports: readonly Uint8Array[]): void {
      for (const report of reports) plugged.find((one) => one.path === path)?.report(report);
    },
  };
}
