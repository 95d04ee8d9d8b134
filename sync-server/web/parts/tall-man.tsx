/** A name with its tall-man letters raised (predniSOLONE). Without any it is the brand as it stands. */
export function TallMan({ brand, tallMan }: { readonly brand: string; readonly tallMan: string }) {
  if (tallMan === '') return <bdi>{brand}</bdi>;
  const parts = tallMan.split(/(\p{Lu}{2,})/u);
  return (
    <bdi>
      {parts.map((part, place) =>
        // biome-ignore lint/suspicious/noArrayIndexKey: the parts of one name never move
        place % 2 === 1 ? (
          <b key={place} className="font-bold text-stop">
            {part}
          </b>
        ) : (
          part
        ),
      )}
    </bdi>
  );
}
