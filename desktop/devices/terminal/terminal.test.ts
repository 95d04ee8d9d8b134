import { afterEach, beforeEach, expect, test } from 'vitest';
import { readAnswer } from './protocol.ts';
import { type SimulatedTerminal, startSimulatedTerminal } from './simulated.ts';
import { createTcpTerminal } from './tcp-terminal.ts';

let simulator: SimulatedTerminal;
beforeEach(async () => {
  simulator = await startSimulatedTerminal();
});
afterEach(() => simulator.close());

const terminal = (port = simulator.port) =>
  createTcpTerminal({ address: { host: '127.0.0.1', port }, answerMs: 150, askMs: 60 });
const order = (attemptId: string, amountMinor = 1499) => ({ attemptId, amountMinor, currency: 'EUR' });
const approved = { code: 'approved', reference: '000001' };

test.each([
  ['APPROVED a 000042\n', { code: 'approved', reference: '000042' }],
  ['APPROVED a 000042\nAPPROVED a 000043\n', { code: 'approved', reference: '000042' }],
  ['APPROVED b 000041\r\nDECLINED a no funds\r\n', { code: 'declined', reason: 'no funds' }],
  ['NONE a\n', { code: 'not-charged', reason: '' }],
  ['APPROVED a 0000', undefined],
  ['APPROVED b 000041\n', undefined],
  ['?!\n\n', undefined],
])('%j', (text, expected) => {
  expect(readAnswer([...Buffer.from(text, 'latin1')], 'a')).toEqual(expected);
});

test('a prompt terminal approves and declines; one that says all twice has still charged once', async () => {
  const { charge, refund } = terminal();
  expect(await charge(order('a'))).toEqual(approved);
  expect(await charge(order('b', 1051))).toEqual({ code: 'declined', reason: 'no funds' });
  simulator.behave('twice');
  expect(await charge(order('c', 200))).toMatchObject({ code: 'approved' });
  expect(await refund?.(order('d', 200))).toMatchObject({ code: 'approved' });
  expect(simulator.booked().map(({ amountMinor }) => amountMinor)).toEqual([1499, 200, -200]);
});

test('a line that breaks after the order is asked about on another one, and the order is not sent again', async () => {
  simulator.behave('breaks');
  expect(await terminal().charge(order('a'))).toEqual(approved);
  expect(simulator.heard()).toEqual(['CHARGE 1499', 'ASK']);
});

test('a terminal that says nothing is asked three times and leaves it unknown; later it can be asked again', async () => {
  simulator.behave('silent');
  expect(await terminal().charge(order('a'))).toEqual({ code: 'no-answer' });
  expect(simulator.heard()).toEqual(['CHARGE 1499', 'ASK', 'ASK', 'ASK']);
  simulator.behave('prompt');
  expect(await terminal().ask('a')).toEqual(approved);
  expect(simulator.booked()).toEqual([{ attemptId: 'a', amountMinor: 1499 }]);
});

test('an order lost on its way is not charged, and never will be once that was said', async () => {
  simulator.behave('deaf');
  expect(await terminal().charge(order('a'))).toEqual({ code: 'not-charged', reason: '' });
  simulator.behave('prompt');
  expect(await terminal().charge(order('a'))).toEqual({ code: 'not-charged', reason: '' });
  expect(simulator.booked()).toEqual([]);
});

test('a terminal that is not there has charged nothing; what became of an earlier attempt it cannot say', async () => {
  const { port } = simulator;
  await simulator.close();
  expect(await terminal(port).charge(order('a'))).toEqual({ code: 'not-charged', reason: '' });
  expect(await terminal(port).ask('a')).toEqual({ code: 'no-answer' });
});
