import { z } from 'zod';
import {
  type EnrolReply,
  type enrolAgainRequest,
  enrolReply,
  type enrolRequest,
  protocolVersion,
} from '#shared/replica/wire.ts';
import type { TillPorts } from '../ports.ts';
import { refuse } from '../refuse.ts';
import { createSealer } from '../store/crypto.ts';
import { type DeviceKey, deviceKeyIn } from './device-key.ts';
import { createHq, type Hq, HqError } from './hq.ts';
import { sealTo } from './recovery-seal.ts';

export type JoinInput = {
  readonly hqUrl: string;
  readonly code: string;
  readonly fingerprint?: string | undefined;
};
export type Joined = EnrolReply & { readonly hqUrl: string };

type Deps = Pick<TillPorts, 'vault' | 'fetch' | 'version' | 'clock'> & {
  readonly fingerprintOf: (hqKey: string) => string;
};

/**
 * Makes this till a device of an HQ: shows the code, gets its identity, its scopes and the store's pepper, and leaves
 * the database key with HQ sealed to the org's offline recovery key. The device key is in the vault before HQ hears of
 * its public half.
 */
export async function joinHq(
  { hqUrl, code, fingerprint }: JoinInput,
  { vault, fetch, version, clock, fingerprintOf }: Deps,
): Promise<Joined> {
  if (!isSafeTransport(hqUrl)) refuse({ code: 'INSECURE_URL' });
  const key = deviceKeyIn(vault, 'device-key');
  const hq = createHq({ url: hqUrl, fetch, nowMs: clock.nowMs });
  const shown = { code: code.toUpperCase(), publicKey: key.publicKey, protocol: protocolVersion, version };
  const reply = await askToEnrol(hq, '/enrol', shown);
  if (fingerprint !== undefined && fingerprintOf(reply.hqKey) !== fingerprint)
    refuse({ code: 'WRONG_FINGERPRINT' });
  vault.set('store-pepper', reply.pepper);
  await leaveSealedKey(hq, reply, { key, databaseKey: vault.get('database-key') ?? '' });
  return { ...reply, hqUrl };
}

/** Shows HQ a code. What it refuses is told as the contract has it. */
export async function askToEnrol(
  hq: Hq,
  path: '/enrol' | '/enrol/again',
  shown: z.infer<typeof enrolRequest> | z.infer<typeof enrolAgainRequest>,
): Promise<EnrolReply> {
  try {
    return await hq.post(path, shown, { schema: enrolReply });
  } catch (problem) {
    if (!(problem instanceof HqError)) throw problem;
    const { problem: known } = problem;
    if (known.kind === 'unreachable') return refuse({ code: 'HQ_UNREACHABLE' });
    if (known.code === 'OTHER_TILL') return refuse({ code: 'OTHER_TILL' });
    const { success, data } = z.enum(['unknown', 'expired', 'used']).safeParse(known.detail.reason);
    return refuse({ code: 'CODE_REFUSED', reason: success ? data : 'unknown' });
  }
}

type Keys = { readonly key: DeviceKey; readonly databaseKey: string };

/** Leaves the database key with HQ, for the day this till's keystore is gone. @throws HqError */
export async function leaveSealedKey(
  hq: Hq,
  { device, inc, recoveryKey }: EnrolReply,
  { key, databaseKey }: Keys,
): Promise<void> {
  const sealed = await sealTo(recoveryKey, databaseKey);
  const bearer = await hq.token({ device, inc, sealer: createSealer(key.privatePem) });
  await hq.post('/enrol/sealed-key', { sealed }, { schema: z.unknown(), bearer });
}

/** https, except on this machine. */
export function isSafeTransport(hqUrl: string): boolean {
  const url = URL.parse(hqUrl);
  if (!url) return false;
  return (
    url.protocol === 'https:' ||
    (url.protocol === 'http:' && ['127.0.0.1', 'localhost', '[::1]'].includes(url.hostname))
  );
}
