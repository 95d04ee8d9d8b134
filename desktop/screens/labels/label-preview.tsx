import { useLingui } from '@lingui/react/macro';
import { useEffect, useState } from 'react';
import { PaperPicture } from '#shared/ui/paper-picture.tsx';
import { answerOf } from '../refusal.ts';
import { WordsNote } from '../sell/words-note.tsx';
import { useTill } from '../till.ts';
import { type LabelRefusal, useLabelWords } from './words.ts';

type Preview =
  | { readonly ok: true; readonly value: { readonly svg: string; readonly text: string } }
  | { readonly ok: false; readonly refusal: LabelRefusal };

interface Shown {
  /** Left out for a sample. */
  readonly packId?: string;
  /** Left out for the one that is saved. */
  readonly template?: string;
}

/** How the picture of a label lies in a pane. */
export const labelPicture = 'max-h-80 w-full max-w-120 rounded-6 border border-line object-contain';

/** The label of one pack as it will be printed. */
export function LabelPreview({ packId, template }: Shown) {
  const { t } = useLingui();
  const words = useLabelWords();
  const preview = useLabelPreview(packId, template);
  if (preview === null) return null;
  if (!preview.ok) return <WordsNote {...words(preview.refusal)} />;
  return <PaperPicture {...preview.value} alt={t`Shelf label`} className={labelPicture} />;
}

function useLabelPreview(packId: string | undefined, template: string | undefined): Preview | null {
  const { client } = useTill();
  const [preview, setPreview] = useState<Preview | null>(null);
  useEffect(() => {
    let wanted = true;
    const input = { ...(packId !== undefined && { packId }), ...(template !== undefined && { template }) };
    void answerOf(client.catalog.labels.preview(input)).then((answer) => {
      if (wanted) setPreview(answer);
    });
    return () => {
      wanted = false;
    };
  }, [client, packId, template]);
  return preview;
}
