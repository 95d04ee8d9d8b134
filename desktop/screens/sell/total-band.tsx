import type { ReactNode } from 'react';

/** The bottom of the sale: small figures at the leading side, the one large figure at the trailing one, actions under. */
export function TotalBand({
  figures,
  label,
  large,
  actions,
}: {
  readonly figures: ReactNode;
  readonly label: string;
  readonly large: ReactNode;
  readonly actions: ReactNode;
}) {
  return (
    <div className="border-t border-line low:flex low:items-center">
      <div className="grid min-h-[124px] grid-cols-[auto_minmax(0,1fr)] items-end gap-6 px-4 py-3 low:flex low:min-h-0 low:flex-1 low:py-1.5">
        <div className="stacked:hidden">{figures}</div>
        <div className="text-end low:text-start stacked:col-span-2">
          <div className="font-semibold text-muted low:text-12">{label}</div>
          <div data-testid="total" className="low:[&_*]:text-28">
            {large}
          </div>
        </div>
      </div>
      <div className="flex gap-3 px-4 pb-4 empty:hidden low:p-2">{actions}</div>
    </div>
  );
}
