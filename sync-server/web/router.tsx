import { createRootRoute, createRoute, createRouter } from '@tanstack/react-router';
import { CataloguePage } from './catalogue/catalogue-page.tsx';
import { DashboardPage } from './dashboard/dashboard-page.tsx';
import { DayReportPage } from './day-report/day-report-page.tsx';
import { ImportPage } from './import/import-page.tsx';
import { ImportsPage } from './import/imports-page.tsx';
import { PeoplePage } from './people/people-page.tsx';
import { SalesPage } from './sales/sales-page.tsx';
import { NoSuchPage } from './shell/no-such-page.tsx';
import { Shell } from './shell/shell.tsx';
import { StoresPage } from './stores/stores-page.tsx';
import { SyncHealthPage } from './sync-health/sync-health-page.tsx';

const text = (value: unknown): string | undefined =>
  typeof value === 'string' && value !== '' ? value : undefined;

const root = createRootRoute({ component: Shell, notFoundComponent: NoSuchPage });
const at = () => root;

export const dashboardRoute = createRoute({ getParentRoute: at, path: '/', component: DashboardPage });
export const salesRoute = createRoute({
  getParentRoute: at,
  path: '/sales',
  component: SalesPage,
  validateSearch: (search): { sale?: string; store?: string; day?: string } => ({
    ...optional('sale', text(search.sale)),
    ...optional('store', text(search.store)),
    ...optional('day', text(search.day)),
  }),
});
export const dayReportRoute = createRoute({
  getParentRoute: at,
  path: '/day-report',
  component: DayReportPage,
  validateSearch: (search): { day?: string } => optional('day', text(search.day)),
});
export const catalogueRoute = createRoute({
  getParentRoute: at,
  path: '/catalogue',
  component: CataloguePage,
  validateSearch: (search): { q?: string; medicine?: string } => ({
    ...optional('q', text(search.q)),
    ...optional('medicine', text(search.medicine)),
  }),
});
export const importsRoute = createRoute({
  getParentRoute: at,
  path: '/catalogue/import',
  component: ImportsPage,
  validateSearch: (search): { upload?: string; kind?: 'stock' } => ({
    ...optional('upload', text(search.upload)),
    ...(search.kind === 'stock' && { kind: 'stock' }),
  }),
});
export const importRoute = createRoute({
  getParentRoute: at,
  path: '/catalogue/import/$jobId',
  component: ImportPage,
});
export const storesRoute = createRoute({ getParentRoute: at, path: '/stores', component: StoresPage });
export const syncRoute = createRoute({ getParentRoute: at, path: '/sync-health', component: SyncHealthPage });
export const peopleRoute = createRoute({ getParentRoute: at, path: '/people', component: PeoplePage });

export const router = createRouter({
  routeTree: root.addChildren([
    dashboardRoute,
    salesRoute,
    dayReportRoute,
    catalogueRoute,
    importsRoute,
    importRoute,
    storesRoute,
    syncRoute,
    peopleRoute,
  ]),
});

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router;
  }
}

function optional<K extends string>(key: K, value: string | undefined): { [P in K]?: string } {
  return value === undefined ? {} : ({ [key]: value } as { [P in K]?: string });
}
