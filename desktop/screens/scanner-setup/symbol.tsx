import type { TestCode } from './test-codes.ts';

/** A symbol, black on white in both themes, with the quiet zone that scanners need around it. */
export function TestSymbol({ code: { rows }, label }: { readonly code: TestCode; readonly label: string }) {
  const across = rows[0]?.length ?? 0;
  const isMatrix = rows.length > 1;
  const high = isMatrix ? rows.length : across / 4;
  const quiet = isMatrix ? 2 : 11;
  const runs = rows.flatMap((row, y) =>
    [...row.matchAll(/1+/g)].map(({ 0: run, index: x }) => ({ x, y, width: run.length })),
  );
  return (
    <svg
      role="img"
      aria-label={label}
      viewBox={`${-quiet} ${-quiet} ${across + 2 * quiet} ${high + 2 * quiet}`}
      shapeRendering="crispEdges"
      className={
        isMatrix
          ? 'w-[min(240px,40vh)] rounded-6 bg-[#fff]'
          : 'max-h-[40vh] w-full max-w-[732px] rounded-6 bg-[#fff]'
      }
    >
      {runs.map(({ x, y, width }) => (
        <rect key={`${x} ${y}`} {...{ x, y, width }} height={isMatrix ? 1 : high} fill="#000" />
      ))}
    </svg>
  );
}
