import { Trans, useLingui } from '@lingui/react/macro';
import { FileText, Image } from 'lucide-react';
import { useState } from 'react';
import { receiptFileFormats } from '#shared/sales/calls-receipt-files.ts';
import { Button } from '#shared/ui/button.tsx';
import { ChoiceList, ChoiceRow } from '#shared/ui/choice-list.tsx';
import { Dialog } from '#shared/ui/dialog.tsx';
import { useCommands } from '../keys/command-keys.tsx';
import { WordsNote } from '../sell/words-note.tsx';
import { type FileSource, useSaving } from './use-saving.ts';

/** Ctrl+S: the receipt as a PDF or a picture. Enter saves the chosen one; the dialog stays, for the other. */
export function ReceiptFileDialog({
  source,
  onLeave,
}: {
  readonly source: FileSource;
  readonly onLeave: () => void;
}) {
  const { t } = useLingui();
  const [chosen, setChosen] = useState(0);
  const { refused, saved, save } = useSaving(source);
  const words = {
    pdf: { name: t`PDF`, detail: t`one page, its text can be searched and copied` },
    png: { name: t`Picture`, detail: t`PNG, for a messenger` },
  };
  const icons = { pdf: FileText, png: Image };
  const choose = (index: number) => setChosen(index);
  const saveChosen = () => void save(receiptFileFormats[chosen] ?? 'pdf');
  useCommands({ back: onLeave }, true);
  return (
    <Dialog open title={t`Save the receipt`} onClose={onLeave}>
      <ChoiceList
        id="receipt-file"
        label={t`Kind of file`}
        count={receiptFileFormats.length}
        chosen={chosen}
        onChoose={choose}
        onEnter={saveChosen}
      >
        {receiptFileFormats.map((format, index) => {
          const Icon = icons[format];
          return (
            <ChoiceRow
              key={format}
              id="receipt-file"
              {...{ index, chosen: index === chosen, onChoose: choose }}
              className="flex min-h-16 items-center gap-4 px-4 py-2"
            >
              <Icon size={20} strokeWidth={1.75} aria-hidden />
              <span className="min-w-0">
                <b className="block font-semibold">{words[format].name}</b>
                <span className="block text-14 text-muted">{words[format].detail}</span>
              </span>
            </ChoiceRow>
          );
        })}
      </ChoiceList>
      <div className="grid gap-4 pt-4">
        {refused && <WordsNote {...refused} />}
        <p role="status" className="font-semibold empty:hidden">
          {saved !== null && <Trans>Saved as {saved}.</Trans>}
        </p>
        <Button kind="primary" size={56} keys="Enter" onClick={saveChosen}>
          <Trans>Save the receipt</Trans>
        </Button>
      </div>
    </Dialog>
  );
}
