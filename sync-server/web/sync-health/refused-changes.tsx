import { useLingui } from '@lingui/react/macro';
import { Table, Td, Th } from '#shared/ui/table.tsx';
import { useFormat } from '#shared/ui/use-format.ts';
import type { Hq } from '../hq.ts';
import { useColumnWords, useValueWords } from './subject-words.ts';

type Quarantined = Hq['auth']['quarantined'];
type Change = Quarantined['changes'][number];

/** Column by column, what HQ has and what the changeset wants; where they differ, the wanted one stands out. */
export function RefusedChanges({ one }: { readonly one: Quarantined }) {
  const { t } = useLingui();
  const format = useFormat();
  const more = format.count(one.moreChanges);
  if (one.changes.length === 0) return null;
  return (
    <div className="grid gap-1.5">
      <h3 className="font-semibold">{t`What it would change`}</h3>
      <div className="overflow-hidden rounded-6 border border-line">
        <Table
          caption={t`What it would change`}
          rows="dense"
          className="max-h-[340px]"
          head={
            <tr>
              <Th>
                <span className="sr-only">{t`Column`}</span>
              </Th>
              <Th num>{t`At HQ now`}</Th>
              <Th num>{t`In this change`}</Th>
            </tr>
          }
        >
          {one.changes.flatMap((change) => [
            ...(one.changes.length > 1 || change.columns.length === 0
              ? [<Head key={`${change.table}/${change.id}/${change.op}`} change={change} />]
              : []),
            ...change.columns.map((column) => (
              <Column
                key={`${change.table}/${change.id}/${change.op}/${column.column}`}
                column={column}
                first={one.subject.fromMinor}
              />
            )),
          ])}
        </Table>
      </div>
      {one.moreChanges > 0 && <p className="text-12 text-muted">{t`and ${more} more records`}</p>}
    </div>
  );
}

function Head({ change: { table, op } }: { readonly change: Change }) {
  const { t } = useLingui();
  const words = { insert: t`new`, set: t`changed`, delete: t`deleted`, undelete: t`restored` } as const;
  return (
    <tr className="[&>td]:bg-surface-2">
      <Td colSpan={3} className="text-12">
        <code>{table}</code> <span className="text-muted">{words[op]}</span>
      </Td>
    </tr>
  );
}

function Column({
  column: { column, atHq, wanted },
  first,
}: {
  readonly column: Change['columns'][number];
  /** The price that counts at HQ where the row itself is not there. */
  readonly first: number | null;
}) {
  const words = useColumnWords();
  const value = useValueWords();
  const now = atHq ?? (column === 'priceMinor' ? first : null);
  return (
    <tr>
      <Td className="whitespace-nowrap">{words(column)}</Td>
      <Td num className="max-w-40 !whitespace-normal">
        <bdi className="break-all">{value(column, now)}</bdi>
      </Td>
      <Td
        num
        className={`max-w-56 !whitespace-normal ${now === wanted ? 'text-muted' : 'font-semibold text-warn'}`}
      >
        <bdi className="break-all">{value(column, wanted)}</bdi>
      </Td>
    </tr>
  );
}
