import { generateKeyPairSync, randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage } from 'node:http';
import { text } from 'node:stream/consumers';
import { z } from 'zod';
import type { RecoveryPapers } from '#shared/auth/calls-upkeep.ts';
import { type EnrolReply, enrolAgainRequest, protocolVersion } from '#shared/replica/wire.ts';
import type { KeyVault } from '../till/ports.ts';
import { sealTo } from '../till/replication/recovery-seal.ts';

/** The one code the HQ of a test knows. It never wears out. */
export const goodCode = 'ABCD-2345';

/**
 * The papers of a test till whose vault will be gone, and an HQ that puts it to work again as its next device and
 * answers nothing else. `build/sync/recover.pg.test.ts` does the same with a real one.
 */
export async function makePapers(vault: KeyVault, { storeId }: { readonly storeId: string }) {
  const { privateKey, publicKey } = generateKeyPairSync('x25519');
  const own = z.object({ x: z.string(), d: z.string() }).parse(privateKey.export({ format: 'jwk' }));
  const sealed = await sealTo(own.x, vault.get('database-key') ?? '');
  const recoveryKey = String(publicKey.export({ format: 'jwk' }).x);
  const server = createServer(async (request, response) => {
    const { status, body } = await answerTo(request, { storeId, recoveryKey });
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('it listens on a port');
  const papers: RecoveryPapers = {
    sealed: JSON.stringify({
      ...{ format: 1, till: 'S01-T01', tillId: 'till' },
      keys: [{ device: 'first', inc: 1, at: 0, sealed }],
    }),
    recoveryKey: `# the recovery key of Corvelle\n${own.d}\n`,
    hqUrl: `http://127.0.0.1:${address.port}`,
    code: goodCode,
  };
  const close = async (): Promise<void> => {
    server.closeAllConnections();
    server.close();
    await once(server, 'close');
  };
  return { papers, typedKey: own.d, close };
}

type Org = { readonly storeId: string; readonly recoveryKey: string };

async function answerTo(request: IncomingMessage, { storeId, recoveryKey }: Org) {
  const sent = await text(request);
  if (request.url !== '/enrol/again') return { status: 404, body: { code: 'NOT_FOUND', message: '' } };
  const { code, tillId } = enrolAgainRequest.parse(JSON.parse(sent));
  if (code !== goodCode)
    return { status: 403, body: { code: 'CODE_REFUSED', message: '', detail: { reason: 'used' } } };
  const body: EnrolReply = {
    ...{ device: randomUUID(), inc: 2, tillId, storeId, scopes: [], orgName: 'Corvelle', hqKey: '' },
    ...{ recoveryKey, pepper: '', epoch: 'test', protocol: protocolVersion, bundleKey: '' },
  };
  return { status: 200, body };
}
