import { describe, expect, test } from 'vitest';
import { parseDigitalLink } from './digital-link.ts';

function read(uri: string): unknown {
  const result = parseDigitalLink(uri, 0, { todayYear: 2026 });
  return result.ok ? result.value.elements : `${result.error.code}@${result.error.position}`;
}
const GTIN = { '01': '03400930108277' };

describe('a Digital Link', () => {
  test.each([
    ['https://id.gs1.org/01/03400930108277', GTIN],
    ['HTTPS://ID.GS1.ORG/01/03400930108277', GTIN],
    ['http://a.example:8080/some/shop/01/03400930108277', GTIN],
    ['https://a.example/01/3400930108277', GTIN],
    [
      'https://a.example/01/03400930108277/10/AB%2FC/21/S1?17=280100',
      { ...GTIN, '10': 'AB/C', '17': '280100', '21': 'S1' },
    ],
    ['https://a.example/01/03400930108277/22/2A/21/S', { ...GTIN, '22': '2A', '21': 'S' }],
    ['https://a.example/01/03400930108277/235/T', { ...GTIN, '235': 'T' }],
    [
      'https://a.example/01/03400930108277?linkType=gs1:pip&17=280100;10=A#top',
      { ...GTIN, '17': '280100', '10': 'A' },
    ],
    ['https://a.example/01/03400930108277?3103=001250', { ...GTIN, '3103': '001250' }],
    ['https://a.example/8004/1234ABC', { '8004': '1234ABC' }],
  ])('%s is read', (uri, elements) => expect(read(uri)).toEqual(elements));

  test.each([
    ['https://a.example', 'no-digital-link-key@17'],
    ['https://a.example/', 'no-digital-link-key@17'],
    ['https:///01/03400930108277', 'bad-uri@8'],
    ['https://a.example/10/ABC', 'no-digital-link-key@17'],
    ['https://a.example/01/03400930108278', 'bad-check-digit@34'],
    ['https://a.example/01/340093010827', 'bad-check-digit@32'],
    ['https://a.example/01/03400930108277/21/S/10/A', 'digital-link-order@39'],
    ['https://a.example/01/03400930108277/22/2A/235/T', 'digital-link-order@39'],
    ['https://a.example/01/03400930108277/10/', 'empty-element@39'],
    ['https://a.example/01/03400930108277?21=S', 'not-a-digital-link-attribute@36'],
    ['https://a.example/01/03400930108277?18=S', 'unknown-ai@36'],
    ['https://a.example/01/03400930108277?17=280230', 'bad-date@39'],
    ['https://a.example/01/03400930108277?01=03400930108277', 'duplicate-ai@39'],
    ['https://a.example/01/03400930108277/10/A?10=A', 'duplicate-ai@44'],
    ['https://a.example/01/0340 0930108277', 'bad-uri@25'],
    ['https://a.example/01/03400930108277/10/%ZZ', 'bad-uri@39'],
    ['https://a.example/01/03400930108277/10/%FF', 'bad-uri@39'],
    ['https://a.example/01/03400930108277/10/%00', 'bad-character@39'],
    ['https://a.example/01/03400930108277/10/%C3%A9', 'bad-character@39'],
  ])('%s is refused', (uri, refusal) => expect(read(uri)).toBe(refusal));
});
