/**
 * Node's fetch, with bodies taken off the wire as they come, however slowly they are read. A body that is read slowly
 * pauses undici's parser, and a peer that closes the connection then (HQ stops, a proxy answers `connection: close`)
 * ends the process with an assertion that nobody can catch (nodejs/undici#5360, in Node 24.21). What is read ahead lies
 * in memory: at most a snapshot's file, or what the feed sends in one answer.
 */
export const eagerFetch: typeof fetch = async (input, init) => {
  const response = await fetch(input, init);
  if (response.body === null) return response;
  const { status, statusText, headers, url } = response;
  const eager = new Response(readAhead(response.body), { status, statusText, headers });
  // A Response that is made has no address; who reads it names it in errors.
  return Object.defineProperty(eager, 'url', { value: url });
};

function readAhead(body: ReadableStream<Uint8Array<ArrayBuffer>>): ReadableStream<Uint8Array<ArrayBuffer>> {
  const reader = body.getReader();
  return new ReadableStream({
    start(controller) {
      const pump = async () => {
        for (;;) {
          const { done, value } = await reader.read();
          if (done) return controller.close();
          controller.enqueue(value);
        }
      };
      // After a cancel there is nobody left to be told.
      pump().catch((problem: unknown) => controller.error(problem));
    },
    cancel: (reason) => reader.cancel(reason),
  });
}
