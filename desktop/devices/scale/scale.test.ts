import fc from 'fast-check';
import { afterEach, describe, expect, test } from 'vitest';
import { openTcpLine } from '../tcp-line.ts';
import { createLineScale } from './line-scale.ts';
import { nci } from './nci.ts';
import { type ScaleProtocol, withoutEvenParity } from './protocol.ts';
import { type OnScale, type ScaleSimulator, startScaleSimulator } from './scale-simulator.ts';
import { toledo8217 } from './toledo.ts';

const toledo = toledo8217('kg');
const said = ({ read }: ScaleProtocol, text: string) => read([...Buffer.from(text, 'latin1')]);
const weighed = (amount: number, decimals: number, unit: string) => ({
  ...{ code: 'weighed', weight: { amount, decimals, unit } },
});

describe('NCI, byte by byte', () => {
  test.each([
    ['\n   1.255kg\r\n00\r\x03', weighed(1255, 3, 'kg')],
    ['\n  12.40LB\r\n00\r\x03', weighed(1240, 2, 'lb')],
    ['\n    250 g\r\n00\r\x03', weighed(250, 0, 'g')],
    ['\n   0.000kg\r\n20\r\x03', weighed(0, 3, 'kg')],
    // A third status byte follows where bit 6 of the second is set.
    ['\n   1.255kg\r\n0p0\r\x03', weighed(1255, 3, 'kg')],
    ['\n   0.731kg\r\n10\r\x03', { code: 'in-motion' }],
    ['\n  -0.020kg\r\n00\r\x03', { code: 'under' }],
    ['\n_______kg\r\n01\r\x03', { code: 'under' }],
    ['\n^^^^^^^kg\r\n02\r\x03', { code: 'over' }],
    ['\n-------kg\r\n00\r\x03', { code: 'no-zero' }],
    ['\n40\r\x03', { code: 'fault' }],
    ['\n   1.255kg\r\n08\r\x03', { code: 'fault' }],
    ['\n   1.255kg\r\n\x20\x30\r\x03', { code: 'garbled' }],
    ['\n   1.255kg\r\n0p\r\x03', { code: 'garbled' }],
    ['\n   1.255\r\n00\r\x03', { code: 'garbled' }],
    ['\n   1.2.5kg\r\n00\r\x03', { code: 'garbled' }],
    ['\n?\r\x03', { code: 'garbled' }],
    ['   1.255kg\r\n00\r\x03', { code: 'garbled' }],
    ['\n   1.255kg\r\n00\r', undefined],
    ['', undefined],
  ])('%j', (text, expected) => {
    expect(said(nci, text)).toEqual(expected);
  });
});

describe('Toledo 8217, byte by byte', () => {
  test.each([
    ['\x0201.255\r', weighed(1255, 3, 'kg')],
    ['\x02 1.255\r', weighed(1255, 3, 'kg')],
    ['\x0200000\r', weighed(0, 0, 'kg')],
    ['\x0201.255N\r', weighed(1255, 3, 'kg')],
    ['\x02?A\r', { code: 'in-motion' }],
    ['\x02?P\r', { code: 'in-motion' }],
    ['\x02?B\r', { code: 'over' }],
    ['\x02?D\r', { code: 'under' }],
    ['\x02?E\r', { code: 'under' }],
    ['\x02?H\r', { code: 'no-zero' }],
    ['\x02?!\r', { code: 'garbled' }],
    ['\x0201,255\r', { code: 'garbled' }],
    ['\x02 . \r', { code: 'garbled' }],
    ['01.255\r', { code: 'garbled' }],
    ['\x0201.255', undefined],
  ])('%j', (text, expected) => {
    expect(said(toledo, text)).toEqual(expected);
  });

  test('the unit is the one it was set up with', () => {
    expect(said(toledo8217('lb'), '\x0202.50\r')).toEqual(weighed(250, 2, 'lb'));
  });
});

test('a bit that fell over on the way is noticed by its parity', () => {
  const frame = [0x82, 0x30, 0xb1, 0x2e, 0xb2, 0x35, 0x35, 0x8d];
  expect(withoutEvenParity(frame)).toEqual([...Buffer.from('\x0201.255\r', 'latin1')]);
  fc.assert(
    fc.property(fc.nat(frame.length - 1), fc.nat(7), (at, bit) => {
      expect(withoutEvenParity(frame.map((byte, i) => (i === at ? byte ^ (1 << bit) : byte)))).toBeNull();
    }),
  );
});

test('a byte that is no figure never makes another weight', () => {
  const good = '\n   1.255kg\r\n00\r\x03';
  const noFigure = fc.nat(127).filter((byte) => !/[\d. \t]/.test(String.fromCharCode(byte)));
  fc.assert(
    fc.property(fc.nat(good.length - 1), noFigure, (at, byte) => {
      const heard = said(nci, good.slice(0, at) + String.fromCharCode(byte) + good.slice(at + 1));
      if (heard?.code === 'weighed') expect(heard).toMatchObject(weighed(1255, 3, heard.weight.unit));
    }),
  );
});

describe('over a line', () => {
  let simulator: ScaleSimulator;
  afterEach(() => simulator.close());

  const scaleAt = (port: number, protocol: ScaleProtocol, checkParity = false) =>
    createLineScale({
      open: () => openTcpLine({ host: '127.0.0.1', port }, 1000),
      ...{ protocol, checkParity, answerMs: 250 },
    });

  test.each(['nci', 'toledo'] as const)(
    '%s: what lies on the scale is what is said, in every state',
    async (name) => {
      simulator = await startScaleSimulator(name);
      const protocol = name === 'nci' ? nci : toledo;
      const { weigh } = scaleAt(simulator.port, protocol);
      const states: readonly [OnScale, unknown][] = [
        [{ amount: 1255, decimals: 3, unit: 'kg' }, weighed(1255, 3, 'kg')],
        ['in-motion', { code: 'in-motion' }],
        ['under', { code: 'under' }],
        ['over', { code: 'over' }],
        ['no-zero', { code: 'no-zero' }],
        ['noise', { code: 'garbled' }],
        ['silent', { code: 'offline' }],
        [{ amount: 40, decimals: 3, unit: 'kg' }, weighed(40, 3, 'kg')],
      ];
      for (const [on, expected] of states) {
        simulator.put(on);
        expect(await weigh(), String(on)).toEqual(expected);
      }
      simulator.setLine({ slowly: true, parity: true });
      expect(await scaleAt(simulator.port, protocol, true).weigh()).toEqual(weighed(40, 3, 'kg'));
      expect(await scaleAt(simulator.port, protocol).weigh()).toEqual({ code: 'garbled' });
    },
  );

  test('questions asked at once are asked one after the other', async () => {
    simulator = await startScaleSimulator('nci');
    simulator.put({ amount: 500, decimals: 0, unit: 'g' });
    const { weigh } = scaleAt(simulator.port, nci);
    expect(await Promise.all([weigh(), weigh(), weigh()])).toEqual(Array(3).fill(weighed(500, 0, 'g')));
  });

  test('a scale that is not there is offline', async () => {
    simulator = await startScaleSimulator('nci');
    const { port } = simulator;
    await simulator.close();
    expect(await scaleAt(port, nci).weigh()).toEqual({ code: 'offline' });
    simulator = await startScaleSimulator('nci');
  });
});
