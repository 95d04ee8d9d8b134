import type { Permission } from './permissions.ts';

/** That somebody might do something: said by a row a till wrote, and checked again at HQ as of the act. */
export type Claim = { readonly personId: string; readonly right: Permission };

/** A row as it was inserted. */
type Inserted = { readonly t: string; readonly row: Readonly<Record<string, unknown>> };

/**
 * What rows say of who might do it, beside the actor's right to the whole transaction (act-rights.ts). Where a colleague
 * agreed in place it is that colleague's right; where nobody did, the actor's own. `isDeposit` says of a pack that it was
 * only lent for money, which goes back without a receipt and without anybody's leave.
 */
export function claimsOf(
  actor: string,
  inserted: readonly Inserted[],
  isDeposit: (packId: string) => boolean,
): readonly Claim[] {
  const returned = inserted.filter(({ t }) => t === 'sale_return_line');
  return inserted.flatMap(({ t, row }): Claim[] => {
    if (t === 'audit_entry' && row.action === 'sales.second-refund-settled')
      return [{ personId: String(row.actorId), right: 'sales.void' }];
    if (t !== 'sale_return') return [];
    const agreed = typeof row.authorisedBy === 'string' ? row.authorisedBy : null;
    const lent = returned.length > 0 && returned.every((line) => isDeposit(String(line.row.packId)));
    const right = rightOfKind[String(row.kind)];
    if (right && !(lent && agreed === null)) return [{ personId: agreed ?? actor, right }];
    return agreed === null ? [] : [{ personId: agreed, right: 'sales.return' }];
  });
}

/** People whose rights a transaction's rows speak of. */
export const peopleClaimed = (inserted: readonly Inserted[]): readonly string[] =>
  inserted.flatMap(({ row }) => (typeof row.authorisedBy === 'string' ? [row.authorisedBy] : []));

const rightOfKind: Readonly<Record<string, Permission>> = {
  void: 'sales.void',
  blind: 'sales.return.blind',
};
