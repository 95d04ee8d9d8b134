import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { err, ok } from '#shared/kernel/result.ts';
import type { OpenSerial } from './serial-scanner.ts';
import { openSerialPort } from './serialport-driver.ts';

/** The far end of a serial line: what is sent here comes out of the line at `path`, opened with `open`. */
export type FarEnd = {
  readonly path: string;
  readonly open: OpenSerial;
  readonly send: (text: string) => void;
  /** Pulls the plug. */
  readonly end: () => Promise<void>;
};

/**
 * A pair of pseudo terminals, which is a real serial line to every program. `script` of util-linux makes them, and no
 * Debian is without it. Elsewhere a stand-in that hands the bytes on by itself, which proves nothing of the driver.
 */
export async function openFarEnd(): Promise<FarEnd> {
  const pair = process.platform === 'linux' ? await openPseudoTerminals() : null;
  if (!pair) console.warn('no pseudo terminals here: the serial line is a stand-in');
  return pair ?? standIn();
}

async function openPseudoTerminals(): Promise<FarEnd | null> {
  // Raw and without echo, as a driver sets a line up; nobody else reads it.
  const child = spawn('script', ['-qfec', 'stty raw -echo; tty; exec sleep 600', '/dev/null'], {
    stdio: ['pipe', 'pipe', 'ignore'],
  });
  const path = await new Promise<string | null>((resolve) => {
    let said = '';
    child.on('error', () => resolve(null));
    child.on('exit', () => resolve(null));
    child.stdout.on('data', (chunk) => {
      said += chunk;
      const found = /\/dev\/pts\/\d+(?=\s)/.exec(said)?.[0];
      if (found) resolve(found);
    });
  });
  if (path === null) return null;
  return {
    path,
    open: openSerialPort,
    send: (text) => void child.stdin.write(Buffer.from(text, 'latin1')),
    end: async () => {
      if (child.exitCode !== null || child.signalCode !== null) return;
      child.kill('SIGKILL');
      await once(child, 'exit');
    },
  };
}

function standIn(): FarEnd {
  let hear = (_bytes: Uint8Array) => {};
  let lose = () => {};
  let ended = false;
  return {
    path: 'stand-in',
    open: async ({ path }) => {
      if (path !== 'stand-in' || ended) return err('gone');
      return ok({
        onBytes: (listener) => {
          hear = listener;
        },
        onLost: (listener) => {
          lose = listener;
        },
        close: async () => {},
      });
    },
    send: (text) => hear(Buffer.from(text, 'latin1')),
    end: async () => {
      ended = true;
      lose();
    },
  };
}
