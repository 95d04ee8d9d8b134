import { generateKeyPairSync, randomUUID } from 'node:crypto';
import { timeText } from '#shared/replica/wire.ts';
import { createSealer, sha256Hex } from '../../desktop/till/store/crypto.ts';
import type { OpenShop } from './open-shop.ts';

/** An HQ's key, and what that HQ answers to a till that signs in. */
export function hqOf({ till }: Pick<OpenShop, 'till'>) {
  const { privateKey, publicKey } = generateKeyPairSync('ed25519');
  const sealer = createSealer(privateKey.export({ type: 'pkcs8', format: 'pem' }).toString());
  const hqKey = String(publicKey.export({ format: 'jwk' }).x);
  const { time } = till.enrolled();
  const answer = (hqNow: number) => {
    const challenge = randomUUID();
    const timeSig = sealer.sign(sha256Hex(timeText(challenge, hqNow)));
    return { challenge, hqNow, timeSig, sentAtMono: time.monoMs(), hqKey };
  };
  return { answer, tells: (hqNow: number, more = {}) => time.heard({ ...answer(hqNow), ...more }) };
}
