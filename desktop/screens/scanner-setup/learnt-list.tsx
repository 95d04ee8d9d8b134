import { Trans, useLingui } from '@lingui/react/macro';
import type { ScannerProfile } from '#shared/auth/scanner-profile.ts';
import type { Unsure } from './learn.ts';
import { useProfileWords, useUnsureWords } from './words.ts';

/** How a scanner sends its codes, part by part, in the order in which they come. */
export function LearntList({
  profile,
  unsure = [],
}: {
  readonly profile: ScannerProfile;
  readonly unsure?: readonly Unsure[];
}) {
  const { t } = useLingui();
  const words = useProfileWords()(profile);
  const doubt = useUnsureWords();
  const parts = [
    { name: t`Keyboard`, value: words.layout },
    { name: t`Before the code`, value: words.prefix, code: profile.prefix !== '' },
    { name: t`Identifiers`, value: words.identifier },
    { name: t`Separator in the code`, value: words.separator, code: profile.separator === 'text' },
    { name: t`Behind the code`, value: words.suffix, code: profile.suffix !== '' },
    { name: t`Ends with`, value: words.end },
  ];
  return (
    <>
      <dl className="grid grid-cols-[auto_minmax(0,1fr)] gap-x-4 gap-y-2 text-14">
        {parts.map(({ name, value, code }) => (
          <div key={name} className="contents">
            <dt className="text-muted">{name}</dt>
            <dd className="font-semibold">{code ? <bdi className="font-mono">{value}</bdi> : value}</dd>
          </div>
        ))}
      </dl>
      {unsure.length > 0 && (
        <div className="mt-4 rounded-6 border border-warn-line bg-warn-soft px-3 py-2 text-14 text-warn">
          <p className="font-semibold">
            <Trans>Not certain, because a code was passed over</Trans>
          </p>
          <ul>
            {unsure.map((one) => (
              <li key={one}>{doubt(one)}</li>
            ))}
          </ul>
        </div>
      )}
    </>
  );
}
