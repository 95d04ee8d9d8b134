import type { ReactNode } from 'react';
import { Td } from '#shared/ui/table.tsx';
import { useFormat } from '#shared/ui/use-format.ts';

/** A row of the list to review. Its words wrap: what to decide on is never cut off. */
export function ReviewRow({
  at,
  title,
  note,
  where,
  children,
}: {
  /** Epoch milliseconds; null where nobody can say. */
  readonly at: number | null;
  readonly title: string;
  readonly note: ReactNode;
  readonly where: ReactNode;
  /** The button, where there is something to do. */
  readonly children: ReactNode;
}) {
  const format = useFormat();
  return (
    <tr>
      <Td className="py-1.5 align-top whitespace-nowrap text-muted">
        {at === null ? (
          '–'
        ) : (
          <>
            {format.day(at)}
            <span className="block text-12">{format.time(at)}</span>
          </>
        )}
      </Td>
      <Td className="w-full py-1.5 align-top">
        <span className="block font-semibold">{title}</span>
        <span className="block text-12 text-muted">{note}</span>
      </Td>
      <Td className="py-1.5 align-top">{where}</Td>
      <Td className="py-1.5">
        <span className="flex justify-end">{children}</span>
      </Td>
    </tr>
  );
}
