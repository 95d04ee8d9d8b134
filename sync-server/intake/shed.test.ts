import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createShed, type Shed, type ShedLimits, type ShedPlace } from './shed.ts';

const fixed = (limits: ShedLimits, random = 0.5, now = () => 0) =>
  createShed(limits, { random: () => random, now });

function placeIn(shed: Shed, bytes?: number): ShedPlace {
  const entered = shed.enter(bytes);
  if (!entered.ok) throw new Error('refused');
  return entered.value;
}
/** Whether a promise has resolved by now, and to what. */
const stateOf = (promise: Promise<boolean>) => Promise.race([promise, Promise.resolve('not yet' as const)]);

test('so many at once, so many waiting in order, the rest are told when to come again', async () => {
  const shed = fixed({ running: 1, waiting: 1 });
  const [first, second] = [placeIn(shed), placeIn(shed)];
  expect(shed.enter()).toMatchObject({ ok: false, error: { code: 'BUSY' } });
  expect(await first.turn()).toBe(true);
  const waits = second.turn();
  expect(await stateOf(waits)).toBe('not yet');
  first.leave();
  first.leave();
  expect(await waits).toBe(true);
  expect(shed.enter().ok).toBe(true);
});

test('who gives up while waiting frees the place; whose work has begun is finished', async () => {
  const shed = fixed({ running: 1, waiting: 1 });
  const [first, second] = [placeIn(shed), placeIn(shed)];
  await first.turn();
  const waits = second.turn();
  second.giveUp();
  expect(await waits).toBe(false);
  first.giveUp();
  const third = placeIn(shed);
  expect(await stateOf(third.turn())).toBe('not yet');
  first.leave();
  expect(shed.enter().ok).toBe(true);
});

test('nobody waits longer than its sender does: work that proves slow sends those who wait away', async () => {
  let clock = 0;
  const shed = fixed({ running: 1, waiting: 40, patienceMs: 7_000 }, 0.5, () => clock);
  const first = placeIn(shed);
  await first.turn();
  const [early, late] = [placeIn(shed), placeIn(shed)];
  const turns = [early.turn()];
  clock += 4_000;
  turns.push(late.turn());
  clock += 4_000;
  first.leave();
  expect(await Promise.all(turns)).toEqual([false, true]);
  expect(early.sentAway()).toMatchObject({ code: 'BUSY' });
  expect(late.sentAway()).toBeNull();
  // What has proved slow is no longer let in to wait in vain.
  for (let n = 0; n < 20; n++) {
    clock += 8_000;
    late.leave();
    const next = shed.enter();
    if (next.ok) await next.value.turn();
    clock += 8_000;
    if (next.ok) next.value.leave();
  }
  placeIn(shed);
  expect(shed.enter()).toMatchObject({ ok: false, error: { code: 'BUSY' } });
});

test('bodies are bounded together, but one alone is always let in', () => {
  const shed = fixed({ running: 4, waiting: 4, bytes: 100 });
  const large = placeIn(shed, 500);
  expect(shed.enter(1).ok).toBe(false);
  large.leave();
  placeIn(shed, 60);
  placeIn(shed, 40);
  expect(shed.enter(1).ok).toBe(false);
});

test('the time to come again grows with those sent away and with what the work takes, up to half a minute', async () => {
  const after = (shed: Shed) => {
    const entered = shed.enter();
    return entered.ok ? 0 : entered.error.retryAfterS;
  };
  let clock = 0;
  const shed = fixed({ running: 1, waiting: 0 }, 0.999, () => clock);
  placeIn(shed);
  const told = Array.from({ length: 400 }, () => after(shed));
  expect(told[0]).toBe(2);
  expect(told[100]).toBeGreaterThan(told[0] ?? 0);
  expect(Math.max(...told)).toBe(30);

  const slow = fixed({ running: 1, waiting: 0 }, 0.999, () => clock);
  const place = placeIn(slow);
  await place.turn();
  clock += 100_000;
  place.leave();
  placeIn(slow);
  expect(after(slow)).toBeGreaterThan(10);
});

test('whatever happens in whatever order: never more at once than allowed, and nobody is forgotten', async () => {
  const act = fc.constantFrom('enter', 'turn', 'giveUp', 'leave');
  const acts = fc.array(fc.tuple(act, fc.nat(19)), { maxLength: 80 });
  await fc.assert(
    fc.asyncProperty(acts, async (steps) => {
      const shed = fixed({ running: 2, waiting: 3 });
      const places: ShedPlace[] = [];
      const running = new Set<number>();
      const waiting = new Set<number>();
      for (const [what, n] of steps) {
        const which = n % Math.max(1, places.length);
        const place = places[which];
        if (what === 'enter') {
          const entered = shed.enter();
          if (entered.ok) places.push(entered.value);
        } else if (what === 'turn' && place && !running.has(which) && !waiting.has(which)) {
          waiting.add(which);
          void place.turn().then((go) => {
            waiting.delete(which);
            if (go) running.add(which);
          });
        } else if (what === 'giveUp') place?.giveUp();
        else if (what === 'leave' && running.has(which)) {
          running.delete(which);
          place?.leave();
        }
        await Promise.resolve();
        await Promise.resolve();
        expect(running.size).toBeLessThanOrEqual(2);
      }
      for (let rest = 0; running.size > 0 || waiting.size > 0; rest++) {
        expect(rest).toBeLessThan(100);
        for (const which of running) places[which]?.leave();
        running.clear();
        await Promise.resolve();
        await Promise.resolve();
      }
      for (const place of places) place.giveUp();
      expect(Array.from({ length: 5 }, () => shed.enter().ok)).toEqual([true, true, true, true, true]);
    }),
    { numRuns: 300, seed: 3 },
  );
});
