import { createServer, type Socket } from 'node:net';

/** How the pretend printer behaves; it speaks the real protocol over a real socket. */
export type FakeBehaviour = {
  /** Answers DLE EOT and GS r, or as a Star printer ESC ACK SOH and ETB; else it never says anything. */
  readonly answers?: boolean | 'star';
  readonly paperOut?: boolean;
  readonly coverOpen?: boolean;
  readonly paperLow?: boolean;
  readonly fault?: boolean;
  readonly offline?: boolean;
  /** Resets the connection once it has read this many bytes of the job. */
  readonly resetAfter?: number;
  /** Once it has read this many it reads and says no more. */
  readonly stallAfter?: number;
  /** Runs out of paper once it has read this many: goes on taking bytes, never says that it is done. */
  readonly emptyAfter?: number;
  /** Where a Star printer's counter stands, and whether CAN sets it to 0. */
  readonly counted?: number;
  readonly canResets?: boolean;
};

export type FakeTcpPrinter = {
  readonly port: number;
  /** What it has printed: all bytes but its questions. */
  readonly received: () => Buffer;
  /** What one connection printed, counted from 0 in the order in which they came. */
  readonly receivedOn: (connection: number) => Buffer;
  readonly connections: () => number;
  readonly close: () => Promise<void>;
};

// biome-ignore lint/suspicious/noControlCharactersInRegex: the protocol's own bytes
const questions = /\x10\x04[\x01-\x04]|\x1dr\x01|\x1b\x06\x01|\x17|\x18/g;
const never = Number.POSITIVE_INFINITY;

/** A behaviour for all connections, or one for each by its number. */
export async function startFakeTcpPrinter(
  behaviour: FakeBehaviour | ((connection: number) => FakeBehaviour),
): Promise<FakeTcpPrinter> {
  const received: Buffer[] = [];
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    const number = received.push(Buffer.alloc(0)) - 1;
    const behaves = typeof behaviour === 'function' ? behaviour(number) : behaviour;
    const { resetAfter = never, stallAfter = never } = behaves;
    let { counted = 0 } = behaves;
    sockets.add(socket);
    socket.on('error', () => undefined);
    socket.on('close', () => sockets.delete(socket));
    socket.on('data', (data) => {
      const before = received[number] ?? Buffer.alloc(0);
      let taken = 0;
      const job = data.toString('latin1').replace(questions, (question, at: number) => {
        const read = before.length + at - taken;
        if (question !== '\x18') taken += question.length;
        if (question === '\x17') counted = (counted + 1) % 32;
        if (question === '\x18' && behaves.canResets) counted = 0;
        if (question === '\x18') return question;
        if (read < Math.min(resetAfter, stallAfter)) answer(socket, { question, read, counted }, behaves);
        return '';
      });
      const all = Buffer.concat([before, Buffer.from(job, 'latin1')]);
      received[number] = all.subarray(0, Math.min(resetAfter, stallAfter));
      if (all.length >= resetAfter) socket.resetAndDestroy();
      if (all.length >= stallAfter) socket.pause();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  return {
    port: typeof address === 'object' && address ? address.port : 0,
    received: () => Buffer.concat(received),
    receivedOn: (connection) => received[connection] ?? Buffer.alloc(0),
    connections: () => received.length,
    close: () =>
      new Promise((resolve) => {
        for (const socket of sockets) socket.destroy();
        server.close(() => resolve());
      }),
  };
}

type Asked = { readonly question: string; readonly read: number; readonly counted: number };

function answer(socket: Socket, { question, read, counted }: Asked, behaves: FakeBehaviour): void {
  const empty = behaves.paperOut === true || read >= (behaves.emptyAfter ?? never);
  if (behaves.answers === 'star') {
    // A Star printer that cannot print works nothing off, so that its counter stands still.
    if (question === '\x1b\x06\x01')
      socket.write(starStatus(behaves, { empty, counted: empty ? (behaves.counted ?? 0) : counted }));
    return;
  }
  if (!behaves.answers) return;
  const { offline, coverOpen, fault, paperLow } = behaves;
  if (question === '\x10\x04\x01')
    socket.write(Uint8Array.of(0x12 | (offline || empty || coverOpen ? 8 : 0)));
  if (question === '\x10\x04\x02')
    socket.write(Uint8Array.of(0x12 | (coverOpen ? 4 : 0) | (empty ? 0x20 : 0) | (fault ? 0x40 : 0)));
  if (question === '\x10\x04\x04')
    socket.write(Uint8Array.of(0x12 | (paperLow ? 0x0c : 0) | (empty ? 0x60 : 0)));
  if (question === '\x1dr\x01' && !empty) socket.write(Uint8Array.of(0));
}

/** Nine bytes, as a TSP650 gives them. */
function starStatus(
  { coverOpen, offline, fault, paperLow }: FakeBehaviour,
  { empty, counted }: { readonly empty: boolean; readonly counted: number },
): Uint8Array {
  const counter = ((counted & 7) << 1) | ((counted & 0x18) << 2);
  const printer = (offline || empty || coverOpen ? 0x08 : 0) | (coverOpen ? 0x20 : 0);
  const paper = (empty ? 0x08 : 0) | (paperLow ? 0x04 : 0);
  return Uint8Array.of(0x23, 0x06, printer, fault ? 0x08 : 0, 0, paper, 0, counter, 0);
}
