import { useLingui } from '@lingui/react/macro';
import { useRef, useState } from 'react';
import type { InPlace, PersonTile } from '#shared/auth/calls.ts';
import type { Comparison, ShiftCount, ShiftView, ZReport } from '#shared/sales/calls-shift.ts';
import { Frame } from '../frame/frame.tsx';
import { useCommands } from '../keys/command-keys.tsx';
import { answerOf, repeatable } from '../refusal.ts';
import { AuthorityDialog } from '../sign-in/authority-dialog.tsx';
import { authorityProblem } from '../sign-in/authority-problem.ts';
import { useTill } from '../till.ts';
import { ClosedStep } from './closed-step.tsx';
import { type Closing, CompareStep } from './compare-step.tsx';
import { nothingTyped, type TypedCount } from './count.ts';
import { CountStep } from './count-step.tsx';
import { UnapprovedDialog } from './unapproved-dialog.tsx';
import type { ShiftRefusal } from './words.ts';

type Closed = ZReport & { readonly printJobId: string };
interface Asked extends Closing {
  readonly commandId: string;
}

/** Count, compare, Z-report. The shift is open until its Z is on disk, whatever is done in between. */
export function CloseFlow({
  view: { open, today },
  people,
  onLeave,
  onDone,
}: {
  readonly view: ShiftView;
  readonly people: readonly PersonTile[];
  readonly onLeave: () => void;
  readonly onDone: () => void;
}) {
  const { t } = useLingui();
  const [typed, setTyped] = useState<TypedCount>(nothingTyped);
  const flow = useClosing(open?.shiftId ?? '');
  const { compared, closed, asked, alone } = flow;
  const back = compared && !closed ? flow.recount : onLeave;
  useCommands({ back: closed ? onDone : back });
  const moment = closed
    ? [{ keys: 'Enter', label: t`done` }]
    : [
        { keys: '↑+↓', label: t`next field` },
        { keys: 'Enter', label: compared ? t`close` : t`confirm` },
        { keys: 'Ctrl+D', label: t`drawer` },
        { keys: 'Esc', label: compared ? t`count again` : t`later` },
      ];
  return (
    <Frame current="shift" moment={moment}>
      {closed && <ClosedStep report={closed} onDone={onDone} />}
      {!closed && open && (
        <main className="grid min-h-0">
          {compared ? (
            <CompareStep
              {...{ open, today, compared }}
              refusal={flow.refusal}
              onClose={flow.close}
              onBack={flow.recount}
            />
          ) : (
            <CountStep
              {...{ open, today, typed }}
              refusal={flow.refusal}
              onType={setTyped}
              onCount={flow.compare}
              onBack={onLeave}
            />
          )}
        </main>
      )}
      {!closed && asked && !alone && (
        <AuthorityDialog
          title={t`Somebody must agree to this close`}
          right={compared?.needsRight ?? 'sales.shift.others'}
          people={people}
          onPin={flow.agree}
          onLeave={flow.nobody}
        />
      )}
      {!closed && asked && alone && <UnapprovedDialog onClose={flow.closeAlone} onLeave={flow.giveUp} />}
    </Frame>
  );
}

/** Asks the till; one command id for one set of what was typed. */
function useClosing(shiftId: string) {
  const { client } = useTill();
  const busy = useRef(false);
  const [count, setCount] = useState<ShiftCount | null>(null);
  const [compared, setCompared] = useState<Comparison | null>(null);
  const [closed, setClosed] = useState<Closed | null>(null);
  const [asked, setAsked] = useState<Asked | null>(null);
  const [alone, setAlone] = useState(false);
  const [refusal, setRefusal] = useState<ShiftRefusal | null>(null);
  const context = { context: repeatable(5) };

  async function send(what: Asked, how: { inPlace?: InPlace; unapproved?: boolean } = {}) {
    if (busy.current || !count) return null;
    busy.current = true;
    const answer = await answerOf(client.sales.shift.close({ ...what, shiftId, count, ...how }, context));
    busy.current = false;
    if (answer.ok) setClosed(answer.value);
    return answer.ok ? null : answer.refusal;
  }
  const giveUp = () => {
    setAsked(null);
    setAlone(false);
  };
  return {
    ...{ compared, closed, asked, alone, refusal, giveUp },
    async compare(given: ShiftCount) {
      if (busy.current) return;
      busy.current = true;
      const command = { commandId: crypto.randomUUID(), shiftId, count: given };
      const answer = await answerOf(client.sales.shift.compare(command, context));
      busy.current = false;
      setRefusal(answer.ok ? null : answer.refusal);
      setCount(given);
      if (answer.ok) setCompared(answer.value);
    },
    recount() {
      giveUp();
      setCompared(null);
      setRefusal(null);
    },
    async close(closing: Closing) {
      const what = { ...closing, commandId: crypto.randomUUID() };
      const refused = await send(what);
      setRefusal(refused?.code === 'MISSING_RIGHT' ? null : refused);
      if (refused?.code === 'MISSING_RIGHT') setAsked(what);
    },
    agree: async (inPlace: InPlace) => (asked ? authorityProblem(await send(asked, { inPlace })) : null),
    /** Nobody is there to agree. */
    nobody: () => setAlone(true),
    async closeAlone(reason: string) {
      if (!asked) return;
      setRefusal(await send({ ...asked, commandId: crypto.randomUUID(), reason }, { unapproved: true }));
      giveUp();
    },
  };
}
