/**
 * A feed with nothing of ours, as a process of its own: `POST /` is one INSERT with NOTIFY in the Postgres of
 * DATABASE_URL; LISTEN, SELECT, and the text goes to everyone who holds `GET /` open. `GET /_rss` is its memory.
 */
import { createServer, type ServerResponse } from 'node:http';
import { text } from 'node:stream/consumers';
import pg from 'pg';
import { endWithRunner, sayReady } from './peers/program.ts';

const connectionString = process.env.DATABASE_URL;
endWithRunner();
const pool = new pg.Pool({ connectionString, max: 2 });
await pool.query('CREATE TABLE IF NOT EXISTS fed (n serial PRIMARY KEY, text text NOT NULL)');
const listener = new pg.Client({ connectionString });
await listener.connect();
await listener.query('LISTEN fed');
const followers = new Set<ServerResponse>();

listener.on('notification', async ({ payload }) => {
  const { rows } = await pool.query<{ text: string }>('SELECT text FROM fed WHERE n = $1', [payload]);
  for (const follower of followers) follower.write(`data: ${rows[0]?.text}\n\n`);
});

const server = createServer(async (request, response) => {
  if (request.url === '/_rss') response.end(String(process.memoryUsage.rss()));
  else if (request.method === 'POST') {
    await pool.query(
      `WITH added AS (INSERT INTO fed (text) VALUES ($1) RETURNING n) SELECT pg_notify('fed', n::text) FROM added`,
      [await text(request)],
    );
    response.end();
  } else {
    response.writeHead(200, { 'content-type': 'text/event-stream' }).flushHeaders();
    followers.add(response);
    response.on('close', () => followers.delete(response));
  }
});
server.requestTimeout = 0;
server.listen(0, '127.0.0.1', () => {
  const address = server.address();
  if (typeof address === 'object' && address) sayReady(`http://127.0.0.1:${address.port}`);
});
