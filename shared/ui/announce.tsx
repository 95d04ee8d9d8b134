/**
 * Says something to screen readers when its words change, and shows nothing: totals, what was added, what was refused.
 * `urgent` interrupts, for stops. Keep it mounted with empty words; a region that appears with its text is not read.
 */
export function Announce({ words, urgent = false }: { readonly words: string; readonly urgent?: boolean }) {
  return (
    <div
      className="sr-only"
      role={urgent ? 'alert' : 'status'}
      aria-live={urgent ? 'assertive' : 'polite'}
      aria-atomic
    >
      {words}
    </div>
  );
}
