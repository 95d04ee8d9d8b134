import { beforeAll, expect, test } from 'vitest';
import { type Base, createBase } from './base.ts';
import { createHq } from './hq.ts';
import { checkEnd } from './oracle.ts';
import { startMs } from './pool.ts';
import { simulate } from './simulate.ts';

let base: Base;
beforeAll(async () => {
  base = await createBase(startMs);
});

test('a seed gives the same history every time, bit for bit', async () => {
  for (const seed of [3, 17, 40]) {
    const [once, again] = [await simulate({ seed, base }), await simulate({ seed, base })];
    expect(again.trace).toEqual(once.trace);
    expect(again.arrivals).toEqual(once.arrivals);
    expect(again.world.hq.image()).toEqual(once.world.hq.image());
  }
});

test('every fault comes up in the first few hundred seeds', { timeout: 120_000 }, async () => {
  const met = new Set<string>();
  for (let seed = 1; seed <= 500 && met.size < Object.keys(faults).length; seed++) {
    const { trace } = await simulate({ seed, base });
    for (const [fault, words] of Object.entries(faults))
      if (trace.some((line) => line.includes(words))) met.add(fault);
  }
  expect([...met].sort()).toEqual(Object.keys(faults).sort());
});

const faults = {
  lostAnswer: '(answer lost)',
  garbled: 'garbled',
  duplicate: ':duplicate',
  hole: 'refuses, for a hole,',
  crash: 'crashes and starts again',
  powerCut: 'loses power',
  hqCrash: 'HQ crashes',
  partition: 'is cut off (both)',
  oneWay: 'is cut off (answers)',
  clock: "'s clock is ",
  outage: 'days pass',
  compaction: 'from 0 on',
  refetch: 'must fetch',
  brokenDownload: 'loses the connection',
  pushDuringDownload: 'during a download',
  revoked: 'DEVICE_REVOKED',
  late: 'joins',
  clone: 'disk is cloned',
  fork: 'sees that HQ has another',
  incarnation: 'goes on as incarnation',
  forged: ' forged: ',
  givenBack: ' of device-',
  restored: 'is restored from its backup;',
  hqRestored: 'HQ is restored',
  early: ' hands #',
  refused: ':refused(',
  flagged: ':flagged(',
  spite: ' alone is connected',
  twins: 'its twin is ahead',
  move: ' stands in ',
  moveMidway: 'leaves in the middle',
  oldReader: 'had to keep',
  reads: 'that it had kept',
};

test('the oracle notices a changeset HQ has lost, one it has twice, and a row apart', async () => {
  const { world } = await simulate({
    seed: 3,
    base,
    tills: 2,
    weather: { hqRestore: 0, clone: 0, restore: 0, spite: 0, twins: 0, moves: 0, skew: 0 },
  });
  const image = world.hq.image();
  const tamper = (over: Partial<typeof image>) => () =>
    checkEnd({ ...world, seats: [], hq: createHq({ ...image, ...over }, world.now) });
  const [scope, rows] = [...image.log].find(([name]) => name !== 'org') ?? ['', []];
  expect(tamper({})).not.toThrow();
  expect(tamper({ log: new Map(image.log).set(scope, rows.slice(0, -1)) })).toThrow(/^lost/);
  expect(tamper({ log: new Map(image.log).set(scope, [...rows, ...rows.slice(-1)]) })).toThrow(
    /^lost|^duplicated/,
  );
  const [key, held] = [...image.onHand][0] ?? ['', undefined];
  expect(held).toBeDefined();
  if (held) {
    const wrong = { ...held, qtyBase: held.qtyBase + 1 };
    expect(tamper({ onHand: new Map(image.onHand).set(key, wrong) })).toThrow(/^diverged/);
  }
});
