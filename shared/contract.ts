import { authTillCalls } from './auth/calls.ts';
import { authHqCalls } from './auth/calls-hq.ts';
import { trainingCalls } from './auth/calls-training.ts';
import { catalogHqCalls, catalogTillCalls } from './catalog/calls.ts';
import { inventoryHqCalls, inventoryTillCalls } from './inventory/calls.ts';
import { reportsHqCalls, reportsTillCalls } from './reports/calls.ts';
import { salesHqCalls, salesTillCalls } from './sales/calls.ts';

/** All a till's screens (and any program that drives a till) can ask of it. */
export const tillContract = {
  auth: { ...authTillCalls, training: trainingCalls },
  catalog: catalogTillCalls,
  inventory: inventoryTillCalls,
  sales: salesTillCalls,
  reports: reportsTillCalls,
};

/** What a counter answers its screens: the till, and in training a second one of its own beside it. */
export const counterContract = { ...tillContract, practice: tillContract };

/** All the back office can ask of HQ. */
export const hqContract = {
  auth: authHqCalls,
  catalog: catalogHqCalls,
  inventory: inventoryHqCalls,
  sales: salesHqCalls,
  reports: reportsHqCalls,
};
