import { Trans } from '@lingui/react/macro';
import { Chip } from '#shared/ui/chip.tsx';
import { StateMark } from '#shared/ui/freshness.tsx';
import { useSalesFeed } from './feed.ts';

/** Whether sales appear by themselves. */
export function LiveChip() {
  const link = useSalesFeed((feed) => feed.link);
  if (link === 'live') {
    return (
      <Chip small tone="ok" icon={<StateMark state="ok" />}>
        <Trans>Live</Trans>
      </Chip>
    );
  }
  return (
    <Chip small tone="warn" icon={<StateMark state="warn" />}>
      {link === 'lost' ? <Trans>Not live, trying again</Trans> : <Trans>Connecting</Trans>}
    </Chip>
  );
}
