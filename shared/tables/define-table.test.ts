import { expectTypeOf, test } from 'vitest';
import { bool, id, int, json, oneOf, text, textOpt } from './columns.ts';
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
