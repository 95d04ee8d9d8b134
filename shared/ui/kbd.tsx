import { cx } from './cx.ts';

/** One key cap: `<Kbd>F9</Kbd>`. On a filled button (`onFill`) it takes the button's colour. */
export function Kbd({
  children,
  onFill = false,
  large = false,
}: {
  readonly children: string;
  readonly onFill?: boolean;
  readonly large?: boolean;
}) {
  return (
    <kbd
      className={cx(
        'inline-flex flex-none items-center justify-center whitespace-nowrap rounded-[5px] border border-b-2 font-sans font-semibold leading-none',
        large ? 'h-[26px] min-w-[26px] px-2 text-14' : 'h-5 min-w-[22px] px-[5px] text-12',
        onFill ? 'border-current bg-transparent' : 'border-line bg-surface text-ink',
      )}
    >
      {children}
    </kbd>
  );
}

/** The keys of one chord, `keys="Shift+F4"`: a cap each, in the keyboard's order in either direction of writing. A plus
    is its own key when nothing stands before it: `keys="+"`, `keys="Ctrl++"`. */
export function Keys({
  keys,
  onFill = false,
  large = false,
}: {
  readonly keys: string;
  readonly onFill?: boolean;
  readonly large?: boolean;
}) {
  return (
    <bdi dir="ltr" className="inline-flex flex-none items-center gap-1">
      {keys.split(/(?<=[^+])\+/).map((key) => (
        <Kbd key={key} onFill={onFill} large={large}>
          {key}
        </Kbd>
      ))}
    </bdi>
  );
}
