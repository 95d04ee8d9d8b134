import { Trans } from '@lingui/react/macro';
import type { RefusedChange } from '#shared/auth/calls.ts';
import { useFormat } from '#shared/ui/use-format.ts';
import { useRefusedWords } from './refused-words.ts';
import { when } from './when.ts';

/** Refused once, and given up at HQ since: nobody has to do anything, but it is not forgotten. */
export function SettledList({
  settled,
  now,
}: {
  readonly settled: readonly RefusedChange[];
  readonly now: number;
}) {
  const format = useFormat();
  const words = useRefusedWords();
  return (
    <section className="border-t border-line-soft pt-3">
      <h2 className="pb-2 text-14 font-semibold">
        <Trans>Settled: given up at HQ</Trans>
      </h2>
      <ul className="grid gap-2 text-14">
        {settled.map((change) => (
          <li key={`${change.inc}/${change.dseq}`}>
            <b className="block font-semibold">
              <bdi>{[words(change).kind, change.subject].filter(Boolean).join(' ')}</bdi>
            </b>
            <span className="text-muted">
              {when(format, change.at, now)} · {words(change).why}
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}
