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

test('both dialects infer one row type', () => {
  expectTypeOf<typeof sample.sqlite.$inferSelect>().toEqualTypeOf<typeof sample.pg.$inferSelect>();
  expectTypeOf<typeof sample.sqlite.$inferInsert>().toEqualTypeOf<typeof sample.pg.$inferInsert>();
  expectTypeOf<(typeof sample.sqlite.$inferSelect)['kind']>().toEqualTypeOf<'a' | 'b'>();
  expectTypeOf<(typeof sample.sqlite.$inferSelect)['note']>().toEqualTypeOf<string | null>();
});
