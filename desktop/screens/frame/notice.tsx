import type { ComponentProps, ReactNode } from 'react';
import { Frame } from './frame.tsx';

/** One thing to know before anybody goes on, in the middle of the screen. */
export function Notice({
  moment,
  children,
}: Pick<ComponentProps<typeof Frame>, 'moment'> & { readonly children: ReactNode }) {
  return (
    <Frame moment={moment}>
      <main className="grid min-h-0 place-content-center overflow-auto p-8">
        <section className="grid w-[560px] max-w-full gap-4 rounded-10 border border-line bg-surface p-6">
          {children}
        </section>
      </main>
    </Frame>
  );
}
