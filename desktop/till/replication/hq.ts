import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import { z } from 'zod';
import type { Sealer } from '#shared/replica/changeset.ts';
import { challengeReply, protocolVersion, tokenReply, wireError } from '#shared/replica/wire.ts';
import { resumed, unzipped } from './resumed-body.ts';

/** Why HQ could not be asked. `unreachable` passes by itself; `refused` is HQ's own answer. */
export type HqProblem =
  | { readonly kind: 'unreachable'; readonly detail: string; readonly retryAfterMs?: number }
  | HqRefusal;
export type HqRefusal = {
  readonly kind: 'refused';
  readonly status: number;
  readonly code: string;
  readonly detail: Readonly<Record<string, unknown>>;
};

export class HqError extends Error {
  readonly problem: HqProblem;
  constructor(problem: HqProblem) {
    super(problem.kind === 'refused' ? `HQ refused: ${problem.code}` : `HQ unreachable: ${problem.detail}`);
    this.problem = problem;
  }
}

export type Hq = ReturnType<typeof createHq>;

type Deps = {
  readonly url: string;
  readonly fetch: typeof globalThis.fetch;
  readonly nowMs: () => number;
  readonly monoMs?: () => number;
  readonly onSignIn?: (reply: SignedIn) => void;
  /** Between the tries of a download whose connection broke. */
  readonly pausesMs?: readonly number[];
};
type Sent<T> = { readonly schema: z.ZodType<T>; readonly bearer?: string };
/** What HQ said when this device last signed in, and how long the answer took to come. */
export type SignedIn = z.infer<typeof tokenReply> & {
  readonly challenge: string;
  readonly sentAtMono: number;
};
/** HQ takes what such a device has made, and gives it nothing to read. */
export type Limit = 'REVOKED' | 'UPGRADE_REQUIRED';

export type DeviceKey = { readonly device: string; readonly inc: number; readonly sealer: Sealer };

const TIMEOUT_MS = 15_000;
/** Asked for anew this long before it ends. */
const TOKEN_MARGIN_MS = 60_000;
/** A limited device asks again after this long: it may have been updated, or its limit lifted. */
const LIMITED_MS = 5 * 60_000;
const zip = promisify(gzip);

/** HQ's HTTP interface as a till uses it: typed answers or an HqError, never a half-read body. */
export function createHq({ url, fetch, nowMs, monoMs = nowMs, onSignIn, pausesMs }: Deps) {
  let token: { readonly text: string; readonly until: number } | null = null;
  let limit: Limit | null = null;

  async function call(path: string, init: RequestInit, timeoutMs = TIMEOUT_MS): Promise<Response> {
    let response: Response;
    try {
      response = await fetch(new URL(path, url), { signal: AbortSignal.timeout(timeoutMs), ...init });
    } catch (problem) {
      throw new HqError({ kind: 'unreachable', detail: reasonOf(problem) });
    }
    if (response.ok) return response;
    throw await refusalOf(response);
  }

  const sending =
    (method: 'POST' | 'PUT') =>
    async <T>(path: string, body: unknown, { schema, bearer }: Sent<T>): Promise<T> => {
      const text = JSON.stringify(body);
      const zipped = text.length > 4096 ? await zip(text) : null;
      const response = await call(path, {
        method,
        headers: {
          'content-type': 'application/json',
          ...(zipped && { 'content-encoding': 'gzip' }),
          ...(bearer && { authorization: `Bearer ${bearer}` }),
        },
        body: zipped ?? text,
      });
      return readJson(response, schema);
    };
  const post = sending('POST');

  return {
    url,
    post,
    put: sending('PUT'),

    /** A bearer token of this device: kept while it is good. HQ's clock comes with it. */
    async token({ device, inc, sealer }: DeviceKey): Promise<string> {
      if (token && token.until > monoMs()) return token.text;
      const { challenge } = await post('/device/challenge', { device, inc }, { schema: challengeReply });
      const sig = sealer.sign(sealer.sha256Hex(challenge));
      const answer = { device, inc, challenge, sig, protocol: protocolVersion };
      const sentAtMono = monoMs();
      try {
        const reply = await post('/device/token', answer, { schema: tokenReply });
        // By the clock that nobody sets: what HQ says of the time may move the other.
        const until = sentAtMono + (reply.expiresAt - reply.hqNow) - TOKEN_MARGIN_MS;
        token = { text: reply.token, until };
        limit = null;
        onSignIn?.({ ...reply, challenge, sentAtMono });
        return reply.token;
      } catch (problem) {
        const limited = limitedBy(problem);
        if (!limited) throw problem;
        limit = limited.limit;
        token = { text: limited.token, until: monoMs() + LIMITED_MS };
        return limited.token;
      }
    },
    /** Why the last token is good for pushing alone; null when it is good for everything. */
    limit: (): Limit | null => limit,
    forgetToken(): void {
      token = null;
    },
    async get<T>(
      path: string,
      { schema, bearer, timeoutMs }: { schema: z.ZodType<T>; bearer: string; timeoutMs?: number },
    ): Promise<T> {
      const headers = { authorization: `Bearer ${bearer}` };
      return readJson(await call(path, { headers }, timeoutMs), schema);
    },
    /** A body to be read as a stream, a gzip file's unzipped, over several connections where one breaks; no time limit once it has begun. */
    async open(path: string, bearer: string, signal: AbortSignal): Promise<Response> {
      const ask = (more: Readonly<Record<string, string>>) => {
        // A long download outlives the token it began with.
        const authorization = `Bearer ${token?.text ?? bearer}`;
        return call(path, { headers: { ...more, authorization }, signal });
      };
      const how = { isFinal: isRefusal, ...(pausesMs && { pausesMs }) };
      return unzipped(resumed(await ask({}), { ...how, again: ask, signal }), signal);
    },
  };
}

async function readJson<T>(response: Response, schema: z.ZodType<T>): Promise<T> {
  let body: unknown;
  try {
    body = await response.json();
  } catch (problem) {
    throw new HqError({ kind: 'unreachable', detail: reasonOf(problem) });
  }
  const parsed = schema.safeParse(body);
  if (parsed.success) return parsed.data;
  throw new HqError({
    kind: 'unreachable',
    detail: `unexpected answer from ${new URL(response.url).pathname}`,
  });
}

async function refusalOf(response: Response): Promise<HqError> {
  const body: unknown = await response.json().catch(() => null);
  const parsed = wireError.safeParse(body);
  const { status } = response;
  const after = Number(response.headers.get('retry-after') ?? 0) * 1000;
  if (!parsed.success || status >= 500 || status === 429)
    return new HqError({ kind: 'unreachable', detail: `HTTP ${status}`, retryAfterMs: after });
  return new HqError({ kind: 'refused', status, code: parsed.data.code, detail: parsed.data.detail ?? {} });
}

const isRefusal = (problem: unknown): boolean =>
  problem instanceof HqError && problem.problem.kind === 'refused';

const limitSchema = z.object({ token: z.string() });
function limitedBy(problem: unknown): { readonly limit: Limit; readonly token: string } | null {
  if (!(problem instanceof HqError) || problem.problem.kind !== 'refused') return null;
  const { code, detail } = problem.problem;
  if (code !== 'REVOKED' && code !== 'UPGRADE_REQUIRED') return null;
  const parsed = limitSchema.safeParse(detail);
  return parsed.success ? { limit: code, token: parsed.data.token } : null;
}

function reasonOf(problem: unknown): string {
  if (!(problem instanceof Error)) return String(problem);
  const { cause } = problem;
  return cause instanceof Error ? cause.message : problem.message;
}
