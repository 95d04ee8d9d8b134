import { expect, test } from 'vitest';
import { createScanFeed } from './scan-feed.ts';

let now = 0;
const open = () => {
  now = 0;
  return createScanFeed({ monoMs: () => now, firstSeq: 100 });
};
const scanOf = (text: string) => ({ readerId: 'a', text, sent: text });

type Feed = ReturnType<typeof open>;

/** A window that follows, with all it was given so far. */
async function follow(feed: Feed, after: number | null = null) {
  const end = new AbortController();
  const stream = feed.follow(after, end.signal);
  const got: string[] = [];
  const { value } = await stream.next();
  const done = (async () => {
    for await (const { scan } of stream) got.push(scan?.text ?? 'again?');
  })();
  const settled = async () => {
    await new Promise(setImmediate);
    return got;
  };
  const finish = () => {
    end.abort();
    return done;
  };
  return { from: value?.seq ?? -1, settled, end: finish };
}

test('codes come in order, each once, from when somebody follows', async () => {
  const feed = open();
  feed.push(scanOf('before'));
  const window = await follow(feed);
  for (const text of ['1', '2', '3']) feed.push(scanOf(text));
  expect(await window.settled()).toEqual(['1', '2', '3']);
  await window.end();
});

test('what came while a window was away follows, unless it is old', async () => {
  const feed = open();
  const first = await follow(feed);
  await first.end();
  feed.push(scanOf('old'));
  now = 3000;
  feed.push(scanOf('young'));
  now = 6000;
  const again = await follow(feed, first.from);
  expect(await again.settled()).toEqual(['young']);
  await again.end();
});

test('of two windows the later one gets them, then the earlier one again, none of them twice', async () => {
  const feed = open();
  const first = await follow(feed);
  feed.push(scanOf('1'));
  await first.settled();
  const second = await follow(feed);
  feed.push(scanOf('2'));
  expect(await second.settled()).toEqual(['2']);
  await second.end();
  feed.push(scanOf('3'));
  expect(await first.settled()).toEqual(['1', '3']);
  await first.end();
});

test('a number of another run starts from now', async () => {
  const feed = open();
  feed.push(scanOf('1'));
  const window = await follow(feed, 999);
  expect(window.from).toBe(101);
  await window.end();
});
