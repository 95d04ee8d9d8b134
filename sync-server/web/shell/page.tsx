import { Trans, useLingui } from '@lingui/react/macro';
import { Link } from '@tanstack/react-router';
import { ChevronRight, Search } from 'lucide-react';
import { type ReactNode, useEffect } from 'react';
import { cx } from '#shared/ui/cx.ts';
import { FreshnessBanner, FreshnessChip } from '#shared/ui/freshness.tsx';
import { Kbd } from '#shared/ui/kbd.tsx';
import { useFormat } from '#shared/ui/use-format.ts';
import { freshnessOf, stateOf, useStores } from '../parts/stores.ts';
import { useJump } from './jump-state.ts';

interface PageProps {
  readonly title: string;
  /** The page this one belongs to, before its title. */
  readonly parent?: { readonly to: '/catalogue' | '/catalogue/import'; readonly label: string };
  readonly aside?: ReactNode;
  /** Says how far the data reach, and warns where a store is missing from them. */
  readonly fresh?: boolean;
  /** Which stores a warning is about, where the page's figures are short of them. */
  readonly banner?: boolean;
  /** At most three, the primary one last. */
  readonly actions?: ReactNode;
  readonly children: ReactNode;
  readonly className?: string;
}

/** A page: one bar of 52 px, a warning where figures are short of something, the content. */
export function Page({
  title,
  parent,
  aside,
  fresh = false,
  banner = false,
  actions,
  children,
  className,
}: PageProps) {
  const stores = useStores();
  useEffect(() => {
    document.title = `${title} · Pestle`;
  }, [title]);
  return (
    <div className="flex min-w-0 flex-col overflow-hidden">
      <header className="flex h-bar-top flex-none items-center gap-3 border-b border-line bg-surface px-6">
        {parent && (
          <>
            <Link to={parent.to} className="font-medium text-muted hover:text-ink">
              {parent.label}
            </Link>
            <ChevronRight size={16} aria-hidden className="text-faint rtl:rotate-180" />
          </>
        )}
        <h1 className="text-16 font-semibold whitespace-nowrap">{title}</h1>
        {aside && <span className="truncate text-muted">{aside}</span>}
        {fresh && stores.data && stores.data.length > 0 && (
          <FreshnessChip freshness={freshnessOf(stores.data)} />
        )}
        <JumpButton />
        {actions}
      </header>
      {banner && <MissingStores />}
      <main className={cx('flex min-h-0 flex-1 flex-col gap-3 overflow-auto px-6 py-4', className)}>
        {children}
      </main>
    </div>
  );
}

function JumpButton() {
  const { t } = useLingui();
  const setOpen = useJump((jump) => jump.setOpen);
  return (
    <button
      type="button"
      aria-keyshortcuts="Control+K"
      onClick={() => setOpen(true)}
      className="ms-auto flex h-8 w-[264px] min-w-32 items-center gap-2 rounded-6 border border-line-control bg-surface ps-2.5 pe-1.5 text-faint hover:bg-surface-2"
    >
      <Search size={16} aria-hidden className="flex-none" />
      <span className="truncate">{t`Search or jump to`}</span>
      <span className="ms-auto flex-none">
        <Kbd>Ctrl K</Kbd>
      </span>
    </button>
  );
}

/** The first store that is not heard, since when, and what that means for the figures. */
function MissingStores() {
  const stores = useStores();
  const format = useFormat();
  const missing = (stores.data ?? []).filter((store) => stateOf(store) === 'offline');
  const [first, ...others] = missing;
  if (!first) return null;
  const name = `${first.name} (${first.code})`;
  const since = first.dataTo === null ? '–' : format.time(first.dataTo);
  const more = others.length;
  return (
    <FreshnessBanner
      action={
        <Link to="/stores">
          <Trans>Open its tills</Trans>
        </Link>
      }
    >
      <b className="font-semibold">
        {more === 0 ? (
          <Trans>
            {name} not heard from since {since}.
          </Trans>
        ) : (
          <Trans>
            {name} and {more} more not heard from, the first since {since}.
          </Trans>
        )}
      </b>{' '}
      <Trans>The figures leave out what has been sold there since. The store goes on selling.</Trans>
    </FreshnessBanner>
  );
}
