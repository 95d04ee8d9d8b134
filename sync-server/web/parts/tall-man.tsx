import { Fragment } from 'react';

/** A name with its tall-man letters raised (predniSOLONE). Without any it is the brand as it stands. */
export function TallMan({ brand, tallMan }: { readonly brand: string; readonly tallMan: string }) {
  if (tallMan === '') return <bdi>{brand}</bdi>;
  return (
    <bdi>
      {partsOf(tallMan).map(({ at, text, raised }) =>
        raised ? (
          <b key={at} className="font-bold text-stop">
            {text}
          </b>
        ) : (
          <Fragment key={at}>{text}</Fragment>
        ),
      )}
    </bdi>
  );
}

/** The runs of a name: two capitals or more inside a word in small letters are raised. */
function partsOf(
  name: string,
): readonly { readonly at: number; readonly text: string; readonly raised: boolean }[] {
  return [...name.matchAll(/\p{Lu}{2,}|(?:(?!\p{Lu}{2}).)+/gsu)].map((match) => ({
    at: match.index,
    text: match[0],
    raised: /^\p{Lu}{2,}$/u.test(match[0]),
  }));
}
