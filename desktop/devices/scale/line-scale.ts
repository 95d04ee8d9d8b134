import type { Weighing } from '#shared/sales/weighing.ts';
import type { Line } from '../line.ts';
import type { NotReady } from '../printer.ts';
import { type ScaleProtocol, withoutEvenParity } from './protocol.ts';

export type LineScaleOptions = {
  readonly open: () => Promise<Line | NotReady>;
  readonly protocol: ScaleProtocol;
  /** The bytes come with their parity in the eighth bit (a serial line over TCP, set to eight bits). */
  readonly checkParity?: boolean;
  /** A scale answers within a second or not at all. */
  readonly answerMs?: number;
};

/** A scale at the end of a line, opened for each question: nothing holds the line between two customers. */
export function createLineScale({ open, protocol, checkParity = false, answerMs = 1000 }: LineScaleOptions) {
  let last: Promise<unknown> = Promise.resolve();
  const read = (bytes: readonly number[]): Weighing | undefined => {
    const data = checkParity ? withoutEvenParity(bytes) : bytes;
    return data === null ? { code: 'garbled' } : protocol.read(data);
  };
  async function ask(): Promise<Weighing> {
    const line = await open();
    if ('code' in line) return { code: 'offline' };
    let heard = false;
    const hear = (bytes: readonly number[]) => {
      heard ||= bytes.length > 0;
      return read(bytes);
    };
    const answer = await line.ask(protocol.question, hear, answerMs);
    await line.hangUp(0);
    // Bytes that never became an answer are another protocol's, or another speed's.
    return answer ?? { code: heard ? 'garbled' : 'offline' };
  }
  return {
    weigh(): Promise<Weighing> {
      const mine = last.then(ask);
      last = mine.catch(() => undefined);
      return mine;
    },
  };
}
