import { expect, test } from 'vitest';
import { z } from 'zod';
import { envelopeSchema } from './changeset.ts';
import { fakeHash } from './test-chain.ts';
import { messages, protocolVersion } from './wire.ts';

/**
 * The hash of every message's schema, by protocol version. A change of a message changes the hash: raise
 * `protocolVersion` (old tills exist after the first release), then write the new pair here.
 */
const hashOfVersion = {
  version: 2,
  hash: '4262a35a7140de04ac641e5e297d46354f99d4445e3b5db95f868256f78b3d79',
};

test('no message changes without the protocol version', () => {
  const schemas = Object.entries({ ...messages, envelope: envelopeSchema }).map(([name, schema]) => [
    name,
    z.toJSONSchema(schema, { unrepresentable: 'any' }),
  ]);
  expect({ version: protocolVersion, hash: fakeHash(JSON.stringify(schemas)) }).toEqual(hashOfVersion);
});

test('the hash sees a change of a single limit', () => {
  const hashed = (schema: z.ZodType) => fakeHash(JSON.stringify(z.toJSONSchema(schema)));
  expect(hashed(z.string().max(32))).not.toBe(hashed(z.string().max(33)));
  expect(hashed(z.object({ a: z.int() }))).not.toBe(hashed(z.object({ a: z.int().optional() })));
});
