import { Trans, useLingui } from '@lingui/react/macro';

/** What may be written in a template, by example. */
export function TemplateHelp() {
  const { t } = useLingui();
  const instructions = [
    [
      'label 50 x 30',
      t`how large it is, in millimetres; first of all. With rtl behind it, it begins at the right.`,
    ],
    ['text 2 3 "{name}" height 3 bold', t`a text, so far from the left and from the top`],
    ['… width 30 lines 2 align end', t`as wide, on so many lines, start, center or end`],
    [
      'code 2 19 "{code}" height 7',
      t`a code to scan: EAN-13 where it is one, else Code 128; also ean13, code128, qr`,
    ],
    ['rule 2 12 width 46', t`a line across`],
    ['# …', t`a remark`],
  ] as const;
  const fields = [
    ['{name}', t`the article`],
    ['{pack}', t`what is in the pack`],
    ['{price}', t`today’s price`],
    ['{unitPrice}', t`the price of one unit`],
    ['{code}', t`its code`],
    ['{batch}', t`the batch that goes first`],
    ['{expiry}', t`and its expiry`],
  ] as const;
  return (
    <section className="text-14">
      <h2 className="pb-2 font-semibold">
        <Trans>What may be written</Trans>
      </h2>
      <List rows={instructions} />
      <h2 className="pt-4 pb-2 font-semibold">
        <Trans>What a pack says</Trans>
      </h2>
      <List rows={fields} />
    </section>
  );
}

function List({ rows }: { readonly rows: readonly (readonly [string, string])[] }) {
  return (
    <dl className="grid gap-2">
      {rows.map(([said, means]) => (
        <div key={said}>
          <dt>
            <bdi dir="ltr" className="font-mono">
              {said}
            </bdi>
          </dt>
          <dd className="text-muted">{means}</dd>
        </div>
      ))}
    </dl>
  );
}
