import { useLingui } from '@lingui/react/macro';
import { useSearch } from '@tanstack/react-router';
import { May } from '../parts/may.tsx';
import { Page } from '../shell/page.tsx';
import { ColumnsStep } from './columns-step.tsx';
import { FileStep } from './file-step.tsx';
import { JobList } from './job-list.tsx';
import { Steps } from './steps.tsx';

/** An import begins: first the files, then what their columns mean. What was uploaded stays in the address. */
export function ImportsPage() {
  const { t } = useLingui();
  const { upload, kind } = useSearch({ from: '/catalogue/import' });
  return (
    <Page title={t`Import`} parent={{ to: '/catalogue', label: t`Catalogue` }}>
      <Steps at={upload === undefined ? 1 : 2} />
      {upload === undefined ? (
        <>
          <May right="catalog.import">
            <FileStep />
          </May>
          <JobList />
        </>
      ) : (
        <ColumnsStep key={upload} uploadId={upload} kind={kind ?? 'catalogue'} />
      )}
    </Page>
  );
}
