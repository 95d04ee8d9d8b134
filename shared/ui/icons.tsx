/** The mark of Pestle: mortar and pestle on the brand's ground. All other icons come from lucide-react. */
export function PestleMark({ size = 26 }: { readonly size?: number }) {
  return (
    <svg viewBox="0 0 26 26" width={size} height={size} aria-hidden="true" className="flex-none">
      <rect width="26" height="26" rx="6" fill="var(--brand)" />
      <g fill="none" stroke="var(--on-brand)" strokeWidth="2" strokeLinecap="round" strokeLinejoin="round">
        <path d="M5.5 12h15c0 5-2.8 8-7.5 8s-7.5-3-7.5-8ZM9.5 20.5h7" />
        <path d="m13.5 11.5 5-6.5" />
      </g>
    </svg>
  );
}

/** Recipe: prescription only. Lucide's own is a pill, which says medicine and not prescription. */
export function RxIcon({ size = 16 }: { readonly size?: number }) {
  return (
    <svg
      viewBox="0 0 24 24"
      width={size}
      height={size}
      aria-hidden="true"
      className="flex-none"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.75"
      strokeLinecap="round"
      strokeLinejoin="round"
    >
      <path d="M6.5 20v-16h5a4.2 4.2 0 0 1 0 8.500h-5M11 12.500l7 8M18 14.500l-6.5 6" />
    </svg>
  );
}
