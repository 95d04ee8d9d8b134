import type { CardAnswer, CardTerminal } from '../../till/ports.ts';
import { type Address, openTcpLine } from '../tcp-line.ts';
import { question, readAnswer } from './protocol.ts';

export type TcpTerminalOptions = {
  readonly address: Address;
  /** How long a customer may take over a card and its PIN. */
  readonly answerMs?: number;
  /** How long it may take to say what is known already. */
  readonly askMs?: number;
};

/**
 * A terminal behind a TCP port, spoken to as protocol.ts says. A line that breaks after an order went out is opened again
 * and the terminal asked what became of it; the order itself is never sent twice.
 */
export function createTcpTerminal({
  address,
  answerMs = 90_000,
  askMs = 3000,
}: TcpTerminalOptions): CardTerminal {
  /** Null where there is no way to the terminal: then it has heard nothing. */
  async function say(words: Uint8Array, attemptId: string, withinMs: number): Promise<CardAnswer | null> {
    const line = await openTcpLine(address, CONNECT_MS);
    if ('code' in line) return null;
    const answer = await line.ask(words, (bytes) => readAnswer(bytes, attemptId), withinMs);
    await line.hangUp(0);
    return answer ?? { code: 'no-answer' };
  }
  async function ask(attemptId: string): Promise<CardAnswer> {
    for (let tries = 0; tries < ASK_TRIES; tries += 1) {
      const answer = await say(question.ask(attemptId), attemptId, askMs);
      if (answer && answer.code !== 'no-answer') return answer;
    }
    return { code: 'no-answer' };
  }
  async function order(words: Uint8Array, attemptId: string): Promise<CardAnswer> {
    const answer = await say(words, attemptId, answerMs);
    if (answer === null) return { code: 'not-charged', reason: '' };
    return answer.code === 'no-answer' ? ask(attemptId) : answer;
  }
  return {
    name: `${address.host}:${address.port}`,
    charge: (what) => order(question.charge(what), what.attemptId),
    refund: (what) => order(question.refund(what), what.attemptId),
    ask,
  };
}

const CONNECT_MS = 3000;
const ASK_TRIES = 3;
