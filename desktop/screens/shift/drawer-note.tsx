import { useLingui } from '@lingui/react/macro';
import type { ShiftView } from '#shared/sales/calls-shift.ts';

/** A drawer that did not open: the money is written down, and a key opens it. */
export function DrawerNote({ drawer }: Pick<ShiftView, 'drawer'>) {
  const { t } = useLingui();
  if (!drawer || drawer.state === 'printed') return null;
  return (
    <p role="status" className="rounded-10 border border-warn-line bg-warn-soft px-4 py-3 text-14">
      {drawer.state === 'failed'
        ? t`The drawer did not open by itself: its printer does not answer. Use its key.`
        : t`Whether the drawer opened is not known. Use its key if it did not.`}
    </p>
  );
}
