import { connect } from 'node:net';
import { type Line, lineOn } from './line.ts';
import type { NotReady } from './printer.ts';

export type Address = { readonly host: string; readonly port: number };

/** Raw printing over TCP, port 9100. */
export function openTcpLine(address: Address, connectMs: number): Promise<Line | NotReady> {
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
      resolve(lineOn(socket, { chunkBytes: CHUNK_BYTES, saysGoodbye: true }));
    });
  });
}

/** Small enough that a stalled printer is noticed, large enough for a picture in a few writes. */
const CHUNK_BYTES = 4096;

function notReadyFrom(code: string | undefined): NotReady {
  if (code === 'ECONNREFUSED') return { code: 'refused' };
  return { code: code === 'ETIMEDOUT' ? 'timeout' : 'offline' };
}
