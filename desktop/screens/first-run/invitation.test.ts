import { expect, test } from 'vitest';
import { readInvitation } from './invitation.ts';

test('the code of the back office says where, what and whose', () => {
  expect(readInvitation('pestle:https://hq.example.org?code=ABCD-2345&fp=9F2C')).toEqual({
    hqUrl: 'https://hq.example.org',
    code: 'ABCD-2345',
    fingerprint: '9F2C',
  });
});

test.each([
  '3400936403114',
  'https://hq.example.org?code=ABCD-2345',
  'pestle:https://hq.example.org',
  'pestle:x',
])('%s is no invitation', (text) => expect(readInvitation(text)).toBeNull());
