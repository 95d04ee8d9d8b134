import { Trans, useLingui } from '@lingui/react/macro';
import { Cable, Usb } from 'lucide-react';
import { useEffect, useState } from 'react';
import type { ScannersView } from '#shared/auth/calls-scanners.ts';
import { Button } from '#shared/ui/button.tsx';
import { answerOf } from '../refusal.ts';
import { useTill } from '../till.ts';
import { useFaultWords } from './words.ts';

/** The scanners that the till reads itself, why it cannot where it cannot, and the serial lines one may hang on. */
export function ReadersList({ readers }: { readonly readers: ScannersView['readers'] }) {
  const { t } = useLingui();
  const { client } = useTill();
  const faultWords = useFaultWords();
  const ports = useSerialPorts();
  const used = readers.flatMap(({ kind, name }) => (kind === 'serial' ? [name] : []));
  const free = ports.filter(({ path }) => !used.includes(path));
  const read = (path: string, baud: number | null) =>
    void answerOf(client.auth.scanners.readSerial({ path, baud }));
  return (
    <section className="border-t border-line-soft px-4 py-3 text-14">
      <h2 className="mb-2 font-semibold">
        <Trans>By USB and serial line</Trans>
      </h2>
      {readers.length === 0 && (
        <p className="text-muted">
          <Trans>None is plugged in. A scanner that types needs no more than the three codes.</Trans>
        </p>
      )}
      <ul className="grid gap-2">
        {readers.map(({ readerId, kind, name, fault }) => (
          <li key={readerId} className="flex items-center gap-2">
            {kind === 'hid' ? <Usb size={20} aria-hidden /> : <Cable size={20} aria-hidden />}
            <span className="min-w-0 flex-1">
              <bdi className="font-semibold">{name || t`USB`}</bdi>
              <span className={fault ? 'block text-stop' : 'block text-ok'}>
                {fault ? faultWords(fault) : t`Ready`}
              </span>
            </span>
            {kind === 'serial' && (
              <Button size={32} onClick={() => read(name, null)}>
                <Trans>Stop reading</Trans>
              </Button>
            )}
          </li>
        ))}
        {free.map(({ path, name }) => (
          <li key={path} className="flex flex-wrap items-center gap-2">
            <Cable size={20} aria-hidden />
            <span className="min-w-0 flex-1 text-muted">
              <bdi>{path}</bdi> {name}
            </span>
            {[9600, 115_200].map((baud) => (
              <Button
                key={baud}
                size={32}
                aria-label={t`Read ${path} at ${baud} baud`}
                onClick={() => read(path, baud)}
              >
                {baud}
              </Button>
            ))}
          </li>
        ))}
      </ul>
    </section>
  );
}

/** Asked once, when the screen opens. */
function useSerialPorts(): readonly { readonly path: string; readonly name: string }[] {
  const { client } = useTill();
  const [ports, setPorts] = useState<readonly { readonly path: string; readonly name: string }[]>([]);
  useEffect(() => {
    void answerOf(client.auth.scanners.serialPorts()).then((answer) => answer.ok && setPorts(answer.value));
  }, [client]);
  return ports;
}
