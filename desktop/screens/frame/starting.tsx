import { Trans } from '@lingui/react/macro';
import { PestleMark } from '#shared/ui/icons.tsx';
import { LostNote } from './lost-note.tsx';

/** Before the till has said how it stands: some milliseconds, or as long as it takes to start. */
export function Starting() {
  return (
    <main className="grid h-full place-content-center justify-items-center gap-4">
      <PestleMark size={52} />
      <h1 className="text-16 font-semibold text-muted">
        <Trans>The till is starting</Trans>
      </h1>
      <LostNote />
    </main>
  );
}
