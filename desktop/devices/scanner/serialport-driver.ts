import type { ScannerFault } from '#shared/auth/calls-scanners.ts';
import { err, ok, type Result } from '#shared/kernel/result.ts';
import type { SerialHandle, SerialLine } from './serial-scanner.ts';

/** Opens a line with `serialport`, which is loaded with the first one: most counters have none. */
export async function openSerialPort({
  path,
  baud,
}: SerialLine): Promise<Result<SerialHandle, ScannerFault>> {
  const loaded = await load();
  if (!loaded) return err('no-driver');
  const port = new loaded.SerialPort({ path, baudRate: baud, autoOpen: false });
  const problem = await new Promise<Error | null>((resolve) => port.open(resolve));
  if (problem) return err(faultOf(problem.message));
  return ok({
    onBytes: (listener) => void port.on('data', listener),
    onLost: (listener) => {
      port.on('error', () => {}); // a close with its reason follows
      port.on('close', listener);
    },
    close: () => new Promise((resolve) => (port.isOpen ? port.close(() => resolve()) : resolve())),
  });
}

/** The lines of this machine. Empty where they cannot be listed: Linux needs udevadm for it. */
export async function listSerialPorts(): Promise<{ path: string; name: string }[]> {
  try {
    const ports = (await (await load())?.SerialPort.list()) ?? [];
    return ports.map(({ path, manufacturer }) => ({ path, name: manufacturer ?? '' }));
  } catch {
    return [];
  }
}

const load = () => import('serialport').catch(() => null);

/** From the sentence with which the system refused; Windows says "Access denied" of a line that another one has. */
function faultOf(said: string): ScannerFault {
  if (/access (is )?denied|lock|busy|unavailable/i.test(said)) return 'busy';
  if (/permission|not permitted/i.test(said)) return 'no-permission';
  return /no such|not found|cannot find|enoent/i.test(said) ? 'gone' : 'unreadable';
}
