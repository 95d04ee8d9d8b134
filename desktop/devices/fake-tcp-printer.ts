import { createServer, type Socket } from 'node:net';

/** How the pretend printer behaves; it speaks the real protocol over a real socket. */
export type FakeBehaviour = {
  /** Answers DLE EOT and GS r. */
  readonly answers?: boolean;
  readonly paperOut?: boolean;
  readonly coverOpen?: boolean;
  readonly paperLow?: boolean;
  /** Resets the connection once it has read this many bytes of the job. */
  readonly resetAfter?: number;
  /** Stops reading once it has read this many. */
  readonly stallAfter?: number;
  /** Runs out of paper once it has read this many: goes on taking bytes, answers no GS r. */
  readonly emptyAfter?: number;
};

export type FakeTcpPrinter = {
  readonly port: number;
  /** What it has printed: all bytes but its questions. */
  readonly received: () => Buffer;
  readonly connections: () => number;
  readonly close: () => Promise<void>;
};

// biome-ignore lint/suspicious/noControlCharactersInRegex: the protocol's own bytes
const questions = /\x10\x04[\x01-\x04]|\x1dr\x01/g;

export async function startFakeTcpPrinter(behaviour: FakeBehaviour): Promise<FakeTcpPrinter> {
  let received = Buffer.alloc(0);
  let connections = 0;
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    connections++;
    sockets.add(socket);
    socket.on('error', () => undefined);
    socket.on('close', () => sockets.delete(socket));
    socket.on('data', (data) => {
      const job = data.toString('latin1').replace(questions, (question, at: number) => {
        answer(socket, question, received.length + at);
        return '';
      });
      received = Buffer.concat([received, Buffer.from(job, 'latin1')]);
      if (received.length >= (behaviour.resetAfter ?? Number.POSITIVE_INFINITY)) socket.resetAndDestroy();
      if (received.length >= (behaviour.stallAfter ?? Number.POSITIVE_INFINITY)) socket.pause();
    });
  });
  function answer(socket: Socket, question: string, read: number): void {
    if (!behaviour.answers) return;
    const empty = behaviour.paperOut || read >= (behaviour.emptyAfter ?? Number.POSITIVE_INFINITY);
    if (question === '\x10\x04\x02')
      socket.write(Uint8Array.of(0x12 | (behaviour.coverOpen ? 4 : 0) | (empty ? 0x20 : 0)));
    if (question === '\x10\x04\x04')
      socket.write(Uint8Array.of(0x12 | (behaviour.paperLow ? 0x0c : 0) | (empty ? 0x60 : 0)));
    if (question === '\x1dr\x01' && !empty) socket.write(Uint8Array.of(0));
  }
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  return {
    port: typeof address === 'object' && address ? address.port : 0,
    received: () => received,
    connections: () => connections,
    close: () =>
      new Promise((resolve) => {
        for (const socket of sockets) socket.destroy();
        server.close(() => resolve());
      }),
  };
}
