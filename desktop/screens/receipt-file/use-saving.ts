import { useLingui } from '@lingui/react/macro';
import { useRef, useState } from 'react';
import type { ReceiptDesign } from '#shared/auth/receipt-design.ts';
import type { ReceiptFileFormat } from '#shared/sales/calls-receipt-files.ts';
import { answerOf, repeatable } from '../refusal.ts';
import { useRefusalWords, type Words } from '../sell/refusal-words.tsx';
import { download } from '../sync-status/save-foot.tsx';
import { useTill } from '../till.ts';

/** The receipt of a sale or a return, or a sample in a design. */
export type FileSource = { readonly documentId: string } | { readonly design: ReceiptDesign };

/** Asks for the file and hands it to the browser; saved again in the same format, it is the same copy. */
export function useSaving(source: FileSource): {
  readonly refused: Words | null;
  /** The file's name. */
  readonly saved: string | null;
  readonly save: (format: ReceiptFileFormat) => Promise<void>;
} {
  const { t } = useLingui();
  const { client } = useTill();
  const words = useRefusalWords();
  const [refused, setRefused] = useState<Words | null>(null);
  const [saved, setSaved] = useState<string | null>(null);
  const commands = useRef(new Map<ReceiptFileFormat, string>());
  const commandFor = (format: ReceiptFileFormat): string => {
    const commandId = commands.current.get(format) ?? crypto.randomUUID();
    commands.current.set(format, commandId);
    return commandId;
  };
  const asked = (format: ReceiptFileFormat) =>
    'design' in source
      ? client.sales.receiptFiles.sample({ design: source.design, format })
      : client.sales.receiptFiles.save(
          { commandId: commandFor(format), documentId: source.documentId, format },
          { context: repeatable(20) },
        );
  return {
    ...{ refused, saved },
    async save(format) {
      const answer = await answerOf(asked(format));
      setSaved(answer.ok ? answer.value.fileName : null);
      if (answer.ok) {
        setRefused(null);
        return download(answer.value.fileName, answer.value.base64);
      }
      const { refusal } = answer;
      if (refusal.code === 'NO_PAPER_MAKER')
        setRefused({ title: t`This till cannot draw receipts`, next: t`The receipt itself is safe.` });
      else if (refusal.code === 'NOT_FOUND')
        setRefused({ title: t`This receipt is not known here`, next: t`Nothing was saved.` });
      else setRefused(words(refusal));
    },
  };
}
