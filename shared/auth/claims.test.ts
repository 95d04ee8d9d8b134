import { expect, test } from 'vitest';
import { claimsOf, peopleClaimed } from './claims.ts';

const made = (kind: string, authorisedBy: string | null) => ({
  t: 'sale_return',
  row: { kind, authorisedBy },
});
const line = (packId: string) => ({ t: 'sale_return_line', row: { packId } });
const claims = (...rows: Parameters<typeof claimsOf>[1]) =>
  claimsOf('cashier', rows, (packId) => packId === 'bag').map(
    ({ personId, right }) => `${personId} ${right}`,
  );

test('a void and a return without a receipt claim the right of who agreed, else the actor’s own', () => {
  expect(claims(made('void', 'mia'))).toEqual(['mia sales.void']);
  expect(claims(made('void', null))).toEqual(['cashier sales.void']);
  expect(claims(made('blind', 'mia'), line('box'))).toEqual(['mia sales.return.blind']);
  expect(claims(made('blind', null), line('box'), line('bag'))).toEqual(['cashier sales.return.blind']);
  expect(claims(made('return', null))).toEqual([]);
  expect(claims(made('return', 'mia'))).toEqual(['mia sales.return']);
});

test('deposits alone claim nothing; a colleague named all the same is asked about', () => {
  expect(claims(made('blind', null), line('bag'), line('bag'))).toEqual([]);
  expect(claims(made('blind', 'mia'), line('bag'))).toEqual(['mia sales.return.blind']);
});

test('who settles a second refund may void a sale', () => {
  const row = { action: 'sales.second-refund-settled', actorId: 'mia' };
  expect(claims({ t: 'audit_entry', row })).toEqual(['mia sales.void']);
  expect(claims({ t: 'audit_entry', row: { ...row, action: 'sales.reprint' } })).toEqual([]);
  expect(peopleClaimed([made('void', 'mia'), made('void', null), line('box')])).toEqual(['mia']);
});
