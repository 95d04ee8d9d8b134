import { createServer, type Socket } from 'node:net';

/**
 * How the terminal treats the next orders. `late`: it carries them out and says so when it is asked about them, or told to
 * with `speak`; `twice`: it says everything two times; `silent`: it carries them out and says nothing at all, asked or
 * not; `breaks`: it carries them out and drops the line; `deaf`: the order is lost on its way.
 */
export type TerminalManner = 'prompt' | 'late' | 'twice' | 'silent' | 'breaks' | 'deaf';

export type SimulatedTerminal = {
  readonly port: number;
  readonly behave: (manner: TerminalManner) => void;
  /** Says what it owes on lines that are still open. */
  readonly speak: () => void;
  /** Money moved, by attempt: charges positive. Each id stands here once. */
  readonly booked: () => readonly { readonly attemptId: string; readonly amountMinor: number }[];
  /** Orders and questions as they came, `CHARGE 1499`, `ASK`. */
  readonly heard: () => readonly string[];
  readonly close: () => Promise<void>;
};

/**
 * A card terminal behind a TCP port for tests and demos, with the customer in it: it approves everything but amounts that
 * end in 51 (`no funds`), and behaves as it is told. Speaks protocol.ts.
 */
export async function startSimulatedTerminal(): Promise<SimulatedTerminal> {
  const done = new Map<string, { readonly answer: string; readonly amountMinor: number }>();
  const sockets = new Set<Socket>();
  const heard: string[] = [];
  const owed: (() => void)[] = [];
  let manner: TerminalManner = 'prompt';

  function carryOut(verb: string, id: string, minor: number): string {
    const before = done.get(id);
    if (before) return before.answer;
    const declined = minor % 100 === 51;
    const answer = declined
      ? `DECLINED ${id} no funds`
      : `APPROVED ${id} ${String(done.size + 1).padStart(6, '0')}`;
    done.set(id, { answer, amountMinor: declined ? 0 : verb === 'REFUND' ? -minor : minor });
    return answer;
  }
  function hear(socket: Socket, words: string): void {
    const [verb = '', id = '', minor = '0'] = words.trim().split(' ');
    heard.push(verb === 'ASK' ? verb : `${verb} ${minor}`);
    const say = (answer: string) => socket.writable && socket.write(`${answer}\n`);
    if (verb === 'ASK') {
      if (manner === 'silent') return;
      const answer = done.get(id)?.answer ?? `NONE ${id}`;
      if (!done.has(id)) done.set(id, { answer, amountMinor: 0 });
      say(answer);
      if (manner === 'twice') say(answer);
      return;
    }
    if (manner === 'deaf') return;
    const answer = carryOut(verb, id, Number(minor));
    if (manner === 'breaks') socket.destroy();
    else if (manner === 'late' || manner === 'silent') owed.push(() => say(answer));
    else say(answer);
    if (manner === 'twice') say(answer);
  }
  const server = createServer((socket) => {
    let rest = '';
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
    socket.on('error', () => {});
    socket.on('data', (data) => {
      const lines = (rest + data.toString('latin1')).split('\n');
      rest = lines.pop() ?? '';
      for (const words of lines) hear(socket, words);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('a TCP server has a port');
  return {
    port: address.port,
    behave: (next) => {
      manner = next;
    },
    speak: () => {
      for (const say of owed.splice(0)) say();
    },
    booked: () =>
      [...done].flatMap(([attemptId, { amountMinor }]) => (amountMinor ? [{ attemptId, amountMinor }] : [])),
    heard: () => [...heard],
    close: () =>
      new Promise((resolve) => {
        for (const socket of sockets) socket.destroy();
        server.close(() => resolve());
      }),
  };
}
