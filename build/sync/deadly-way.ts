import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { text } from 'node:stream/consumers';

/** A way to HQ on which a process dies as it asks to be enrolled: before HQ has heard it, or when HQ has answered. */
export async function openDeadlyWay(hqUrl: string, killed: 'before' | 'after') {
  let victim: ChildProcess | undefined;
  const server = createServer(async (request, response) => {
    const deadly = request.url === '/enrol/again';
    if (!deadly || killed === 'after') await pass(hqUrl, request, deadly ? null : response);
    if (deadly) victim?.kill('SIGKILL');
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const address = server.address();
  return {
    url: `http://127.0.0.1:${typeof address === 'object' ? address?.port : 0}`,
    kills: (child: ChildProcess): void => {
      victim = child;
    },
    close: async (): Promise<void> => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

/** `response`: null where HQ's answer is lost. */
async function pass(hqUrl: string, request: IncomingMessage, response: ServerResponse | null): Promise<void> {
  const { authorization = '' } = request.headers;
  const answer = await fetch(new URL(request.url ?? '', hqUrl), {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization },
    body: await text(request),
  });
  const body = await answer.text();
  response?.writeHead(answer.status, { 'content-type': 'application/json' }).end(body);
}
