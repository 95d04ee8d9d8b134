import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import type { Permission } from '#shared/auth/permissions.ts';
import { hqQuery } from '../hq.ts';

/** Whether the person signed in has a right. HQ asks again at each call: this only keeps a page from offering in vain. */
export function useMay(right: Permission): boolean {
  return useQuery(hqQuery.auth.me.queryOptions()).data?.rights.includes(right) ?? false;
}

/** What only somebody with the right is offered. */
export function May({ right, children }: { readonly right: Permission; readonly children: ReactNode }) {
  return useMay(right) ? children : null;
}
