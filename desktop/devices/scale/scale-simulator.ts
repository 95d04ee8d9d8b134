import { createServer, type Socket } from 'node:net';
import type { Weight } from '#shared/sales/weighing.ts';

/** What lies on the simulated scale, or ails it. */
export type OnScale = Weight | 'in-motion' | 'under' | 'over' | 'no-zero' | 'fault' | 'silent' | 'noise';

export type ScaleSimulator = {
  readonly port: number;
  readonly put: (on: OnScale) => void;
  /** Sends answers a byte at a time, and with even parity in the eighth bit. */
  readonly setLine: (line: { readonly slowly?: boolean; readonly parity?: boolean }) => void;
  readonly close: () => Promise<void>;
};

/** A scale behind a TCP port, as a serial-to-Ethernet box has it: speaks NCI or 8217 to whoever asks. */
export async function startScaleSimulator(speaks: 'nci' | 'toledo'): Promise<ScaleSimulator> {
  let on: OnScale = { amount: 0, decimals: 3, unit: 'kg' };
  let line: { readonly slowly?: boolean; readonly parity?: boolean } = {};
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.setNoDelay(true);
    socket.on('close', () => sockets.delete(socket));
    socket.on('error', () => {});
    socket.on('data', (asked) => {
      const answer =
        speaks === 'nci'
          ? nciAnswer(asked.toString('latin1'), on)
          : toledoAnswer(asked.toString('latin1'), on);
      const bytes = Array.from(answer, (char) =>
        line.parity ? even(char.charCodeAt(0)) : char.charCodeAt(0),
      );
      if (!line.slowly) socket.write(Uint8Array.from(bytes));
      else void drip(socket, bytes);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('a TCP server has a port');
  return {
    port: address.port,
    put: (next) => {
      on = next;
    },
    setLine: (next) => {
      line = next;
    },
    close: () =>
      new Promise((resolve) => {
        for (const socket of sockets) socket.destroy();
        server.close(() => resolve());
      }),
  };
}

async function drip(socket: Socket, bytes: readonly number[]): Promise<void> {
  for (const byte of bytes) {
    socket.write(Uint8Array.of(byte));
    await new Promise((resolve) => setImmediate(resolve));
  }
}

function nciAnswer(asked: string, on: OnScale): string {
  if (on === 'silent') return '';
  if (on === 'noise') return '\n 1.2#5kg\r\n00\r\x03';
  if (asked !== 'W\r') return '\n?\r\x03';
  const status = (first: number, second: number) => String.fromCharCode(0x30 | first, 0x30 | second);
  const shown = (weight: string, state: string) => `\n${weight}\r\n${state}\r\x03`;
  if (on === 'over') return shown('^^^^^^^kg', status(0, 2));
  if (on === 'under') return shown('_______kg', status(0, 1));
  if (on === 'no-zero') return shown('-------kg', status(0, 0));
  if (on === 'fault') return `\n${status(4, 0)}\r\x03`;
  if (on === 'in-motion') return shown('  0.731kg', status(1, 0));
  return shown(`${decimal(on).padStart(7)}${on.unit}`, status(on.amount === 0 ? 2 : 0, 0));
}

function toledoAnswer(asked: string, on: OnScale): string {
  if (on === 'silent') return '';
  if (on === 'noise') return '\x021.2#5\r';
  const state = (bits: number) => `\x02?${String.fromCharCode(0x40 | bits)}\r`;
  if (asked !== 'W') return state(0x40);
  if (on === 'in-motion') return state(0x01);
  if (on === 'over') return state(0x02);
  if (on === 'under') return state(0x04);
  if (on === 'no-zero' || on === 'fault') return state(0x08);
  return `\x02${decimal(on).padStart(6, '0')}\r`;
}

function decimal({ amount, decimals }: Weight): string {
  const digits = String(amount).padStart(decimals + 1, '0');
  return decimals === 0 ? digits : `${digits.slice(0, -decimals)}.${digits.slice(-decimals)}`;
}

function even(byte: number): number {
  let ones = 0;
  for (let left = byte; left > 0; left >>= 1) ones += left & 1;
  return ones % 2 === 0 ? byte : byte | 0x80;
}
