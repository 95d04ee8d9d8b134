import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import { z } from 'zod';

/** What a device's token says: who it is and which scopes it may read. A revoked device's lists none: it may only push. */
export type DeviceToken = z.infer<typeof token>;
const token = z.object({
  device: z.string(),
  inc: z.int(),
  scopes: z.array(z.string()),
  /** Epoch milliseconds. */
  exp: z.int(),
});
const challenge = z.object({ device: z.string(), inc: z.int(), exp: z.int(), nonce: z.string() });

const TOKEN_MS = 15 * 60_000;
const CHALLENGE_MS = 60_000;

export type DeviceTokens = ReturnType<typeof createDeviceTokens>;

/**
 * Tokens and challenges without a table, good on every HQ node: `base64url(JSON).base64url(HMAC-SHA-256)`, each kind
 * with a key of its own so that one never passes for the other.
 */
export function createDeviceTokens(key: Buffer) {
  const tokens = signedText(key, 'token');
  const challenges = signedText(key, 'challenge');
  return {
    issue(who: Omit<DeviceToken, 'exp'>, nowMs: number): { token: string; expiresAt: number } {
      const expiresAt = nowMs + TOKEN_MS;
      return { token: tokens.write({ ...who, exp: expiresAt }), expiresAt };
    },
    /** Null when it is not ours or has run out. */
    read: (text: string, nowMs: number): DeviceToken | null => tokens.read(text, token, nowMs),
    challenge: (who: { device: string; inc: number }, nowMs: number): string =>
      challenges.write({ ...who, exp: nowMs + CHALLENGE_MS, nonce: randomBytes(16).toString('base64url') }),
    /** Whether this is a challenge we gave this device within the last minute. */
    isChallenge(text: string, who: { device: string; inc: number }, nowMs: number): boolean {
      const given = challenges.read(text, challenge, nowMs);
      return given !== null && given.device === who.device && given.inc === who.inc;
    },
  };
}

function signedText(key: Buffer, kind: string) {
  const mac = (payload: string) => createHmac('sha256', key).update(`${kind}.${payload}`).digest('base64url');
  return {
    write(value: object): string {
      const payload = Buffer.from(JSON.stringify(value)).toString('base64url');
      return `${payload}.${mac(payload)}`;
    },
    read<T extends { exp: number }>(text: string, schema: z.ZodType<T>, nowMs: number): T | null {
      const [payload = '', given = ''] = text.split('.');
      const wanted = Buffer.from(mac(payload));
      const offered = Buffer.from(given);
      if (wanted.length !== offered.length || !timingSafeEqual(wanted, offered)) return null;
      const parsed = schema.safeParse(JSON.parse(Buffer.from(payload, 'base64url').toString()));
      return parsed.success && parsed.data.exp > nowMs ? parsed.data : null;
    },
  };
}
