import { connect, createServer, type Socket } from 'node:net';
import type { Seeded } from '../demo-data/random.ts';

/** What happens to requests on their way: shares of all of them, and the longest delay of either direction. */
export type Weather = {
  readonly refuse: number;
  readonly loseAnswer: number;
  readonly delayMs: number;
};
export const calm: Weather = { refuse: 0, loseAnswer: 0, delayMs: 0 };
export const storm: Weather = { refuse: 0.17, loseAnswer: 0.36, delayMs: 40 };

export type Carried = {
  requests: number;
  refused: number;
  answersLost: number;
  passed: number;
};

const nothing = (): Carried => ({ requests: 0, refused: 0, answersLost: 0, passed: 0 });

/**
 * The bad line between tills and the nodes of HQ. Each request draws its own fate and its own node, whether that one
 * lives or not: refused, answered too late to be heard (the answer is thrown away after the node has committed), or
 * passed after a delay. One request a connection, so that a connection that is kept cannot hide behind one lucky draw.
 * Bytes are never reordered or altered. The feed's long answers go through it too.
 */
export async function startNetwork({
  nodes,
  draw,
}: {
  readonly nodes: () => readonly number[];
  readonly draw: Seeded;
}) {
  const carried = nothing();
  let weather = calm;
  const server = createServer((client) => {
    const { refuse, loseAnswer, delayMs } = weather;
    // What was carried in fair weather says nothing of the storm.
    const counts = weather === calm ? nothing() : carried;
    counts.requests += 1;
    const fate = draw.next();
    client.on('error', () => {});
    if (fate < refuse) {
      counts.refused += 1;
      client.resetAndDestroy();
      return;
    }
    const delays = [draw.next() * delayMs, draw.next() * delayMs] as const;
    const node = connect(draw.pick(nodes()), '127.0.0.1');
    carry({ client, node, delays, counts, lose: fate < refuse + loseAnswer });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (typeof address !== 'object' || address === null) throw new Error('the network is not listening');
  return {
    url: `http://127.0.0.1:${address.port}`,
    carried: (): Readonly<Carried> => ({ ...carried }),
    set: (wanted: Weather): void => {
      weather = wanted;
    },
    stop: (): void => {
      server.close();
    },
  };
}

type Trip = {
  readonly client: Socket;
  readonly node: Socket;
  readonly delays: readonly [number, number];
  readonly counts: Carried;
  readonly lose: boolean;
};

function carry({ client, node, delays, counts, lose }: Trip): void {
  const cut = () => {
    client.resetAndDestroy();
    node.destroy();
  };
  const up = delayed(node, delays[0]);
  const down = delayed(client, delays[1]);
  let head = Buffer.alloc(0);
  let headSent = false;
  let answered = false;
  node.on('error', cut);
  client.on('data', (chunk: Buffer) => {
    if (headSent) return up(chunk);
    head = Buffer.concat([head, chunk]);
    const end = head.indexOf('\r\n\r\n');
    if (end < 0) return;
    headSent = true;
    up(Buffer.concat([once(head.subarray(0, end)), head.subarray(end)]));
  });
  node.on('data', (chunk: Buffer) => {
    if (lose) {
      counts.answersLost += answered ? 0 : 1;
      answered = true;
      return cut();
    }
    if (!answered) counts.passed += 1;
    answered = true;
    down(chunk);
  });
  // The last bytes may still be waiting for their delay.
  node.on('end', () => setTimeout(() => client.end(), delays[1] + 1));
  client.on('close', () => node.destroy());
}

/** The head of a request, asking for the connection to be closed after the answer. */
function once(head: Buffer): Buffer {
  const lines = head
    .toString('latin1')
    .split('\r\n')
    .filter((line) => !/^connection:/i.test(line));
  return Buffer.from([...lines, 'Connection: close'].join('\r\n'), 'latin1');
}

/** Writes chunks to `to` in order, the first after a delay. */
function delayed(to: Socket, ms: number): (chunk: Buffer) => void {
  let waiting: Buffer[] | null = [];
  setTimeout(() => {
    for (const chunk of waiting ?? []) to.write(chunk);
    waiting = null;
  }, ms);
  return (chunk) => {
    if (waiting) waiting.push(chunk);
    else to.write(chunk);
  };
}
