import fc from 'fast-check';
import { expect, test } from 'vitest';
import { envelopeSchema } from './changeset.ts';
import { isSurelyEnvelope } from './envelope-check.ts';
import { fakeChain } from './test-chain.ts';

const seed = 20261122;
const made = (): Record<string, unknown> =>
  JSON.parse(
    fakeChain().add([
      { t: 'sale', op: 'insert', row: { id: 'a', totalMinor: 1, taxes: [1, null], note: null } },
      { t: 'price', op: 'set', id: 'p', cols: { priceMinor: 5 } },
      { t: 'price', op: 'delete', id: 'q' },
    ]).text,
  );

/** What stands in the place of something: near misses of every kind of member, and anything at all. */
const replacement = fc.oneof(
  fc.constantFrom(
    0,
    1,
    -1,
    1.5,
    999_999,
    1_000_000,
    1_000_001,
    2 ** 53,
    '',
    'x',
    'x'.repeat(64),
    'x'.repeat(65),
  ),
  fc.constantFrom(
    '0'.repeat(16),
    'f'.repeat(16),
    '0'.repeat(64),
    'x'.repeat(80),
    'x'.repeat(81),
    null,
    true,
    undefined,
  ),
  fc.constantFrom('insert', 'set', 'delete', 'undelete', 'upsert'),
  fc.jsonValue(),
);

test('what a device seals needs no schema', () => {
  expect(isSurelyEnvelope(made())).toBe(true);
});

test('what is surely an envelope is one by the schema, and the very same', () => {
  let sure = 0;
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.nat(), replacement, fc.boolean()), { maxLength: 2 }), (edits) => {
      const envelope = made();
      for (const [at, value, adds] of edits) edit(envelope, { at, value, adds });
      const json: unknown = JSON.parse(JSON.stringify(envelope));
      if (!isSurelyEnvelope(json)) return;
      sure += 1;
      expect(envelopeSchema.parse(json)).toStrictEqual(json);
    }),
    { seed, numRuns: 5_000 },
  );
  expect(sure).toBeGreaterThan(500);
});

test('what the schema takes as it stands is surely an envelope', () => {
  fc.assert(
    fc.property(fc.nat(), replacement, (at, value) => {
      const envelope = made();
      edit(envelope, { at, value, adds: false });
      const json: unknown = JSON.parse(JSON.stringify(envelope));
      expect(isSurelyEnvelope(json)).toBe(envelopeSchema.safeParse(json).success);
    }),
    { seed, numRuns: 5_000 },
  );
});

test('members the schema leaves out are left to the schema', () => {
  const text = JSON.stringify({ ...made(), body: { changes: [], more: 1 } });
  expect(isSurelyEnvelope(JSON.parse(text))).toBe(false);
  const odd = '{"t":"sale","op":"insert","row":{"id":"a","__proto__":{"x":1}}}';
  expect(isSurelyEnvelope({ ...made(), body: { changes: [JSON.parse(odd)] } })).toBe(false);
});

/** Puts a value in the place of any member at any depth, or beside it. */
function edit(
  envelope: Record<string, unknown>,
  { at, value, adds }: { readonly at: number; readonly value: unknown; readonly adds: boolean },
): void {
  const places: { readonly of: Record<string, unknown>; readonly key: string }[] = [];
  const walk = (of: Record<string, unknown>): void => {
    for (const [key, inside] of Object.entries(of)) {
      places.push({ of, key });
      if (typeof inside === 'object' && inside !== null) walk(inside as Record<string, unknown>);
    }
  };
  walk(envelope);
  const place = places[at % places.length];
  if (place) place.of[adds && !Array.isArray(place.of) ? `${place.key}More` : place.key] = value;
}
