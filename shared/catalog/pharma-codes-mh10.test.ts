import { describe, expect, test } from 'vitest';
import { openEnvelope, parseMh10 } from './pharma-codes-mh10.ts';

const [RS, GS, EOT] = ['\u001e', '\u001d', '\u0004'];
const message = (...data: string[]) => `[)>${RS}06${GS}${data.join(GS)}${RS}${EOT}`;

function read(raw: string): unknown {
  const envelope = openEnvelope(raw, 0);
  const result = envelope.ok ? parseMh10(raw, envelope.value, 2026) : envelope;
  if (!result.ok) return `${result.error.code}@${result.error.position}`;
  const { elements, ...said } = result.value;
  return said;
}

describe('an MH10.8 message', () => {
  const ppn = { ppn: '110375286414', pzn: '03752864' };
  test.each([
    [message('9N110375286414'), ppn],
    [
      message('9N110375286414', '1TB1', 'D280100', 'SS1'),
      { ...ppn, batch: 'B1', expiresOn: '2028-01-31', serial: 'S1' },
    ],
    [
      message('8P04150037528643', '14D20280229', '16D20250101', 'Q7'),
      { gtin14: '04150037528643', expiresOn: '2028-02-29', quantity: 7 },
    ],
    [message('33LHTTP://A.EXAMPLE', '1TB1'), { batch: 'B1' }],
    [message('1TB1').slice(0, -1), { batch: 'B1' }],
  ])('%j is read', (raw, said) => expect(read(raw)).toEqual(said));

  test.each([
    [message('9N110375286415'), 'bad-check-digit@9'],
    [message('8P04150037528644'), 'bad-check-digit@9'],
    [message('1TB1', '1TB2'), 'duplicate-ai@14'],
    [message('1T'), 'empty-element@9'],
    [message('1TB1', '', 'SX'), 'empty-element@12'],
    [message('1tB1'), 'unknown-ai@7'],
    [message('D280230'), 'bad-date@8'],
    [message('D2801'), 'bad-date@8'],
    [message(`1T${'B'.repeat(21)}`), 'element-too-long@9'],
    [message('1TB\u0000'), 'bad-character@9'],
    [message('Q1A'), 'bad-format@8'],
    [message('1TB1').slice(0, -2), 'bad-envelope@11'],
    [`[)>${RS}06${GS}`, 'bad-envelope@7'],
    [`[)>${RS}12${GS}1TB1${RS}${EOT}`, 'bad-envelope@0'],
    ['[)>061TB1', 'bad-envelope@0'],
  ])('%j is refused', (raw, refusal) => expect(read(raw)).toBe(refusal));
});
