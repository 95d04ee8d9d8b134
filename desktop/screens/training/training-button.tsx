import { Trans } from '@lingui/react/macro';
import { Button } from '#shared/ui/button.tsx';
import { setDesk } from '../desk.ts';
import { useTraining } from './use-training.ts';

/** Into training, or out of it. */
export function TrainingButton() {
  const { on, end } = useTraining();
  if (on)
    return (
      <Button onClick={() => void end()}>
        <Trans>End training</Trans>
      </Button>
    );
  return (
    <Button onClick={() => setDesk({ overlay: 'training' })}>
      <Trans>Begin training</Trans>
    </Button>
  );
}
