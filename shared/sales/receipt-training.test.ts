import { expect, test } from 'vitest';
import type { ReceiptDoc } from './receipt.ts';
import { receiptText } from './receipt-layout.ts';
import { trainingLine, trainingPaper, trainingWords } from './receipt-training.ts';

const doc: ReceiptDoc = {
  direction: 'ltr',
  nodes: [
    { kind: 'pulse', drawer: 1 },
    { kind: 'text', text: 'Pharmacie du Pont' },
    { kind: 'rule' },
    { kind: 'text', text: 'Dolorane' },
    { kind: 'rule' },
    { kind: 'text', text: 'TOTAL' },
    { kind: 'cut' },
  ],
};

test('a paper of a training is marked at its head, at each rule and at its foot, and still ends with its cut', () => {
  const marked = trainingPaper(doc, trainingWords('en'));
  const lines = receiptText(marked, 48)
    .split('\n')
    .map((line) => line.trim());
  expect(lines.filter((line) => line !== '')).toEqual([
    ...['*** TRAINING ***', 'NOT A RECEIPT'],
    'Pharmacie du Pont',
    ...['-'.repeat(48), 'TRAINING – NOT A RECEIPT'],
    'Dolorane',
    ...['-'.repeat(48), 'TRAINING – NOT A RECEIPT'],
    'TOTAL',
    ...['*** TRAINING ***', 'NOT A RECEIPT'],
  ]);
  expect(marked.nodes.at(-1)).toEqual({ kind: 'cut' });
});

test('it opens no drawer', () => {
  expect(trainingPaper(doc, trainingWords('en')).nodes.some(({ kind }) => kind === 'pulse')).toBe(false);
  const pulseAlone: ReceiptDoc = { direction: 'ltr', nodes: [{ kind: 'pulse', drawer: 2 }] };
  expect(receiptText(trainingPaper(pulseAlone, trainingWords('en')), 32)).toContain('NOT A RECEIPT');
});

test.each([
  ['en', 'TRAINING – NOT A RECEIPT'],
  ['fr', 'FORMATION – CECI N’EST PAS UN TICKET'],
  ['ar', 'تدريب – ليس إيصالاً'],
  ['xx', 'TRAINING – NOT A RECEIPT'],
])('in %s it says %s', (language, said) => {
  expect(trainingLine(trainingWords(language))).toBe(said);
});
