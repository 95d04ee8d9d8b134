import type { MessageDescriptor } from '@lingui/core';
import { msg } from '@lingui/core/macro';
import type { CommandId } from './default-keys.ts';

/** The word under each key and in the palette. */
export const commandLabels: Readonly<Record<CommandId, MessageDescriptor>> = {
  keys: msg`Keys`,
  scan: msg`Scan`,
  customer: msg`Customer`,
  hold: msg`Hold`,
  recall: msg`Recall`,
  reprint: msg`Reprint`,
  batch: msg`Batch`,
  substitutes: msg`Substitutes`,
  discount: msg`Discount`,
  pay: msg`Pay`,
  prescription: msg`Prescription`,
  returns: msg`Returns`,
  shift: msg({ message: 'Shift', context: 'work shift' }),
  back: msg`Back`,
  palette: msg`Palette`,
  drawer: msg`Open drawer`,
  lock: msg`Lock`,
  undo: msg`Undo`,
  syncStatus: msg`Sync status`,
  priceCheck: msg`Price check`,
  language: msg`Language`,
  confirmDate: msg`Confirm the date`,
  quickKey: msg`Quick keys`,
  tender: msg`Tender`,
  more: msg`One more`,
  less: msg`One less`,
  quantity: msg`Type the quantity`,
  remove: msg`Remove line`,
  clear: msg`Clear the sale`,
  edit: msg`Edit`,
  account: msg`Account`,
  merge: msg`Make one of two customers`,
};
