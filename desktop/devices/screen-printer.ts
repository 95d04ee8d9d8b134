import type { PrintedDoc } from './escpos/interpreter/document.ts';
import { interpret } from './escpos/interpreter/interpret.ts';
import { toSvg } from './escpos/interpreter/svg.ts';
import type { NotReady, Printer } from './printer.ts';

/** What came out of the printer on the screen, newest last. `number` counts from 1 and never goes back. */
export type ScreenPrint = {
  readonly number: number;
  readonly bytes: Uint8Array;
  readonly doc: PrintedDoc;
  readonly svg: string;
};

export type ScreenPrinter = Printer & {
  readonly prints: () => readonly ScreenPrint[];
  /** Called after each print; gives back what stops it. */
  readonly onPrint: (listener: (print: ScreenPrint) => void) => () => void;
  /** Lets the paper run out, opens the cover, pulls the plug; `undefined` makes it well again. */
  readonly setTrouble: (trouble: NotReady | undefined) => void;
};

export type ScreenPrinterOptions = { readonly dots: number; readonly keep: number };

/** The printer of the demo: reads the very bytes that would go to a real one, and keeps the last few pictures. */
export function createScreenPrinter({ dots, keep }: ScreenPrinterOptions): ScreenPrinter {
  const listeners = new Set<(print: ScreenPrint) => void>();
  let prints: readonly ScreenPrint[] = [];
  let printed = 0;
  let trouble: NotReady | undefined;
  return {
    async print(bytes) {
      if (trouble) return trouble;
      const number = ++printed;
      const doc = interpret(bytes);
      const print = { number, bytes: bytes.slice(), doc, svg: await toSvg(doc, dots) };
      prints = [...prints, print].slice(-keep);
      for (const listener of listeners) listener(print);
      return { code: 'printed', confirmed: true };
    },
    status: async () => trouble ?? { code: 'ready', answers: true, paperLow: false },
    prints: () => prints,
    onPrint(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    setTrouble(next) {
      trouble = next;
    },
  };
}
