import { WordsNote } from '../sell/words-note.tsx';
import { type CustomerRefusal, useCustomerWords } from './words.ts';

/** Why the last thing done about a customer was not done. */
export function RefusedNote({ refusal }: { readonly refusal: CustomerRefusal | null }) {
  const words = useCustomerWords();
  return refusal && <WordsNote {...words(refusal)} />;
}
