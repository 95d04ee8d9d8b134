import { useLingui } from '@lingui/react/macro';
import { useState } from 'react';
import type { CartView } from '#shared/sales/calls-cart.ts';
import { Choice } from '../discount/choice.tsx';
import { useCurrentLine } from '../sell/use-sale-commands.ts';
import { useTill } from '../till.ts';
import { OneFieldDialog } from './one-field-dialog.tsx';

/** What is said of a line or of the whole sale; kept with it, and not printed. */
export function NoteDialog({ cart }: { readonly cart: CartView }) {
  const { t } = useLingui();
  const { hands } = useTill();
  const line = useCurrentLine(cart);
  const [onLine, setOnLine] = useState(line !== null);
  const about = onLine ? line : null;
  const give = async (text: string) => {
    const answer = await hands.setNote(about?.lineId ?? null, text);
    return answer.ok ? null : t`The note was not kept. Try again.`;
  };
  return (
    <OneFieldDialog
      key={String(onLine)}
      title={t`Note`}
      label={t`Note`}
      hint={t`Kept with the sale, not printed. Nothing typed takes it away.`}
      accept={t`Keep the note`}
      initial={(about ? about.note : cart.note) ?? ''}
      maxLength={200}
      onGive={give}
    >
      {line && (
        <Choice
          label={t`About`}
          options={[line.name, t`the whole sale`]}
          chosen={onLine ? 0 : 1}
          onChoose={(which) => setOnLine(which === 0)}
        />
      )}
    </OneFieldDialog>
  );
}
