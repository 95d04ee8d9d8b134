import { authTillCalls } from './auth/calls.ts';
import { authHqCalls } from './auth/calls-hq.ts';
import { catalogHqCalls, catalogTillCalls } from './catalog/calls.ts';
import { inventoryHqCalls, inventoryTillCalls } from './inventory/calls.ts';
import { reportsHqCalls, reportsTillCalls } from './reports/calls.ts';
import { salesHqCalls, salesTillCalls } from './sales/calls.ts';

/** All a till's screens (and any program that drives a till) can ask of it. */
export const tillContract = {
  auth: authTillCalls,
  catalog: catalogTillCalls,
  inventory: inventoryTillCalls,
  sales: salesTillCalls,
  reports: reportsTillCalls,
};

/** All the back office can ask of HQ. */
export const hqContract = {
  auth: authHqCalls,
  catalog: catalogHqCalls,
  inventory: inventoryHqCalls,
  sales: salesHqCalls,
  reports: reportsHqCalls,
};
