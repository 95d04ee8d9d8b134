import { createServer } from 'node:http';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { json } from 'node:stream/consumers';

/** `require` as a module inside the installed peers would have it. */
export const requireFrom = (peers: string): NodeJS.Require => createRequire(join(peers, 'bench.cjs'));

/** The line build/child.ts waits for. */
export const sayReady = (url: string): void => console.log(JSON.stringify({ ready: true, url }));

/** A program of a peer ends with the bench: when it is asked to, and when the bench has gone. */
export function endWithRunner(): void {
  process.on('SIGTERM', () => process.exit(0));
  process.stdin.on('end', () => process.exit(0)).resume();
}

export type Commands = Readonly<Record<string, (body: never) => Promise<unknown>>>;

/** Serves a peer's till to the bench: `POST /<command>`, JSON both ways. */
export function serveCommands(commands: Commands): void {
  endWithRunner();
  const known = new Map(Object.entries(commands));
  const server = createServer(async (request, response) => {
    const command = known.get(request.url?.slice(1) ?? '');
    try {
      if (!command) throw new Error(`no command ${request.url}`);
      const body: unknown = await json(request);
      response.end(JSON.stringify((await command(body as never)) ?? {}));
    } catch (problem) {
      response.writeHead(500).end(String(problem instanceof Error ? problem.stack : problem));
    }
  });
  server.requestTimeout = 0;
  server.listen(0, '127.0.0.1', () => {
    const address = server.address();
    if (typeof address === 'object' && address) sayReady(`http://127.0.0.1:${address.port}`);
  });
}
