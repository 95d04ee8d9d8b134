import { Trans, useLingui } from '@lingui/react/macro';
import type { AuditRow } from '#shared/auth/calls-audit.ts';
import { Button } from '#shared/ui/button.tsx';
import { Table, Td, Th } from '#shared/ui/table.tsx';
import { useFormat } from '#shared/ui/use-format.ts';
import { useActionNames, useDetails } from './words.ts';

/** Who did what, when, to what and why; the latest first. */
export function AuditList({
  rows,
  onMore,
}: {
  readonly rows: readonly AuditRow[];
  /** Left out where there are no more. */
  readonly onMore?: (() => void) | undefined;
}) {
  const { t } = useLingui();
  return (
    <div className="flex min-h-0 flex-1 flex-col">
      <Table
        caption={t`Audit`}
        className="flex-1"
        head={
          <tr>
            {[t`When`, t`Who`, t`What`, t`About`, t`Reason`, t`Details`].map((name) => (
              <Th key={name}>{name}</Th>
            ))}
          </tr>
        }
      >
        {rows.map((row) => (
          <Entry key={row.id} row={row} />
        ))}
      </Table>
      {onMore && (
        <div className="flex-none border-t border-line-soft px-4 py-2">
          <Button keys="Ctrl+↓" onClick={onMore}>
            <Trans>Show more</Trans>
          </Button>
        </div>
      )}
    </div>
  );
}

function Entry({ row }: { readonly row: AuditRow }) {
  const format = useFormat();
  const actions = useActionNames();
  const details = useDetails();
  const { at, actor, authorisedBy, tillName } = row;
  return (
    <tr className="align-top [&>td]:py-2">
      <Td className="whitespace-nowrap tabular-nums">
        {format.day(at)} <bdi dir="ltr">{format.time(at, true)}</bdi>
        <span className="block text-12 text-muted">
          <bdi>{tillName}</bdi>
        </span>
      </Td>
      <Td>
        <bdi>{actor}</bdi>
        {authorisedBy !== null && (
          <span className="block text-12 text-muted">
            <Trans>
              agreed: <bdi>{authorisedBy}</bdi>
            </Trans>
          </span>
        )}
      </Td>
      <Td>{actions(row.action)}</Td>
      <Td className="whitespace-nowrap">
        <bdi dir="ltr">{row.subject}</bdi>
      </Td>
      <Td>
        <bdi>{row.reason}</bdi>
      </Td>
      <Td className="text-muted">{details(row)}</Td>
    </tr>
  );
}
