import { useLingui } from '@lingui/react/macro';
import { useEffect, useState } from 'react';
import { PaperPicture } from '#shared/ui/paper-picture.tsx';
import { labelPicture } from '../labels/label-preview.tsx';
import { answerOf } from '../refusal.ts';
import { useTill } from '../till.ts';

/** The badge as it will be printed. */
export function BadgePreview({ personId, name }: { readonly personId: string; readonly name: string }) {
  const { t } = useLingui();
  const { client } = useTill();
  const [preview, setPreview] = useState<{ readonly svg: string; readonly text: string } | null>(null);
  useEffect(() => {
    let wanted = true;
    void answerOf(client.auth.badges.preview({ personId })).then((answer) => {
      if (wanted && answer.ok) setPreview(answer.value);
    });
    return () => {
      wanted = false;
    };
  }, [client, personId]);
  return preview && <PaperPicture {...preview} alt={t`Badge of ${name}`} className={labelPicture} />;
}
