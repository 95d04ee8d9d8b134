import { useLingui } from '@lingui/react/macro';
import { useEffect, useState } from 'react';
import { answerOf } from '../refusal.ts';
import { WordsNote } from '../sell/words-note.tsx';
import { useTill } from '../till.ts';
import { type LabelRefusal, useLabelWords } from './words.ts';

type Preview =
  | { readonly ok: true; readonly url: string; readonly text: string }
  | { readonly ok: false; readonly refusal: LabelRefusal };

interface Shown {
  /** Left out for a sample. */
  readonly packId?: string;
  /** Left out for the one that is saved. */
  readonly template?: string;
}

/** The label of one pack as it will be printed: black on white in both themes, its words for who cannot see it. */
export function LabelPreview({ packId, template }: Shown) {
  const { t } = useLingui();
  const words = useLabelWords();
  const preview = useLabelPreview(packId, template);
  if (preview === null) return null;
  if (!preview.ok) return <WordsNote {...words(preview.refusal)} />;
  return (
    <>
      <img
        src={preview.url}
        alt={t`Shelf label`}
        aria-describedby="label-text"
        className="max-h-80 w-full max-w-120 rounded-6 border border-line bg-on-dark object-contain"
      />
      <pre id="label-text" className="sr-only">
        {preview.text}
      </pre>
    </>
  );
}

function useLabelPreview(packId: string | undefined, template: string | undefined): Preview | null {
  const { client } = useTill();
  const [preview, setPreview] = useState<Preview | null>(null);
  useEffect(() => {
    let url: string | null = null;
    let wanted = true;
    const input = { ...(packId !== undefined && { packId }), ...(template !== undefined && { template }) };
    void answerOf(client.catalog.labels.preview(input)).then((answer) => {
      if (!wanted) return;
      if (!answer.ok) return setPreview(answer);
      // A blob of the SVG: as a picture it can load and run nothing.
      url = URL.createObjectURL(new Blob([answer.value.svg], { type: 'image/svg+xml' }));
      setPreview({ ok: true, url, text: answer.value.text });
    });
    return () => {
      wanted = false;
      if (url !== null) URL.revokeObjectURL(url);
    };
  }, [client, packId, template]);
  return preview;
}
