import { requireFrom } from './program.ts';

/** Actual's own encoding (@actual-app/crdt), as far as the bench needs it. */
export type Crdt = {
  readonly create: (schema: unknown, value: object) => object;
  readonly toBinary: (schema: unknown, message: object) => Uint8Array<ArrayBuffer>;
  readonly fromBinary: (schema: unknown, bytes: Uint8Array) => SyncResponse & Cell;
  readonly MessageSchema: unknown;
  readonly MessageEnvelopeSchema: unknown;
  readonly SyncRequestSchema: unknown;
  readonly SyncResponseSchema: unknown;
  readonly Timestamp: { readonly parse: (text: string) => unknown };
  readonly merkle: {
    readonly insert: (trie: object, stamp: unknown) => object;
    readonly prune: (trie: object) => object;
  };
};
/** One cell of one row: what Actual's protocol carries. Values are tagged text: `S:`, `N:`, `0:`. */
export type Cell = {
  readonly dataset: string;
  readonly row: string;
  readonly column: string;
  readonly value: string;
};
type SyncResponse = {
  readonly messages: readonly { readonly timestamp: string; readonly content: Uint8Array }[];
};

/** Where a till finds its file at the server. */
export type ActualFile = {
  readonly url: string;
  readonly token: string;
  readonly fileId: string;
  readonly groupId: string;
};

/** Loads the package as the server itself has it. */
export const loadCrdt = (peers: string): Crdt => requireFrom(peers)('@actual-app/crdt');

/** `POST /sync/sync` with messages ready to be sent; the answer's bytes. */
export async function sync(file: ActualFile, body: Uint8Array<ArrayBuffer>): Promise<Uint8Array> {
  const response = await fetch(`${file.url}/sync/sync`, {
    method: 'POST',
    headers: {
      'content-type': 'application/actual-sync',
      'x-actual-token': file.token,
      'x-forwarded-for': anyAddress(),
    },
    body,
  });
  if (!response.ok) throw new Error(`Actual: HTTP ${response.status}: ${await response.text()}`);
  return new Uint8Array(await response.arrayBuffer());
}

let asked = 0;
/** Its rate limit is by address: every request comes as from a till of its own. */
export const anyAddress = (): string => {
  asked += 1;
  return `203.0.${asked >> 8}.${asked & 255}`;
};
