import { useEffect } from 'react';
import type { TillState } from '#shared/auth/calls.ts';
import { AuditTask } from './audit/audit-task.tsx';
import { BadgesTask } from './badges/badges-task.tsx';
import { BatchTask } from './batch/batch-task.tsx';
import { CustomersTask } from './customers/customers-task.tsx';
import { setDesk, useDesk } from './desk.ts';
import { DevicesTask } from './devices/devices-task.tsx';
import { DiscountDialog } from './discount/discount-dialog.tsx';
import { DoneTask } from './done/done-task.tsx';
import { ElsewhereDialog } from './elsewhere/elsewhere-dialog.tsx';
import { HoldDialog } from './held/hold-dialog.tsx';
import { RecallDialog } from './held/recall-dialog.tsx';
import { Help } from './help/help.tsx';
import { LabelTemplateTask } from './labels/label-template-task.tsx';
import { LabelsTask } from './labels/labels-task.tsx';
import { useLive } from './live.ts';
import { OversellTask } from './oversell/oversell-task.tsx';
import { Palette } from './palette/palette.tsx';
import { PayTask } from './pay/pay-task.tsx';
import { PriceCheckTask } from './price-check/price-check-task.tsx';
import { ReceiptDesignTask } from './receipt-design/receipt-design-task.tsx';
import { ReportsTask } from './reports/reports-task.tsx';
import { ReturnsTask } from './returns/returns-task.tsx';
import { ScannerSetupTask } from './scanner-setup/scanner-setup-task.tsx';
import { SecondRefundsTask } from './second-refunds/second-refunds-task.tsx';
import { ClearDialog } from './sell/clear-dialog.tsx';
import { SellTask } from './sell/sell-task.tsx';
import { StopDialog } from './sell/stop-dialog.tsx';
import { UnlistedTask } from './sell/unlisted-task.tsx';
import { WeighDialog } from './sell/weigh-dialog.tsx';
import { SettingsTask } from './settings/settings-task.tsx';
import { StoreSettingsTask } from './settings/store-settings-task.tsx';
import { useIdleLock } from './settings/use-idle-lock.ts';
import { MoneyDialog } from './shift/money-dialog.tsx';
import { ShiftTask } from './shift/shift-task.tsx';
import { SubstitutesTask } from './substitutes/substitutes-task.tsx';
import { SyncStatusTask } from './sync-status/sync-status-task.tsx';
import { CouponDialog } from './terms/coupon-dialog.tsx';
import { NoteDialog } from './terms/note-dialog.tsx';
import { PriceDialog } from './terms/price-dialog.tsx';
import { useTill } from './till.ts';
import { TrainingDialog } from './training/training-dialog.tsx';
import { useCounterCommands, useCounterScans } from './use-counter.ts';

type Ready = Extract<TillState, { readonly phase: 'ready' }>;

/** What a signed-in person works at: the task in hand, what may lie over it, and the keys that work at any of them. */
export function Counter({ state }: { readonly state: Ready }) {
  const till = useTill();
  const task = useDesk((desk) => desk.task);
  const overlay = useDesk((desk) => desk.overlay);
  const cart = useLive(till.cart);
  // Watched all the while, so that payment and Done find the jobs at once.
  useEffect(() => till.prints.subscribe(() => {}), [till]);
  useCounterCommands(state.session);
  useIdleLock(state.session.personId);
  useCounterScans(state);
  if (!cart) return null;
  return (
    <>
      {task === 'sell' && <SellTask cart={cart} />}
      {task === 'unlisted' && <UnlistedTask cart={cart} />}
      {task === 'batch' && <BatchTask cart={cart} />}
      {task === 'substitutes' && <SubstitutesTask cart={cart} />}
      {task === 'price-check' && <PriceCheckTask />}
      {task === 'pay' && <PayTask cart={cart} store={state.store} people={state.people} />}
      {task === 'done' && <DoneTask />}
      {task === 'settings' && <SettingsTask session={state.session} />}
      {task === 'store-settings' && <StoreSettingsTask session={state.session} store={state.store} />}
      {task === 'label-template' && <LabelTemplateTask />}
      {task === 'sync' && <SyncStatusTask />}
      {task === 'customers' && <CustomersTask store={state.store} people={state.people} />}
      {task === 'oversell' && <OversellTask />}
      {task === 'second-refunds' && <SecondRefundsTask />}
      {task === 'returns' && <ReturnsTask people={state.people} />}
      {task === 'scanner' && <ScannerSetupTask />}
      {task === 'labels' && <LabelsTask />}
      {task === 'badges' && <BadgesTask people={state.people} />}
      {task === 'receipt-design' && <ReceiptDesignTask />}
      {task === 'devices' && <DevicesTask />}
      {task === 'reports' && <ReportsTask people={state.people} />}
      {task === 'audit' && <AuditTask />}
      {task === 'shift' && <ShiftTask people={state.people} />}
      <StopDialog />
      {overlay === 'palette' && <Palette />}
      {overlay === 'help' && <Help />}
      {overlay === 'discount' && <DiscountDialog cart={cart} store={state.store} people={state.people} />}
      {overlay === 'drawer' && (
        <MoneyDialog kind="no-sale" people={state.people} onLeave={() => setDesk({ overlay: null })} />
      )}
      {overlay === 'weigh' && <WeighDialog />}
      {overlay === 'elsewhere' && <ElsewhereDialog />}
      {overlay === 'training' && <TrainingDialog people={state.people} />}
      {overlay === 'price' && <PriceDialog cart={cart} store={state.store} />}
      {overlay === 'note' && <NoteDialog cart={cart} />}
      {overlay === 'coupon' && <CouponDialog cart={cart} />}
      {overlay === 'hold' && <HoldDialog />}
      {overlay === 'recall' && <RecallDialog />}
      {overlay === 'clear' && <ClearDialog cart={cart} />}
    </>
  );
}
