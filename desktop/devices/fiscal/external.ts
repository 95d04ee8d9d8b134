import type { FiscalProvider } from '../../till/ports.ts';
import { type Address, openTcpLine } from '../tcp-line.ts';
import { readAnswer, signLine } from './protocol.ts';

export type ExternalFiscalOptions = {
  readonly address: Address;
  /** How long a connection, and then a signature, may take. */
  readonly connectMs?: number;
  readonly answerMs?: number;
};

/** An external signer behind a TCP port, spoken to as protocol.ts says, on a connection of its own for each document. */
export function createExternalFiscal({
  address,
  connectMs = 3000,
  answerMs = 10_000,
}: ExternalFiscalOptions): FiscalProvider {
  return {
    name: `${address.host}:${address.port}`,
    async sign(document) {
      const line = await openTcpLine(address, connectMs);
      if ('code' in line) return { state: 'failed', reason: 'offline' };
      let heard = 0;
      const answer = await line.ask(
        signLine(document),
        (bytes) => {
          heard = bytes.length;
          return readAnswer(bytes, document.documentId);
        },
        answerMs,
      );
      await line.hangUp(0);
      return answer ?? { state: 'failed', reason: heard > 0 ? 'bad-answer' : 'no-answer' };
    },
  };
}
