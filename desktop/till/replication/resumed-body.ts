import { pipeline, Readable } from 'node:stream';
import type { ReadableStream as NodeStream } from 'node:stream/web';
import { setTimeout as pause } from 'node:timers/promises';
import { createGunzip } from 'node:zlib';

export type Resuming = {
  /** Asks for the same once more, from a byte on; throws where HQ cannot be reached or refuses. */
  readonly again: (headers: Readonly<Record<string, string>>) => Promise<Response>;
  /** Whether another try is of no use: HQ refuses it. */
  readonly isFinal: (problem: unknown) => boolean;
  readonly signal: AbortSignal;
  /** Between two tries that bring nothing, in milliseconds; one after each, then it is given up. */
  readonly pausesMs?: readonly number[];
};

const PAUSES_MS = [50, 1_000, 4_000, 15_000] as const;

/**
 * A body whose connection may break: it goes on at the byte it had come to (RFC 9110 §14.2 Range), as long as HQ has the
 * same bytes (§13.1.5 If-Range). Gives the answer as it is where HQ does not say by a strong `etag` which bytes those
 * are. The stream fails as an unbroken one would where the bytes are others by now, or several tries in a row bring nothing.
 */
export function resumed(
  first: Response,
  { again, isFinal, signal, pausesMs = PAUSES_MS }: Resuming,
): Response {
  const tag = first.headers.get('etag');
  if (!first.body || tag === null || tag.startsWith('W/') || first.headers.get('accept-ranges') !== 'bytes')
    return first;
  let reader = first.body.getReader();
  let got = 0;

  /** The next piece, from another connection where this one broke. */
  async function next(): Promise<Bytes | undefined> {
    for (let tries = 0; ; tries++) {
      try {
        if (tries > 0) reader = await goOn();
        return (await reader.read()).value;
      } catch (problem) {
        const wait = pausesMs[tries];
        if (signal.aborted || wait === undefined || problem instanceof OtherBytes || isFinal(problem))
          throw problem;
        await pause(wait, undefined, { signal });
      }
    }
  }

  async function goOn() {
    const from = `bytes=${got}-`;
    const { status, headers, body } = await again({ range: from, 'if-range': tag ?? '' });
    if (status === 206 && body && headers.get('content-range')?.startsWith(`bytes ${got}-`))
      return body.getReader();
    await body?.cancel();
    throw new OtherBytes(`the download broke off at byte ${got}, and HQ has other bytes now`);
  }

  const body = new ReadableStream<Bytes>({
    async pull(controller) {
      const piece = await next();
      if (piece === undefined) return controller.close();
      got += piece.length;
      controller.enqueue(piece);
    },
    cancel: (reason) => reader.cancel(reason),
  });
  return new Response(body, { status: first.status, headers: first.headers });
}

/**
 * The body of a gzip file unzipped, as fetch does it for `content-encoding`, and ended quietly once nobody wants it any
 * more. What fetch has unzipped itself, or is no gzip file, is handed on.
 */
export function unzipped({ body, headers, status }: Response, signal: AbortSignal): Response {
  const bytes = body && headers.get('content-type') === 'application/gzip' ? gunzipped(body) : body;
  return new Response(bytes && endedBy(signal, bytes), { status, headers });
}

/** `pipeline`, because an error of what `pipe` reads from goes to nobody and ends the process. */
function gunzipped(body: ReadableStream<Bytes>): ReadableStream<Bytes> {
  const unzip = createGunzip({ chunkSize: PIECE_BYTES });
  // Whoever reads what comes out of it hears of an error there.
  pipeline(Readable.fromWeb(body as NodeStream), unzip, () => {});
  return Readable.toWeb(unzip) as ReadableStream<Bytes>;
}

/** Who has turned away hears of no error: a reader that is closed already has no one to tell. */
function endedBy(signal: AbortSignal, bytes: ReadableStream<Bytes>): ReadableStream<Bytes> {
  const reader = bytes.getReader();
  return new ReadableStream({
    async pull(controller) {
      try {
        const { value } = signal.aborted ? {} : await reader.read();
        if (value === undefined) controller.close();
        else controller.enqueue(value);
      } catch (problem) {
        if (!signal.aborted) throw problem;
        controller.close();
      }
    },
    cancel: (reason) => reader.cancel(reason),
  });
}

type Bytes = Uint8Array<ArrayBuffer>;
/** Each piece passes through some layers: few are faster. */
const PIECE_BYTES = 256 * 1024;

class OtherBytes extends Error {}
