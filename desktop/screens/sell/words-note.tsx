import type { Words } from './refusal-words.tsx';

/** Why the last thing was not done, and what to do about it. */
export function WordsNote({ title, next }: Words) {
  return (
    <div role="alert" className="rounded-10 border border-stop bg-stop-soft px-4 py-3 text-14">
      <p className="font-semibold text-stop">{title}</p>
      <p>{next}</p>
    </div>
  );
}
