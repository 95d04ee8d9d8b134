import { notReadyFrom } from './file-line.ts';
import { type Line, lineOn } from './line.ts';
import type { NotReady } from './printer.ts';

export type SerialAddress = { readonly path: string; readonly baudRate: number };

/** A printer on a serial line, 8 data bits, no parity, RTS/CTS as most are set. */
export async function openSerialLine({ path, baudRate }: SerialAddress): Promise<Line | NotReady> {
  const driver = await import('serialport').catch(() => undefined);
  if (!driver) return { code: 'no-driver' };
  return new Promise((resolve) => {
    const port = new driver.SerialPort({ path, baudRate, autoOpen: false });
    port.open((problem) => {
      if (problem) return resolve(serialReason(problem.message));
      const close = (closed: () => void) => port.close(() => closed());
      resolve(lineOn(port, { chunkBytes: CHUNK_BYTES, saysGoodbye: false, close }));
    });
  });
}

/** A quarter of a second at 9,600 baud, so that a stalled printer is told from a slow line. */
const CHUNK_BYTES = 256;

/** The driver gives the system's word in its sentence: `Error: Permission denied, cannot open /dev/ttyUSB0`. */
export function serialReason(sentence: string): NotReady {
  if (/permission denied|access denied/i.test(sentence)) return notReadyFrom('EACCES');
  return notReadyFrom(/busy|lock|temporarily unavailable/i.test(sentence) ? 'EBUSY' : 'ENOENT');
}
