import { expect, type Page } from '@playwright/test';
import type { DayHq } from './day-hq.ts';
import { expectAccessible } from './look.ts';
import { signInAtHq } from './pages.ts';

/** Receipts of the day by what is special about them, and what its Z-report must say. */
export type DayTold = {
  readonly discounted: string;
  readonly agreedBy: string;
  readonly returned: string;
  readonly zNo: string;
  /** As they are written on the page: `−7.35`. */
  readonly variance: string;
  readonly paidOut: string;
};

/** The day as people at HQ see it: from the list of sales into one, and from there to its Z-report. */
export async function seeAtHq(office: Page, hq: DayHq, told: DayTold): Promise<void> {
  office.setDefaultTimeout(20_000);
  await signInAtHq(office, hq.url, hq.admin);
  const drawer = office.getByRole('complementary');
  await office.goto(`${hq.url}/sales`);
  await office.getByRole('row', { name: told.discounted }).click();
  await expect(drawer).toContainText(`Sale ${told.discounted}`);
  await expect(drawer).toContainText(`agreed by ${told.agreedBy}`);
  await expectAccessible(office, 'a sale with discounts');
  await office.keyboard.press('Escape');
  await office.getByRole('row', { name: told.returned }).click();
  await expect(drawer).toContainText('Came back');
  await drawer.getByRole('link', { name: told.zNo }).click();
  await expect(drawer).toContainText(told.variance);
  await expect(drawer).toContainText(told.paidOut);
  await expect(drawer).toContainText('Window cleaner');
  await expectAccessible(office, 'a Z-report');
  await expect(office.getByRole('row', { name: told.zNo })).toContainText(told.variance);
}
