import { afterEach, beforeEach, expect, test } from 'vitest';
import { createExternalFiscal } from './external.ts';
import { readAnswer } from './protocol.ts';
import { type SimulatedFiscal, startSimulatedFiscal } from './simulated.ts';

let simulator: SimulatedFiscal;
beforeEach(async () => {
  simulator = await startSimulatedFiscal();
});
afterEach(() => simulator.close());

const device = (answerMs = 80) =>
  createExternalFiscal({ address: { host: '127.0.0.1', port: simulator.port }, answerMs });
const document = (documentId: string) => ({
  ...{ documentId, kind: 'sale' as const, hash: 'abc', number: 'S01-T01A-000001', totalMinor: 499, at: 1 },
});
const first = { state: 'signed', signature: 'SIG-1' };

test.each([
  ['SIGNED a S7\n', { state: 'signed', signature: 'S7' }],
  ['SIGNED a S7\nSIGNED a S8\n', { state: 'signed', signature: 'S7' }],
  ['SIGNED b S6\r\nREFUSED a not today\r\n', { state: 'failed', reason: 'refused' }],
  ['?!\nSIGNED a \nSIGNED a two words\nSIGNED a S7\n', { state: 'signed', signature: 'S7' }],
  ['SIGNED a S7', undefined],
  ['SIGNED a S\u0007\n', undefined],
])('%j', (text, expected) => {
  expect(readAnswer([...Buffer.from(text, 'latin1')], 'a')).toEqual(expected);
});

test('a prompt device signs; asked again it answers alike; one that answers twice has the first count', async () => {
  expect(await device().sign(document('a'))).toEqual(first);
  expect(await device().sign(document('a'))).toEqual(first);
  simulator.behave('twice');
  expect(await device().sign(document('b'))).toEqual({ state: 'signed', signature: 'SIG-2' });
  expect(simulator.heard()).toEqual(Array(3).fill('sale S01-T01A-000001 499'));
});

test('a slow one is waited for', async () => {
  simulator.behave('slow');
  const asked = device(5000).sign(document('a'));
  await expect.poll(simulator.heard).toHaveLength(1);
  simulator.speak();
  expect(await asked).toEqual(first);
});

test.each([
  ['refuses', 'refused'],
  ['garbage', 'bad-answer'],
  ['silent', 'no-answer'],
  ['breaks', 'bad-answer'],
] as const)('%s: %s, and signed at the next try', async (manner, reason) => {
  simulator.behave(manner);
  expect(await device().sign(document('a'))).toEqual({ state: 'failed', reason });
  simulator.behave('prompt');
  expect(await device().sign(document('a'))).toEqual(first);
});

test('one that is not there is offline', async () => {
  const { sign } = device();
  await simulator.close();
  expect(await sign(document('a'))).toEqual({ state: 'failed', reason: 'offline' });
});
