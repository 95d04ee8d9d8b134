import { connect, type Socket } from 'node:net';
import type { NotReady } from './printer.ts';

/** One connection to a printer: bytes out with progress, answers in by kind. */
export type Line = {
  /** Resolves when all are handed over or something broke; `sentBytes` counts what the system took. */
  readonly send: (bytes: Uint8Array, stallMs: number) => Promise<LineSent>;
  /** The next `count` bytes for which `wanted` holds, or what came of them in `withinMs`. */
  readonly receive: (
    count: number,
    wanted: (byte: number) => boolean,
    withinMs: number,
  ) => Promise<readonly number[]>;
  /** Says goodbye and waits until the printer has too, or `withinMs`. */
  readonly hangUp: (withinMs: number) => Promise<'closed' | 'reset'>;
  readonly broken: () => 'reset' | 'closed' | undefined;
};

export type LineSent = {
  readonly sentBytes: number;
  readonly failure?: 'reset' | 'closed' | 'stalled';
};

export type Address = { readonly host: string; readonly port: number };

/** Small enough that a stalled printer is noticed, large enough for a picture in a few writes. */
const CHUNK_BYTES = 4096;

export function openLine(address: Address, connectMs: number): Promise<Line | NotReady> {
  return new Promise((resolve) => {
    const socket = connect({ ...address, noDelay: true });
    const timer = setTimeout(() => fail({ code: 'timeout' }), connectMs);
    const fail = (reason: NotReady) => {
      clearTimeout(timer);
      socket.destroy();
      resolve(reason);
    };
    socket.once('error', (error: NodeJS.ErrnoException) => fail(notReadyFrom(error.code)));
    socket.once('connect', () => {
      clearTimeout(timer);
      socket.removeAllListeners('error');
      resolve(lineOn(socket));
    });
  });
}

function notReadyFrom(code: string | undefined): NotReady {
  if (code === 'ECONNREFUSED') return { code: 'refused' };
  return { code: code === 'ETIMEDOUT' ? 'timeout' : 'offline' };
}

function lineOn(socket: Socket): Line {
  let broken: 'reset' | 'closed' | undefined;
  const inbox: number[] = [];
  const waiting = new Set<() => void>();
  const changed = () => {
    for (const wake of waiting) wake();
  };
  socket.on('data', (data: Buffer) => {
    inbox.push(...data);
    changed();
  });
  socket.on('error', () => {
    broken = 'reset';
    changed();
  });
  socket.on('end', () => {
    broken ??= 'closed';
    changed();
  });
  socket.on('close', () => {
    broken ??= 'closed';
    changed();
  });
  /** Until `done` holds, the line breaks or the time is over. */
  const until = (done: () => boolean, withinMs: number) =>
    new Promise<void>((resolve) => {
      const check = () => {
        if (done() || broken) finish();
      };
      const timer = setTimeout(() => finish(), withinMs);
      const finish = () => {
        clearTimeout(timer);
        waiting.delete(check);
        resolve();
      };
      waiting.add(check);
      check();
    });
  return {
    broken: () => broken,
    async send(bytes, stallMs) {
      let sentBytes = 0;
      while (sentBytes < bytes.length && !broken) {
        const chunk = bytes.subarray(sentBytes, sentBytes + CHUNK_BYTES);
        let taken = false;
        socket.write(chunk, (error) => {
          taken = !error;
          changed();
        });
        await until(() => taken, stallMs);
        if (!taken) return { sentBytes, failure: broken ?? 'stalled' };
        sentBytes += chunk.length;
      }
      return broken ? { sentBytes, failure: broken } : { sentBytes };
    },
    async receive(count, wanted, withinMs) {
      await until(() => inbox.filter(wanted).length >= count, withinMs);
      return inbox.splice(0).filter(wanted).slice(0, count);
    },
    async hangUp(withinMs) {
      socket.end();
      await until(() => false, withinMs);
      socket.destroy();
      return broken ?? 'closed';
    },
  };
}
