import { Trans, useLingui } from '@lingui/react/macro';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { Pill, Search } from 'lucide-react';
import { type KeyboardEvent, type ReactNode, useDeferredValue, useRef, useState } from 'react';
import { cx } from '#shared/ui/cx.ts';
import { Dialog } from '#shared/ui/dialog.tsx';
import { Field } from '#shared/ui/field.tsx';
import { hqQuery } from '../hq.ts';
import { pageGroups } from './pages.ts';

/** Ctrl K: the pages, and medicines once two letters are typed. Arrows and Enter, or a click. */
export function JumpDialog({ open, onClose }: { readonly open: boolean; readonly onClose: () => void }) {
  const { t } = useLingui();
  const [text, setText] = useState('');
  const [chosen, setChosen] = useState(0);
  const field = useRef<HTMLElement | null>(null);
  const targets = useTargets(text);
  const go = (target: Target | undefined) => {
    if (!target) return;
    target.go();
    onClose();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
    if (step !== 0) {
      event.preventDefault();
      setChosen((now) => Math.max(0, Math.min(targets.length - 1, now + step)));
    } else if (event.key === 'Enter') go(targets[chosen]);
  };
  return (
    <Dialog open={open} title={t`Search or jump to`} width={680} initialFocus={field} onClose={onClose}>
      <div
        ref={(box) => {
          field.current = box?.querySelector('input') ?? null;
        }}
      >
        <Field
          label={t`Page or medicine`}
          labelHidden
          lead={<Search size={18} aria-hidden className="text-faint" />}
          placeholder={t`Page or medicine`}
          value={text}
          autoComplete="off"
          role="combobox"
          aria-expanded
          aria-controls="jump-targets"
          aria-activedescendant={targets[chosen] && `jump-${chosen}`}
          onKeyDown={onKeyDown}
          onChange={(event) => {
            setText(event.target.value);
            setChosen(0);
          }}
        />
        <div
          id="jump-targets"
          role="listbox"
          aria-label={t`Results`}
          className="mt-3 grid grid-cols-[minmax(0,1fr)] gap-0.5"
        >
          {targets.map((target, place) => (
            // biome-ignore lint/a11y/useKeyWithClickEvents: the field holds the focus and the keys
            <div
              key={target.key}
              id={`jump-${place}`}
              role="option"
              aria-selected={place === chosen}
              tabIndex={-1}
              onClick={() => go(target)}
              className={cx(
                'flex h-10 cursor-pointer items-center gap-3 rounded-6 px-3',
                place === chosen ? 'chosen' : 'hover:bg-surface-2',
              )}
            >
              {target.icon}
              {target.label}
            </div>
          ))}
        </div>
        {targets.length === 0 && (
          <p className="p-3 text-muted">
            <Trans>Nothing is called that.</Trans>
          </p>
        )}
      </div>
    </Dialog>
  );
}

interface Target {
  readonly key: string;
  readonly label: ReactNode;
  readonly icon: ReactNode;
  readonly go: () => void;
}

function useTargets(text: string): readonly Target[] {
  const { i18n } = useLingui();
  const navigate = useNavigate();
  const wanted = useDeferredValue(text.trim());
  const found = useQuery(
    hqQuery.catalog.search.queryOptions({
      input: { text: wanted, limit: 8 },
      enabled: wanted.length >= 2,
      placeholderData: keepPreviousData,
    }),
  );
  const pages = pageGroups
    .flatMap((group) => group.pages)
    .map((page) => ({ page, label: i18n._(page.label) }))
    .filter(({ label }) => label.toLocaleLowerCase().includes(wanted.toLocaleLowerCase()))
    .map(({ page, label }) => ({
      key: page.to,
      label,
      icon: <page.icon size={16} aria-hidden className="text-faint" />,
      go: () => void navigate({ to: page.to }),
    }));
  const medicines = (wanted.length >= 2 ? (found.data?.rows ?? []) : []).map((row) => ({
    key: row.packId,
    label: (
      <>
        <bdi className="max-w-[60%] flex-none truncate font-medium">{row.brand}</bdi>
        <bdi className="min-w-0 flex-1 truncate text-12 text-muted">{row.label}</bdi>
      </>
    ),
    icon: <Pill size={16} aria-hidden className="flex-none text-faint" />,
    go: () => void navigate({ to: '/catalogue', search: { q: wanted, medicine: row.medicineId } }),
  }));
  return [...pages, ...medicines];
}
