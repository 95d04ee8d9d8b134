import { type Line, lineOn } from '../line.ts';
import type { NotReady } from '../printer.ts';
import { serialReason } from '../serial-line.ts';
import type { ScaleProtocol } from './protocol.ts';

export type ScaleSerial = ScaleProtocol['line'] & { readonly path: string };

/** A scale on a serial line, set as its protocol wants it; the driver is loaded when a scale is first asked. */
export async function openScaleSerial(options: ScaleSerial): Promise<Line | NotReady> {
  const driver = await import('serialport').catch(() => undefined);
  if (!driver) return { code: 'no-driver' };
  return new Promise((resolve) => {
    const port = new driver.SerialPort({ ...options, autoOpen: false });
    port.open((problem) =>
      resolve(problem ? serialReason(problem.message) : lineOn(port, { chunkBytes: 16, saysGoodbye: false })),
    );
  });
}
