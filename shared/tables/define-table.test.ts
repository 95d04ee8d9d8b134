import { expect, expectTypeOf, test } from 'vitest';
import { bool, id, int, intOpt, json, later, oneOf, text, textOpt } from './columns.ts';
import { defineTable } from './define-table.ts';

const sample = defineTable(
  'sample',
  {
    id: id(),
    name: text(),
    note: textOpt(),
    amountMinor: int(),
    kind: oneOf('a', 'b'),
    parts: json<readonly number[]>(),
    open: bool(),
    rank: later(intOpt()),
  },
  {
    policy: 'lww',
    scope: 'org',
    writers: ['hq'],
    indexes: [['name']],
    checks: { positive: 'amount_minor >= 0' },
  },
);

type Lite = ReturnType<typeof sample.sqlite>;
type Pg = ReturnType<typeof sample.pg>;

test('both dialects infer one row type', () => {
  expectTypeOf<Lite['$inferSelect']>().toEqualTypeOf<Pg['$inferSelect']>();
  expectTypeOf<Lite['$inferInsert']>().toEqualTypeOf<Pg['$inferInsert']>();
  expectTypeOf<Lite['$inferSelect']['kind']>().toEqualTypeOf<'a' | 'b'>();
  expectTypeOf<Lite['$inferSelect']['note']>().toEqualTypeOf<string | null>();
});

test('a column that came later is won in a group whose name says so', () => {
  const groups = new Map(sample.facts.columns.map(({ property, group }) => [property, group]));
  expect([groups.get('note'), groups.get('rank')]).toEqual(['note', '+rank']);
});
