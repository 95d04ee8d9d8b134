import { Trans, useLingui } from '@lingui/react/macro';
import { useEffect, useState } from 'react';
import type { NextVersion } from '#shared/auth/update-policy.ts';
import { answerOf } from '../refusal.ts';
import { useTill } from '../till.ts';

type Versions = { readonly installed: string; readonly next: NextVersion | null };

/** Which Pestle runs here; and where a newer one waits, for what. */
export function VersionRow() {
  const { client } = useTill();
  const sentence = useSentence();
  const [versions, setVersions] = useState<Versions | null>(null);
  useEffect(() => {
    void answerOf(client.auth.versions()).then((answer) => answer.ok && setVersions(answer.value));
  }, [client]);
  return (
    <div className="flex min-h-14 flex-wrap items-center justify-between gap-x-3 border-b border-line-soft py-2">
      <span>
        <Trans>Version of Pestle</Trans>
      </span>
      <bdi className="num">{versions?.installed}</bdi>
      {versions?.next && <p className="w-full text-14 text-muted">{sentence(versions.next)}</p>}
    </div>
  );
}

function useSentence(): (next: NextVersion) => string {
  const { t } = useLingui();
  return (next) => {
    const version = `\u2068${next.version}\u2069`; // isolated: a hyphen in it would turn it round in Arabic
    return next.waitsFor === null
      ? t`Version ${version} is ready. It is installed in a few minutes, and Pestle starts anew.`
      : {
          SALE_OPEN: t`Version ${version} is ready. It is installed once the sale is finished.`,
          CARD_OPEN: t`Version ${version} is ready. It is installed once the card terminal has answered.`,
          SHIFT_OPEN: t`Version ${version} is ready. It is installed once the shift is closed.`,
          UPKEEP: t`Version ${version} is ready. It is installed once the backup or the training is over.`,
          NO_ROOM_FOR_COPY: t`Version ${version} is ready, but the disk of this computer is too full for it.`,
          TRIED_TODAY: t`Version ${version} could not be installed and is tried again tomorrow. An administrator may have to be there.`,
        }[next.waitsFor];
  };
}
