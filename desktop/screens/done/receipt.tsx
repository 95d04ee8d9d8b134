import { Trans, useLingui } from '@lingui/react/macro';
import { useEffect, useState } from 'react';
import { answerOf } from '../refusal.ts';
import { useTill } from '../till.ts';

interface Preview {
  /** A blob of the SVG: as a picture it can load and run nothing. */
  readonly url: string;
  readonly text: string;
}

/** The receipt as the printer draws it: white in both themes. The text is its alternative for who cannot see it. */
export function Receipt({ saleId, receiptNo }: { readonly saleId: string; readonly receiptNo: string }) {
  const { t } = useLingui();
  const preview = usePreview(saleId);
  return (
    <section
      // biome-ignore lint/a11y/noNoninteractiveTabindex: a long receipt is scrolled by keyboard too
      tabIndex={0}
      className="relative min-h-0 overflow-auto border-s border-line bg-surface-2 px-5 pt-4"
      aria-label={t`Receipt`}
    >
      {preview === 'failed' ? (
        <p className="p-6 text-center text-14 text-muted">
          <Trans>No preview. The receipt itself is not touched by that.</Trans>
        </p>
      ) : (
        preview && (
          <>
            <img
              src={preview.url}
              alt={t`Receipt ${receiptNo}`}
              aria-describedby="receipt-text"
              className="mx-auto min-h-full max-w-full bg-on-dark object-contain object-top shadow-1"
            />
            <pre id="receipt-text" className="sr-only">
              {preview.text}
            </pre>
          </>
        )
      )}
    </section>
  );
}

function usePreview(saleId: string): Preview | 'failed' | null {
  const { client } = useTill();
  const [preview, setPreview] = useState<Preview | 'failed' | null>(null);
  useEffect(() => {
    let url: string | null = null;
    let wanted = true;
    void answerOf(client.sales.receiptPreview({ saleId })).then((answer) => {
      if (!wanted) return;
      if (!answer.ok) return setPreview('failed');
      url = URL.createObjectURL(new Blob([answer.value.svg], { type: 'image/svg+xml' }));
      setPreview({ url, text: answer.value.text });
    });
    return () => {
      wanted = false;
      if (url !== null) URL.revokeObjectURL(url);
    };
  }, [client, saleId]);
  return preview;
}
