import type { Duplex } from 'node:stream';

/** One connection to a printer: bytes out with progress, answers in. */
export type Line = {
  /** Resolves when all are handed over or something broke; `sentBytes` counts what the system took. */
  readonly send: (bytes: Uint8Array, stallMs: number) => Promise<LineSent>;
  /** Asks, and reads what comes from then on until `read` makes something of it, or `withinMs` are over. */
  readonly ask: <T>(
    question: Uint8Array,
    read: (bytes: readonly number[]) => T | undefined,
    withinMs: number,
  ) => Promise<T | undefined>;
  /** Says goodbye and waits until the printer has too, or `withinMs`. */
  readonly hangUp: (withinMs: number) => Promise<'closed' | 'reset'>;
  readonly broken: () => 'reset' | 'closed' | undefined;
};

export type LineSent = {
  readonly sentBytes: number;
  readonly failure?: 'reset' | 'closed' | 'stalled';
};

export type LineOptions = {
  /** Bytes handed over at once: few enough that a printer which takes none is noticed. */
  readonly chunkBytes: number;
  /** Whether the other end hangs up too, so that it is worth waiting for it. */
  readonly saysGoodbye: boolean;
  /** Where destroying the stream does not close what is behind it. */
  readonly close?: (closed: () => void) => void;
};

/** A line over an open stream, whose errors are its own business from now on. */
export function lineOn(stream: Duplex, { chunkBytes, saysGoodbye, close }: LineOptions): Line {
  let broken: 'reset' | 'closed' | undefined;
  let inbox: number[] = [];
  const waiting = new Set<() => void>();
  const changed = () => {
    for (const wake of waiting) wake();
  };
  const breaks = (how: 'reset' | 'closed') => () => {
    broken = how === 'reset' ? how : (broken ?? how);
    changed();
  };
  stream.on('data', (data: Buffer) => {
    inbox.push(...data);
    changed();
  });
  stream.on('error', breaks('reset'));
  stream.on('end', breaks('closed'));
  stream.on('close', breaks('closed'));
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
  const send: Line['send'] = async (bytes, stallMs) => {
    let sentBytes = 0;
    while (sentBytes < bytes.length && !broken) {
      const chunk = bytes.subarray(sentBytes, sentBytes + chunkBytes);
      let taken = false;
      stream.write(chunk, (error) => {
        taken = !error;
        changed();
      });
      await until(() => taken, stallMs);
      if (!taken) return { sentBytes, failure: broken ?? 'stalled' };
      sentBytes += chunk.length;
    }
    return broken ? { sentBytes, failure: broken } : { sentBytes };
  };
  return {
    send,
    broken: () => broken,
    async ask(question, read, withinMs) {
      inbox = [];
      await send(question, withinMs);
      await until(() => read(inbox) !== undefined, withinMs);
      return read(inbox);
    },
    async hangUp(withinMs) {
      const before = broken;
      if (saysGoodbye) {
        stream.end();
        await until(() => false, withinMs);
      }
      const how = saysGoodbye ? (broken ?? 'closed') : (before ?? 'closed');
      // Until it is closed the next job would find the device taken, by ourselves.
      await new Promise<void>((resolve) => {
        if (close) return close(resolve);
        if (stream.closed) return resolve();
        stream.once('close', resolve).destroy();
      });
      return how;
    },
  };
}
