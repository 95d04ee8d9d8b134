import { createServer, type Socket } from 'node:net';

/**
 * How the device treats what it is asked. `slow`: it signs and says so when told to with `speak`; `silent`: it signs and
 * says nothing; `refuses`; `twice`: it says two lines, the second with another signature; `garbage`: what no protocol
 * knows; `breaks`: it signs and drops the line before it has said all of it.
 */
export type FiscalManner = 'prompt' | 'slow' | 'silent' | 'refuses' | 'twice' | 'garbage' | 'breaks';

export type SimulatedFiscal = {
  readonly port: number;
  readonly behave: (manner: FiscalManner) => void;
  /** Says what it owes on lines that are still open. */
  readonly speak: () => void;
  /** Signatures by document: each is made once, asked however often. */
  readonly signed: () => ReadonlyMap<string, string>;
  /** Documents as they were asked for, `sale S01-T01A-000001 499`. */
  readonly heard: () => readonly string[];
  readonly close: () => Promise<void>;
};

/** A fiscal device behind a TCP port that speaks protocol.ts, for tests and demos. `onPort` 0: any that is free. */
export async function startSimulatedFiscal(onPort = 0): Promise<SimulatedFiscal> {
  const signed = new Map<string, string>();
  const sockets = new Set<Socket>();
  const heard: string[] = [];
  const owed: (() => void)[] = [];
  let manner: FiscalManner = 'prompt';

  function hear(socket: Socket, words: string): void {
    const [, id = '', kind = '', , number = '', minor = ''] = words.trim().split(' ');
    heard.push(`${kind} ${number} ${minor}`);
    const say = (answer: string) => socket.writable && socket.write(answer);
    if (manner === 'refuses') return void say(`REFUSED ${id} not today\n`);
    if (manner === 'garbage') return void say(`\u0000\u00ff SIGNED?? ${id}\nSIGNED ${id} \n<html>\n`);
    const signature = signed.get(id) ?? `SIG-${signed.size + 1}`;
    signed.set(id, signature);
    const answer = `SIGNED ${id} ${signature}\n`;
    if (manner === 'breaks') socket.end(answer.slice(0, -1));
    else if (manner === 'slow') owed.push(() => say(answer));
    else if (manner === 'twice') say(`${answer}SIGNED ${id} OTHER-${signature}\n`);
    else if (manner === 'prompt') say(answer);
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
  await new Promise<void>((resolve) => server.listen(onPort, '127.0.0.1', resolve));
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
    signed: () => new Map(signed),
    heard: () => [...heard],
    close: () =>
      new Promise((resolve) => {
        for (const socket of sockets) socket.destroy();
        server.close(() => resolve());
      }),
  };
}
