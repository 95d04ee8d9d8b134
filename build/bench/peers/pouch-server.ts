/**
 * `pouch-server.ts PEERS FOLDER`: express-pouchdb as it ships (the routes replication needs), LevelDB in FOLDER.
 * LevelDB writes without fsync: `sync` is false unless a program asks otherwise, and PouchDB does not.
 */
import { createServer, type RequestListener } from 'node:http';
import { join } from 'node:path';
import { endWithRunner, requireFrom, sayReady } from './program.ts';

type Pouch = { readonly defaults: (options: { readonly prefix: string }) => unknown };
type ExpressPouch = (pouch: unknown, options: { readonly mode: string }) => RequestListener;

const [peers = '', folder = ''] = process.argv.slice(2);
const load = requireFrom(peers);
const pouch: Pouch = load('pouchdb');
const serve: ExpressPouch = load('express-pouchdb');

endWithRunner();
// A live feed of every follower listens to the database: more than ten are no leak here.
const { EventEmitter } = await import('node:events');
EventEmitter.defaultMaxListeners = 0;
const couch = serve(pouch.defaults({ prefix: join(folder, '/') }), { mode: 'minimumForPouchDB' });
const server = createServer((request, response) => {
  // The bench asks for the process's memory; everything else is CouchDB's interface.
  if (request.url === '/_rss') response.end(String(process.memoryUsage.rss()));
  else couch(request, response);
});
server.requestTimeout = 0;
server.listen(0, '127.0.0.1', () => {
  const address = server.address();
  if (typeof address === 'object' && address) sayReady(`http://127.0.0.1:${address.port}`);
});
