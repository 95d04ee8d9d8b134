import { Button } from '#shared/ui/button.tsx';
import { May } from '../parts/may.tsx';

/**
 * What settles a row of the list to review. It stays focusable while HQ answers: a disabled button would lose the
 * keyboard's place.
 */
export function RowButton({
  verb,
  what,
  busy,
  onPress,
}: {
  readonly verb: string;
  /** The row, for who hears the button alone. */
  readonly what: string;
  readonly busy: boolean;
  readonly onPress: () => void;
}) {
  return (
    <May right="auth.devices.edit">
      {' '}
      <Button
        size={32}
        data-settles
        aria-label={`${verb}: ${what}`}
        aria-disabled={busy}
        onClick={() => {
          if (!busy) onPress();
        }}
      >
        {verb}
      </Button>
    </May>
  );
}
