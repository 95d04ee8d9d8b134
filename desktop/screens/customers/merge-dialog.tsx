import { Trans, useLingui } from '@lingui/react/macro';
import { useEffect, useRef, useState } from 'react';
import type { CustomerHit, CustomerView } from '#shared/sales/customer-views.ts';
import { Button } from '#shared/ui/button.tsx';
import { Dialog } from '#shared/ui/dialog.tsx';
import { Choice } from '../discount/choice.tsx';
import { useCommands } from '../keys/command-keys.tsx';
import { answerOf, repeatable } from '../refusal.ts';
import { useTill } from '../till.ts';

/** Who was entered twice: this customer becomes the one chosen, who keeps the name and gets what is owed. */
export function MergeDialog({
  customer,
  onMerged,
  onLeave,
}: {
  readonly customer: CustomerView;
  readonly onMerged: (intoId: string) => void;
  readonly onLeave: () => void;
}) {
  const { t } = useLingui();
  const { client } = useTill();
  const [hits, setHits] = useState<readonly CustomerHit[] | null>(null);
  const [chosen, setChosen] = useState(0);
  const [failed, setFailed] = useState(false);
  const go = useRef<HTMLButtonElement>(null);
  const { customerId, name } = customer;
  useCommands({ back: onLeave }, true);
  useEffect(() => {
    void answerOf(client.sales.customers.alike({ customerId })).then((answer) =>
      setHits(answer.ok ? answer.value.hits : []),
    );
  }, [client, customerId]);
  const into = hits?.[chosen];
  useEffect(() => {
    if (into) go.current?.focus();
  }, [into]);
  const merge = async () => {
    if (!into) return;
    const ids = { commandId: crypto.randomUUID(), customerId, intoId: into.customerId };
    const answer = await answerOf(client.sales.customers.merge(ids, { context: repeatable(20) }));
    if (answer.ok) onMerged(answer.value.customerId);
    else setFailed(true);
  };
  return (
    <Dialog open title={t`Entered twice?`} onClose={onLeave}>
      {hits?.length === 0 && (
        <p className="pb-4 text-muted">
          <Trans>Nobody here looks the same.</Trans>
        </p>
      )}
      {into && hits && (
        <div className="grid gap-4">
          <p>
            <Trans>
              <bdi>{name}</bdi> is found no more; what they owe is owed by:
            </Trans>
          </p>
          <Choice
            label={t`Stays`}
            options={hits.map((hit) => `${hit.name} ${hit.phoneMasked ?? ''}`)}
            chosen={chosen}
            onChoose={setChosen}
          />
          {failed && (
            <p role="alert" className="text-stop">
              <Trans>They were not made one. Try again.</Trans>
            </p>
          )}
          <Button ref={go} kind="primary" size={56} keys="Enter" onClick={() => void merge()}>
            <Trans>Make them one</Trans>
          </Button>
        </div>
      )}
    </Dialog>
  );
}
