import type { ScannerFault } from '#shared/auth/calls-scanners.ts';
import type { Result } from '#shared/kernel/result.ts';
import { createFraming, framePauseMs } from './framing.ts';
import type { Reader, Scanner, ScannerEvents } from './scanner.ts';

/** A serial line with a scanner at its end; 8 bits, no parity, one stop bit. */
export type SerialLine = { readonly path: string; readonly baud: number };

/** An open line. */
export type SerialHandle = {
  /** Once. */
  readonly onBytes: (listener: (bytes: Uint8Array) => void) => void;
  /** Pulled out, or broken off by the system. Once. */
  readonly onLost: (listener: () => void) => void;
  readonly close: () => Promise<void>;
};

export type OpenSerial = (line: SerialLine) => Promise<Result<SerialHandle, ScannerFault>>;

export type SerialScanner = Scanner & {
  /** Reads these lines from now on, and no others. */
  readonly use: (lines: readonly SerialLine[]) => void;
};

type Known = { readonly line: SerialLine; fault: ScannerFault | null; handle: SerialHandle | null };

/** Scanners on serial lines, which must be named: what hangs on a line nobody can tell. */
export function createSerialScanner(open: OpenSerial, retryMs = 3000): SerialScanner {
  const known = new Map<string, Known>();
  let wanted: readonly SerialLine[] = [];
  let events: ScannerEvents | null = null;
  let timer: NodeJS.Timeout | undefined;
  let turn: Promise<void> = Promise.resolve();

  const tell = () => events?.onReaders([...known.values()].map(readerOf));

  const listen = (one: Known, handle: SerialHandle) => {
    const framing = createFraming();
    let pause: NodeJS.Timeout | undefined;
    const scan = (text: string) => events?.onScan(`serial:${one.line.path}`, text);
    handle.onBytes((bytes) => {
      clearTimeout(pause);
      for (const text of framing.feed(bytes)) scan(text);
      pause = setTimeout(() => {
        const text = framing.pause();
        if (text !== null) scan(text);
      }, framePauseMs);
    });
    handle.onLost(() => {
      clearTimeout(pause);
      Object.assign(one, { handle: null, fault: 'gone' });
      tell();
    });
  };

  const openOne = async (one: Known) => {
    const opened = await open(one.line);
    const faultBefore = one.fault;
    Object.assign(one, opened.ok ? { handle: opened.value, fault: null } : { fault: opened.error });
    if (opened.ok) listen(one, opened.value);
    if (opened.ok || one.fault !== faultBefore) tell();
  };

  /** Closes what is not wanted any more, opens what is wanted and not open. */
  const look = async () => {
    const lines = events ? wanted : [];
    for (const [path, { line, handle }] of known) {
      if (lines.some((other) => other.path === path && other.baud === line.baud)) continue;
      known.delete(path);
      await handle?.close();
      tell();
    }
    for (const line of lines) {
      const one = known.get(line.path) ?? { line, fault: null, handle: null };
      known.set(line.path, one);
      if (!one.handle) await openOne(one);
    }
  };
  const again = () => {
    clearTimeout(timer);
    turn = turn.then(look).then(() => {
      if (events && wanted.length > 0) timer = setTimeout(again, retryMs).unref();
    });
  };

  return {
    start(given) {
      events = given;
      again();
    },
    use(lines) {
      wanted = lines;
      again();
    },
    async stop() {
      events = null;
      again();
      await turn;
    },
  };
}

const readerOf = ({ line, fault }: Known): Reader => ({
  readerId: `serial:${line.path}`,
  kind: 'serial',
  name: line.path,
  fault,
});
