import type { ReceiptDoc, ReceiptNode } from './receipt.ts';
import { receiptWords } from './receipt-words.ts';

/** What stands on every paper of a training, in the language of the paper. */
export type TrainingWords = { readonly training: string; readonly notAReceipt: string };

/** The words in a store's language; English where there are none in it. */
export function trainingWords(language: string): TrainingWords {
  const { training, notAReceipt } = receiptWords[language === 'fr' || language === 'ar' ? language : 'en'];
  return { training, notAReceipt };
}

/** Both in one line: `TRAINING – NOT A RECEIPT`. */
export const trainingLine = ({ training, notAReceipt }: TrainingWords): string =>
  `${training} – ${notAReceipt}`;

/**
 * Any paper of a receipt printer as it comes out in training: marked at its head, at each of its rules and at its foot, so
 * that no part torn off passes for a receipt; and without a pulse, because the drawer holds real money.
 */
export function trainingPaper({ direction, nodes }: ReceiptDoc, words: TrainingWords): ReceiptDoc {
  const kept = nodes.filter(({ kind }) => kind !== 'pulse');
  const cut = kept.at(-1)?.kind === 'cut';
  const body = (cut ? kept.slice(0, -1) : kept).flatMap((node) =>
    node.kind === 'rule' ? [node, small(words)] : [node],
  );
  return { direction, nodes: [...large(words), ...body, ...large(words), ...(cut ? [CUT] : [])] };
}

const CUT: ReceiptNode = { kind: 'cut' };

const large = ({ training, notAReceipt }: TrainingWords): readonly ReceiptNode[] =>
  [`*** ${training} ***`, notAReceipt].map((text) => ({
    ...{ kind: 'text', text, align: 'center', bold: true, size: 'double' },
  }));

const small = (words: TrainingWords): ReceiptNode => ({
  ...{ kind: 'text', text: trainingLine(words), align: 'center', bold: true },
});
