import fc from 'fast-check';
import { expect, test } from 'vitest';
import { openEnvelope } from './changeset.ts';
import { fakeChain, fakeHash } from './test-chain.ts';

const seed = 20260302;
const change = { t: 'sale', op: 'insert' as const, row: { b: 2, a: 1, name: 'Ünïcode ₹', nothing: null } };

test('what was sealed opens again, and its text is canonical', () => {
  const sealed = fakeChain().add([change]);
  const opened = openEnvelope(sealed.text);
  expect(opened).toMatchObject({ ok: true, value: { dseq: 1, body: { changes: [change] } } });
  expect(sealed.text).toContain('{"a":1,"b":2,"name":"Ünïcode ₹","nothing":null}');
  expect(sealed.hash).toBe(fakeHash(sealed.text));
});

test('two of the same content are one text, whatever order their members were written in', () => {
  const { a, ...rest } = change.row;
  const turned = { ...change, row: { ...rest, a } };
  expect(fakeChain().add([turned]).text).toBe(fakeChain().add([change]).text);
});

test('any text opens or is refused with a reason, and never throws', () => {
  fc.assert(
    fc.property(fc.oneof(fc.string(), fc.json()), (text) => {
      const opened = openEnvelope(text);
      if (!opened.ok) expect(['NOT_JSON', 'BAD_ENVELOPE']).toContain(opened.error.code);
    }),
    { seed, numRuns: 500 },
  );
});

test('one member wrong, missing or unknown makes it no envelope, and says where', () => {
  const whole = JSON.parse(fakeChain().add([change]).text) as Record<string, unknown>;
  const refused = (members: object) => {
    const opened = openEnvelope(JSON.stringify({ ...whole, ...members }));
    return opened.ok ? null : opened.error;
  };
  expect(refused({ dseq: 0 })).toEqual({ code: 'BAD_ENVELOPE', where: 'dseq' });
  expect(refused({ hlc: 'now' })).toEqual({ code: 'BAD_ENVELOPE', where: 'hlc' });
  expect(refused({ extra: 1 })).toMatchObject({ code: 'BAD_ENVELOPE' });
  expect(refused({ body: { changes: [{ t: 'sale', op: 'upsert' }] } })).toMatchObject({
    code: 'BAD_ENVELOPE',
  });
  for (const member of Object.keys(whole)) expect(refused({ [member]: undefined })).not.toBeNull();
});
