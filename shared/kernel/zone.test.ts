import fc from 'fast-check';
import { expect, test } from 'vitest';
import { vectors } from '../../build/vectors.ts';
import { businessDate, isZone, localDate } from './zone.ts';

type Case = { at: string; zone: string; dayStartHour: number; expected: string };
const cases = vectors<Case>('business-dates');

test('every vector of the business date', () => {
  expect(cases.length).toBeGreaterThanOrEqual(40);
  for (const { at, zone, dayStartHour, expected } of cases) {
    expect(businessDate(Date.parse(at), zone, dayStartHour), `${at} ${zone} ${dayStartHour}`).toBe(expected);
  }
});

test('in spring the day starts when the clock jumps over its hour', () => {
  // Paris, 2027-03-28: 01:59:59 is followed by 03:00:00 at 01:00Z.
  const at = (time: string) => businessDate(Date.parse(`2027-03-28T${time}Z`), 'Europe/Paris', 2);
  expect([at('00:59:59'), at('01:00:00')]).toEqual(['2027-03-27', '2027-03-28']);
});

test('in autumn both passes of the double hour lie on one side of the start of the day', () => {
  // Paris, 2027-10-31: 02:30 comes at 00:30Z and again at 01:30Z.
  const at = (time: string, start: number) =>
    businessDate(Date.parse(`2027-10-31T${time}Z`), 'Europe/Paris', start);
  expect([at('00:30:00', 3), at('01:30:00', 3), at('02:00:00', 3)]).toEqual([
    '2027-10-30',
    '2027-10-30',
    '2027-10-31',
  ]);
  expect([at('00:30:00', 2), at('01:30:00', 2)]).toEqual(['2027-10-31', '2027-10-31']);
});

test('clock changes on a quarter hour of UTC are met to the second', () => {
  // Chatham is +12:45, in summer +13:45: midnight there is at 11:15Z and 10:15Z.
  const day = (at: string) => localDate(Date.parse(at), 'Pacific/Chatham');
  expect([day('2027-06-10T11:14:59.999Z'), day('2027-06-10T11:15:00Z')]).toEqual([
    '2027-06-10',
    '2027-06-11',
  ]);
  expect([day('2027-01-10T10:14:59.999Z'), day('2027-01-10T10:15:00Z')]).toEqual([
    '2027-01-10',
    '2027-01-11',
  ]);
});

test('the remembered offset never changes an answer', () => {
  const zones = [
    'Europe/Paris',
    'America/New_York',
    'Asia/Kathmandu',
    'Australia/Lord_Howe',
    'Africa/Casablanca',
    'America/St_Johns',
  ];
  const fresh = (at: number, timeZone: string) => new Intl.DateTimeFormat('sv-SE', { timeZone }).format(at);
  const instant = fc.integer({ min: Date.UTC(1990, 0), max: Date.UTC(2040, 0) });
  fc.assert(
    fc.property(instant, fc.nat(5), fc.integer({ min: -7_200_000, max: 7_200_000 }), (at, which, step) => {
      const zone = zones[which] ?? 'UTC';
      for (const ms of [at, at + step, at]) expect(localDate(ms, zone)).toBe(fresh(ms, zone));
    }),
    { seed: 13, numRuns: 150 },
  );
});

test('instants before 1970 have dates too', () => {
  expect(localDate(-1, 'UTC')).toBe('1969-12-31');
});

test('zones are checked before they are used', () => {
  expect([isZone('Europe/Paris'), isZone('Mars/Olympus'), isZone('')]).toEqual([true, false, false]);
  expect(() => localDate(0, 'Mars/Olympus')).toThrow(RangeError);
});
