import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  advance,
  beginTillTime,
  confirm,
  dateQuestion,
  hear,
  type Instant,
  JUMP_MS,
  skewAt,
  type TillTime,
  tillTimeSchema,
} from './till-time.ts';

const seed = 20261124;
const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const YEAR = 365 * DAY;
const noon = Date.UTC(2026, 10, 24, 12);

describe('till time', () => {
  test('is the local clock’s before anyone has told it, as far as that is plausible', () => {
    const till = machine();
    expect(till.ms()).toBe(noon);
    till.pass(HOUR);
    expect(till.ms()).toBe(noon + HOUR);
    till.jump(3 * HOUR);
    expect([till.ms(), till.question(), till.skew()]).toEqual([noon + 4 * HOUR, null, null]);
    till.jump(-2 * HOUR);
    expect(till.ms()).toBe(noon + 4 * HOUR);
    till.pass(HOUR);
    expect(till.ms()).toBe(noon + 5 * HOUR);
  });

  test('is HQ’s and what elapsed, whatever the local clock says from then on', () => {
    const till = machine();
    till.jump(74_000);
    till.hear();
    expect([till.ms(), till.skew()]).toEqual([noon, 74_000]);
    for (const by of [YEAR, -3 * YEAR]) {
      till.jump(by);
      till.pass(HOUR);
      expect(till.ms()).toBe(till.trueMs());
    }
    expect(till.skew()).toBe(74_000 - 2 * YEAR);
  });

  test('is kept over a restart of the program, not over one of the machine', () => {
    const till = machine();
    till.hear();
    till.jump(-30 * HOUR);
    till.restart();
    till.pass(HOUR);
    expect([till.ms(), till.skew()]).toEqual([noon + HOUR, -30 * HOUR]);
    till.reboot(10 * HOUR);
    expect([till.ms(), till.skew()]).toEqual([noon + HOUR, null]);
    till.jump(30 * HOUR);
    expect([till.ms(), till.question()]).toEqual([till.trueMs(), null]);
  });

  test.each([YEAR, -YEAR, JUMP_MS + 1, -JUMP_MS - 1])(
    'goes on from where it was when the clock jumps by %d ms, and asks a manager',
    (by) => {
      const till = machine();
      till.jump(by);
      till.pass(HOUR);
      expect(till.ms()).toBe(noon + HOUR);
      expect(till.question()).toEqual({
        ...{ clockMs: noon + by + HOUR, tillMs: noon + HOUR },
        clockMayBeRight: true,
      });
      till.reboot(0);
      till.pass(HOUR);
      expect(till.ms()).toBe(noon + 2 * HOUR);
      expect(till.question()).not.toBeNull();
    },
  );

  test('asks nothing after a weekend, and asks after a week’s closure', () => {
    const till = machine();
    till.hear();
    till.reboot(47 * HOUR);
    expect([till.ms(), till.question()]).toEqual([till.trueMs(), null]);
    till.reboot(7 * DAY);
    expect(till.question()).toMatchObject({ clockMs: till.trueMs(), tillMs: noon + 47 * HOUR });
    expect(till.confirm('clock')).toBe('ok');
    expect([till.ms(), till.question(), till.skew()]).toEqual([till.trueMs(), null, null]);
  });

  test('is what a manager says until HQ is heard, and HQ’s afterwards', () => {
    const till = machine();
    till.jump(YEAR);
    expect(till.confirm('clock')).toBe('ok');
    till.pass(DAY);
    expect(till.ms()).toBe(noon + YEAR + DAY);
    till.jump(-20 * HOUR);
    expect(till.ms()).toBe(noon + YEAR + DAY);
    till.hear();
    expect(till.ms()).toBe(till.trueMs());
  });

  test('believes a clock no more that a manager has found wrong, until it is put right', () => {
    const till = machine();
    till.jump(-YEAR);
    expect(till.confirm('till')).toBe('ok');
    expect(till.question()).toBeNull();
    till.reboot(14 * HOUR);
    expect([till.ms(), till.question()]).toEqual([till.trueMs(), null]);
    till.jump(YEAR);
    expect([till.ms(), till.question()]).toEqual([till.trueMs(), null]);
    till.jump(-YEAR);
    expect(till.question()).not.toBeNull();
  });

  test('never goes behind what HQ signed, not even by a manager’s word', () => {
    const till = machine();
    till.hear();
    till.jump(-YEAR);
    expect(till.question()).toMatchObject({ clockMayBeRight: false });
    expect(till.confirm('clock')).toBe('BEFORE_HQ');
    till.reboot(HOUR);
    expect(till.confirm('clock')).toBe('BEFORE_HQ');
    expect(till.ms()).toBe(noon);
  });

  test('ignores an earlier answer of HQ’s that is played again, and not one that is a little late', () => {
    const till = machine();
    till.hear();
    till.pass(HOUR);
    expect(till.hear({ saidMs: noon })).toBe('OLD');
    expect(till.ms()).toBe(noon + HOUR);
    expect(till.hear({ saidMs: noon + HOUR - 4_000 })).toBe('ok');
    expect([till.ms(), till.skew()]).toEqual([noon + HOUR, 4_000]);
    till.pass(10_000);
    expect(till.ms()).toBe(noon + HOUR + 6_000);
    till.reboot(0);
    expect(till.hear({ saidMs: noon })).toBe('OLD');
    expect(till.hear({ saidMs: till.trueMs() })).toBe('ok');
  });

  test('takes HQ at its word after a month of its own quartz’s drift', () => {
    const till = machine();
    till.hear();
    till.pass(30 * DAY);
    expect(till.hear({ saidMs: till.trueMs() - 130_000 })).toBe('ok');
  });

  test('has nothing to confirm while nobody is asked', () => {
    expect(machine().confirm('till')).toBe('NOTHING_TO_CONFIRM');
  });
});

type Act =
  | { readonly do: 'pass' | 'reboot' | 'jump'; readonly ms: number }
  | { readonly do: 'restart' | 'hear' | 'replay' }
  | { readonly do: 'confirm'; readonly right: 'clock' | 'till' };
const span = fc.oneof(fc.integer({ min: 0, max: 5_000 }), fc.integer({ min: 0, max: 30 * DAY }));
const leap = fc.oneof(fc.integer({ min: -2 * DAY, max: 2 * DAY }), fc.integer({ min: -YEAR, max: YEAR }));
const withoutPeople = [
  fc.record({ do: fc.constantFrom('pass' as const, 'reboot' as const), ms: span }),
  fc.record({ do: fc.constant('jump' as const), ms: leap }),
  fc.record({ do: fc.constantFrom('restart' as const, 'hear' as const, 'replay' as const) }),
];
const managers = fc.record({
  do: fc.constant('confirm' as const),
  right: fc.constantFrom('clock' as const, 'till' as const),
});
const history = (...acts: fc.Arbitrary<Act>[]) => fc.array(fc.oneof(...acts), { maxLength: 40 });
const runs = { seed, numRuns: 2_000 };

test('whatever clocks, machines, managers and replayed answers do, it is never behind what HQ signed', () => {
  fc.assert(
    fc.property(history(...withoutPeople, managers), (acts) => {
      const till = machine();
      let signedMs = Number.NEGATIVE_INFINITY;
      for (const act of acts) {
        till.act(act);
        if (act.do === 'hear') signedMs = till.trueMs();
        expect(till.ms()).toBeGreaterThanOrEqual(signedMs);
      }
    }),
    runs,
  );
});

test('it goes back only by HQ’s word against the local clock’s, or by a manager’s', () => {
  fc.assert(
    fc.property(history(...withoutPeople, managers), (acts) => {
      const till = machine();
      let last = till.ms();
      for (const act of acts) {
        const guessed = till.source() !== 'hq';
        till.act(act);
        // After a reboot an answer of HQ's that is no older than its last one cannot be told from a new one.
        const told = ((act.do === 'hear' || act.do === 'replay') && guessed) || act.do === 'confirm';
        if (!told) expect(till.ms()).toBeGreaterThanOrEqual(last);
        last = till.ms();
      }
    }),
    runs,
  );
});

test('once HQ is heard it is right until the machine is restarted, whatever the clock does', () => {
  fc.assert(
    fc.property(history(...withoutPeople), (acts) => {
      const till = machine();
      let right = false;
      for (const act of acts) {
        till.act(act);
        right = act.do === 'hear' || (right && act.do !== 'reboot');
        if (right) expect(till.ms()).toBe(till.trueMs());
      }
    }),
    runs,
  );
});

test('no clock takes it more than 48 hours from what elapsed in a boot, and what is kept can be read again', () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(leap, fc.integer({ min: 0, max: DAY })), { maxLength: 20 }), (jumps) => {
      const till = machine();
      for (const [by, after] of jumps) {
        till.jump(by);
        till.pass(after);
        const ahead = till.ms() - till.trueMs();
        expect(ahead >= 0 && ahead <= JUMP_MS).toBe(true);
        expect(tillTimeSchema.parse(JSON.parse(JSON.stringify(till.state())))).toEqual(till.state());
      }
    }),
    runs,
  );
});

/** A machine with a clock anyone can set, and the true time beside it. */
function machine() {
  let trueMs = noon;
  let offMs = 0;
  let monoMs = 5_000;
  let boots = 1;
  let firstAnswerMs: number | null = null;
  const now = (): Instant => ({ localMs: trueMs + offMs, monoMs, boot: `boot ${boots}` });
  let state: TillTime = beginTillTime(now());
  const look = () => {
    state = advance(state, now());
  };
  const till = {
    trueMs: () => trueMs,
    state: () => state,
    source: () => state.source,
    ms: () => {
      look();
      return state.shownMs;
    },
    skew: () => skewAt(state, now()),
    question: () => {
      look();
      return dateQuestion(state, now());
    },
    jump(ms: number) {
      offMs += ms;
      look();
    },
    pass(ms: number) {
      trueMs += ms;
      monoMs += ms;
      look();
    },
    reboot(forMs: number) {
      trueMs += forMs;
      monoMs = 0;
      boots += 1;
      look();
    },
    restart() {
      state = tillTimeSchema.parse(JSON.parse(JSON.stringify(state)));
    },
    hear({ saidMs = trueMs } = {}) {
      firstAnswerMs ??= saidMs;
      const heard = hear(state, now(), { hqMs: saidMs, doubtMs: 0 });
      if (heard.ok) state = heard.value;
      return heard.ok ? 'ok' : heard.error.code;
    },
    confirm(right: 'clock' | 'till') {
      const confirmed = confirm(state, now(), right);
      if (confirmed.ok) state = confirmed.value;
      return confirmed.ok ? 'ok' : confirmed.error.code;
    },
    act(act: Act) {
      if (act.do === 'confirm') till.confirm(act.right);
      else if ('ms' in act) till[act.do](act.ms);
      else if (act.do === 'hear') till.hear();
      else if (act.do === 'restart') till.restart();
      // Within a few seconds it cannot be told from a late one, and does no harm.
      else if (firstAnswerMs !== null && trueMs - firstAnswerMs > DAY) till.hear({ saidMs: firstAnswerMs });
    },
  };
  return till;
}
