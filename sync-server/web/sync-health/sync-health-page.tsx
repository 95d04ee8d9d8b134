import { useLingui } from '@lingui/react/macro';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { hqQuery } from '../hq.ts';
import { Remote, SkeletonRows } from '../parts/remote.tsx';
import { Page } from '../shell/page.tsx';
import { FlagList } from './flag-list.tsx';
import { HqBox } from './hq-box.tsx';
import { ImportOutage } from './import-outage.tsx';
import { QuarantineDetail } from './quarantine-detail.tsx';
import { QuarantineList } from './quarantine-list.tsx';
import { SlowTills } from './slow-tills.tsx';
import { TakenChart } from './taken-chart.tsx';

/** How the chain's data stand: tills that are behind, what was refused, what wants a look. */
export function SyncHealthPage() {
  const { t } = useLingui();
  const figures = useQuery(hqQuery.auth.syncHealth.queryOptions({ refetchInterval: 15_000 }));
  const [picked, setPicked] = useState<string | null>(null);
  return (
    <Page title={t`Sync health`} fresh banner actions={<ImportOutage />}>
      <Remote query={figures} skeleton={<SkeletonRows rows={12} />}>
        {(data) => (
          <>
            <div className="grid flex-none grid-cols-[minmax(0,1fr)_372px] items-stretch gap-3">
              <SlowTills />
              <HqBox figures={data} />
            </div>
            <div className="grid flex-none grid-cols-[minmax(0,1.25fr)_minmax(380px,1fr)] items-start gap-3">
              <div className="grid min-w-0 gap-3">
                <QuarantineList counts={data.quarantine} picked={picked} onPick={setPicked} />
                <FlagList count={data.toReview} />
                <TakenChart />
              </div>
              <QuarantineDetail id={picked} />
            </div>
          </>
        )}
      </Remote>
    </Page>
  );
}
