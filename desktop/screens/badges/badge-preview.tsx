import { useLingui } from '@lingui/react/macro';
import { useEffect, useState } from 'react';
import { answerOf } from '../refusal.ts';
import { useTill } from '../till.ts';

/** The badge as it will be printed: black on white in both themes, its words for who cannot see it. */
export function BadgePreview({ personId, name }: { readonly personId: string; readonly name: string }) {
  const { t } = useLingui();
  const preview = usePreview(personId);
  if (preview === null) return null;
  return (
    <>
      <img
        src={preview.url}
        alt={t`Badge of ${name}`}
        aria-describedby="badge-text"
        className="max-h-80 w-full max-w-120 rounded-6 border border-line bg-on-dark object-contain"
      />
      <pre id="badge-text" className="sr-only">
        {preview.text}
      </pre>
    </>
  );
}

function usePreview(personId: string): { readonly url: string; readonly text: string } | null {
  const { client } = useTill();
  const [preview, setPreview] = useState<{ readonly url: string; readonly text: string } | null>(null);
  useEffect(() => {
    let url: string | null = null;
    let wanted = true;
    void answerOf(client.auth.badges.preview({ personId })).then((answer) => {
      if (!wanted || !answer.ok) return;
      // A blob of the SVG: as a picture it can load and run nothing.
      url = URL.createObjectURL(new Blob([answer.value.svg], { type: 'image/svg+xml' }));
      setPreview({ url, text: answer.value.text });
    });
    return () => {
      wanted = false;
      if (url !== null) URL.revokeObjectURL(url);
    };
  }, [client, personId]);
  return preview;
}
