import { CircleAlert } from 'lucide-react';
import { Kbd } from '#shared/ui/kbd.tsx';
import { useDesk } from '../desk.ts';
import { useRefusalWords } from './refusal-words.tsx';

/** Why nothing was added, above what was found. Hard stops lie over the screen instead. */
export function RefusalNote() {
  const refused = useDesk((desk) => desk.refused);
  const words = useRefusalWords();
  // The region is there before its words: one that appears with them is not read.
  const shown = refused && refused.refusal.code !== 'BATCH_STOPPED' ? words(refused.refusal) : null;
  return (
    <div role="alert" className="flex-none">
      {shown && (
        <p className="flex items-start gap-3 border-b border-stop-line bg-stop-soft px-4 py-3">
          <CircleAlert size={20} aria-hidden className="mt-0.5 flex-none text-stop" />
          <span className="min-w-0 flex-1">
            <b className="block font-semibold break-words">{shown.title}</b>
            <span className="block text-14 text-muted">{shown.next}</span>
          </span>
          <Kbd>Esc</Kbd>
        </p>
      )}
    </div>
  );
}
