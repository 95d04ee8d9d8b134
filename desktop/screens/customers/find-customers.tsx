import { plural } from '@lingui/core/macro';
import { Trans, useLingui } from '@lingui/react/macro';
import { UserRoundSearch } from 'lucide-react';
import { type KeyboardEvent, useEffect, useRef, useState } from 'react';
import type { CustomerHit } from '#shared/sales/customer-views.ts';
import { Button } from '#shared/ui/button.tsx';
import { cx } from '#shared/ui/cx.ts';
import { Kbd } from '#shared/ui/kbd.tsx';
import { EmptyState } from '#shared/ui/states.tsx';
import { SearchField } from '../sell/search-field.tsx';
import { RefusedNote } from './refused-note.tsx';
import { type FoundCustomers, useFoundCustomers } from './use-customers.ts';

interface Props {
  readonly text: string;
  readonly onText: (text: string) => void;
  /** Goes up when a customer was changed: the list is asked for again. */
  readonly round: number;
  /** Whether typing goes here. */
  readonly focused: boolean;
  readonly onOpen: (customerId: string) => void;
  readonly onCreate: () => void;
}

const rowId = (index: number) => `customer-${index}`;

/** The field, and who was found: names with masked numbers, because others at the counter can read them too. */
export function FindCustomers({ text, onText, round, focused, onOpen, onCreate }: Props) {
  const { t } = useLingui();
  const field = useRef<HTMLInputElement>(null);
  const found = useFoundCustomers(text, round);
  const [choice, setChoice] = useState({ text: '', index: 0 });
  const chosen = choice.text === text ? choice.index : 0;
  const hits = found?.hits ?? [];
  useEffect(() => {
    if (focused) field.current?.focus();
  }, [focused]);

  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>) => {
    const by = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (by) {
      event.preventDefault();
      setChoice({ text, index: Math.min(Math.max(chosen + by, 0), Math.max(hits.length - 1, 0)) });
    }
    // Only an answer to what stands there now: Enter must not open whom the letters before found.
    const hit = found?.text === text ? hits[chosen] : undefined;
    if (event.key === 'Enter' && hit) onOpen(hit.customerId);
  };
  return (
    <div className="flex min-h-0 min-w-0 flex-col gap-3">
      <SearchField
        ref={field}
        label={t`Name or phone number`}
        placeholder={t`Name or phone number`}
        list="customers"
        expanded={hits.length > 0}
        active={hits[chosen] ? rowId(chosen) : undefined}
        maxLength={120}
        {...{ text, onText, onKeyDown }}
      />
      <section
        aria-label={t`Customers`}
        className="flex min-h-0 flex-1 flex-col overflow-hidden rounded-10 border border-line bg-surface"
      >
        {found?.refusal && (
          <div className="p-4">
            <RefusedNote refusal={found.refusal} />
          </div>
        )}
        {found && !found.refusal && <Head found={found} />}
        {hits.length > 0 && (
          <div
            id="customers"
            role="listbox"
            tabIndex={-1}
            aria-label={t`Customers found`}
            className="min-h-0 flex-1 overflow-auto"
          >
            {hits.map((hit, index) => (
              <Row key={hit.customerId} hit={hit} index={index} chosen={index === chosen} onOpen={onOpen} />
            ))}
          </div>
        )}
        {found && !found.refusal && hits.length === 0 && (
          <NobodyFound text={found.text} onCreate={onCreate} />
        )}
      </section>
    </div>
  );
}

function Head({ found: { text, hits, more, unreadable } }: { readonly found: FoundCustomers }) {
  const { t } = useLingui();
  const count = hits.length;
  return (
    <div className="flex min-h-9 flex-none items-center justify-between gap-3 border-b border-line-soft px-4 text-12 text-muted">
      <span role="status" className="font-semibold">
        {text.trim() === '' ? (
          <Trans>The newest first</Trans>
        ) : more ? (
          <Trans>The best {count} customers</Trans>
        ) : (
          t`${plural(count, { one: '# customer matches', other: '# customers match' })}`
        )}
      </span>
      {unreadable > 0 && (
        <span>{t`${plural(unreadable, { one: '# more is readable after the next contact with HQ', other: '# more are readable after the next contact with HQ' })}`}</span>
      )}
    </div>
  );
}

function Row({
  hit,
  index,
  chosen,
  onOpen,
}: {
  readonly hit: CustomerHit;
  readonly index: number;
  readonly chosen: boolean;
  readonly onOpen: (customerId: string) => void;
}) {
  const row = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (chosen) row.current?.scrollIntoView({ block: 'nearest' });
  }, [chosen]);
  return (
    <div
      ref={row}
      id={rowId(index)}
      role="option"
      tabIndex={-1}
      aria-selected={chosen}
      onMouseDown={(event) => {
        event.preventDefault();
        onOpen(hit.customerId);
      }}
      className={cx(
        'flex min-h-target-56 cursor-pointer items-center gap-3 border-b border-line-soft px-4',
        chosen && 'chosen',
      )}
    >
      <bdi className="min-w-0 flex-1 truncate font-semibold">{hit.name}</bdi>
      {hit.phoneMasked !== null && (
        <bdi dir="ltr" className="text-14 whitespace-nowrap text-muted tabular-nums">
          {hit.phoneMasked}
        </bdi>
      )}
      {chosen && <Kbd>Enter</Kbd>}
    </div>
  );
}

function NobodyFound({ text, onCreate }: { readonly text: string; readonly onCreate: () => void }) {
  const { t } = useLingui();
  const words = text.trim();
  return (
    <EmptyState
      icon={<UserRoundSearch size={28} strokeWidth={1.5} aria-hidden />}
      title={words === '' ? t`No customers yet` : t`Nobody matches “${words}”`}
      action={
        <Button keys="F3" size={56} tabIndex={-1} onClick={onCreate}>
          <Trans>New customer</Trans>
        </Button>
      }
    >
      {words !== '' && <Trans>Try fewer letters, or the end of the phone number.</Trans>}
    </EmptyState>
  );
}
