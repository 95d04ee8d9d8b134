import { useEffect, useId, useState } from 'react';
import { cx } from './cx.ts';

/** A paper as it will be printed: black on white in both themes, its words for who cannot see it. */
export function PaperPicture({
  svg,
  text,
  alt,
  className,
}: {
  readonly svg: string;
  readonly text: string;
  readonly alt: string;
  readonly className: string;
}) {
  const textId = useId();
  const url = useBlob(svg);
  if (url === null) return null;
  return (
    <>
      <img src={url} alt={alt} aria-describedby={textId} className={cx('bg-on-dark', className)} />
      <pre id={textId} className="sr-only">
        {text}
      </pre>
    </>
  );
}

/** The address of an SVG as a blob: as a picture it can load and run nothing. */
function useBlob(svg: string): string | null {
  const [url, setUrl] = useState<string | null>(null);
  useEffect(() => {
    const made = URL.createObjectURL(new Blob([svg], { type: 'image/svg+xml' }));
    setUrl(made);
    return () => URL.revokeObjectURL(made);
  }, [svg]);
  return url;
}
