/** `pouch-till.ts PEERS FOLDER`: a till on PouchDB: databases of its own in FOLDER, replication with a server. */
import { join } from 'node:path';
import { requireFrom, serveCommands } from './program.ts';

type Changes = {
  readonly on: (event: 'change', listener: (change: { readonly id: string }) => void) => void;
  readonly cancel: () => void;
};
type Replication = { readonly cancel: () => void } & PromiseLike<{ readonly docs_written: number }>;
type Database = {
  readonly put: (doc: object) => Promise<unknown>;
  readonly get: (id: string) => Promise<unknown>;
  readonly changes: (options: object) => Changes;
};
type Pouch = {
  new (name: string): Database;
  replicate: (from: string | Database, to: string | Database, options: object) => Replication;
};

const [peers = '', folder = ''] = process.argv.slice(2);
const Pouch: Pouch = requireFrom(peers)('pouchdb');

const open = new Map<string, Database>();
const arrived = new Set<string>();
const waiting = new Map<string, () => void>();
let live: Replication | null = null;
let changes: Changes | null = null;

function database(name: string): Database {
  const there = open.get(name) ?? new Pouch(join(folder, name));
  open.set(name, there);
  return there;
}

serveCommands({
  /** Pulls everything the server has and this database has not: documents and milliseconds. */
  async pull({ name, remote }: { name: string; remote: string }) {
    const from = performance.now();
    const { docs_written } = await Pouch.replicate(remote, database(name), { batch_size: 1_000 });
    return { docs: docs_written, ms: performance.now() - from };
  },
  async follow({ name, remote }: { name: string; remote: string }) {
    changes = database(name).changes({ live: true, since: 'now' });
    changes.on('change', ({ id }) => {
      arrived.add(id);
      waiting.get(id)?.();
    });
    live = Pouch.replicate(remote, database(name), { live: true, retry: true });
  },
  async feed({ name, remote }: { name: string; remote: string }) {
    live = Pouch.replicate(database(name), remote, { live: true, retry: true });
  },
  async halt() {
    changes?.cancel();
    live?.cancel();
  },
  put: ({ name, doc }: { name: string; doc: object }) => database(name).put(doc),
  get: ({ name, id }: { name: string; id: string }) => database(name).get(id),
  /** Answers when the document is in the till's own database. */
  async arrival({ id }: { id: string }) {
    if (!arrived.has(id)) await new Promise<void>((resolve) => waiting.set(id, resolve));
    waiting.delete(id);
  },
});
