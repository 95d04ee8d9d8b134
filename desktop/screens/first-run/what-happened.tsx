import { Trans, useLingui } from '@lingui/react/macro';
import { Lock } from 'lucide-react';
import type { TillState } from '#shared/auth/calls.ts';
import { useFormat } from '#shared/ui/use-format.ts';
import { CardIcon } from './card-icon.tsx';

type LostState = Extract<TillState, { readonly phase: 'key-lost' }>;

/** Why this till does not open, that its work is still here, and whom to call for what. */
export function WhatHappened({ state }: { readonly state: LostState }) {
  const { t } = useLingui();
  const format = useFormat();
  const { why, lastWrittenAt, bytes, folder } = state;
  const [day, time] = [format.day(lastWrittenAt), format.time(lastWrittenAt)];
  const megabytes = format.count(Math.ceil(bytes / 1e6));
  const reasons = {
    gone: t`This computer kept the key, and does not have it any more: its keystore was reset, somebody else is signed in to it, or a file was taken away.`,
    other: t`The key on this computer does not open it: it is another till’s, or the file is damaged.`,
    begun: t`Opening it with the recovery key was begun and not finished. Do it again, with a new code.`,
  };
  return (
    <section className="flex flex-col gap-3 rounded-10 border border-line bg-surface p-6">
      <CardIcon>
        <Lock size={28} strokeWidth={1.5} aria-hidden />
      </CardIcon>
      <h2 className="mt-1 text-28 font-semibold tracking-tight">
        <Trans>What happened</Trans>
      </h2>
      <p>{reasons[why]}</p>
      <p>
        <Trans>
          The database is here: {megabytes} MB, last written on {day} at {time}. Nothing in it was changed,
          and nothing takes its place.
        </Trans>
      </p>
      <h3 className="mt-1 font-semibold">
        <Trans>What to do</Trans>
      </h3>
      <ol className="grid list-decimal gap-1.5 ps-6">
        {why === 'gone' && (
          <li>
            <Trans>
              If somebody else usually signs in to this computer: sign in as them and start Pestle again.
            </Trans>
          </li>
        )}
        <li>
          <Trans>Call HQ and ask for the file of sealed keys of this till.</Trans>
        </li>
        <li>
          <Trans>
            Have the recovery key of your organisation fetched from its safe: its file or its print.
          </Trans>
        </li>
        <li>
          <Trans>Ask HQ for a new code last: it is good for ten minutes.</Trans>
        </li>
      </ol>
      <p className="mt-auto rounded-6 bg-surface-2 p-3 text-14 text-muted">
        <Trans>
          For your support, the folder of this till:{' '}
          <bdi className="font-mono font-semibold break-all text-ink">{folder}</bdi>
        </Trans>
      </p>
    </section>
  );
}
