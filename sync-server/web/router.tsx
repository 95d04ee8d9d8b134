import { createRootRoute, createRoute, createRouter } from '@tanstack/react-router';
import { isPlainDate } from '#shared/kernel/calendar.ts';
import { CataloguePage } from './catalogue/catalogue-page.tsx';
import { DashboardPage } from './dashboard/dashboard-page.tsx';
import { DayReportPage } from './day-report/day-report-page.tsx';
import { ImportPage } from './import/import-page.tsx';
import { ImportsPage } from './import/imports-page.tsx';
import { OffersPage } from './offers/offers-page.tsx';
import { PeoplePage } from './people/people-page.tsx';
import { SalesPage } from './sales/sales-page.tsx';
import { NoSuchPage } from './shell/no-such-page.tsx';
import { Shell } from './shell/shell.tsx';
import { ZReportsPage } from './shifts/z-reports-page.tsx';
import { StoresPage } from './stores/stores-page.tsx';
import { SyncHealthPage } from './sync-health/sync-health-page.tsx';

type Text = string | undefined;
const text = (value: unknown): Text => (typeof value === 'string' && value !== '' ? value : undefined);
const day = (value: unknown): Text => (typeof value === 'string' && isPlainDate(value) ? value : undefined);

const root = createRootRoute({ component: Shell, notFoundComponent: NoSuchPage });
const at = () => root;

const dashboardRoute = createRoute({ getParentRoute: at, path: '/', component: DashboardPage });
const salesRoute = createRoute({
  getParentRoute: at,
  path: '/sales',
  component: SalesPage,
  validateSearch: (search): { sale?: Text; store?: Text; day?: Text } => ({
    sale: text(search.sale),
    store: text(search.store),
    day: day(search.day),
  }),
});
const dayReportRoute = createRoute({
  getParentRoute: at,
  path: '/day-report',
  component: DayReportPage,
  validateSearch: (search): { day?: Text } => ({ day: day(search.day) }),
});
const catalogueRoute = createRoute({
  getParentRoute: at,
  path: '/catalogue',
  component: CataloguePage,
  validateSearch: (search): { q?: Text; medicine?: Text } => ({
    q: text(search.q),
    medicine: text(search.medicine),
  }),
});
const importsRoute = createRoute({
  getParentRoute: at,
  path: '/catalogue/import',
  component: ImportsPage,
  validateSearch: (search): { upload?: Text; kind?: 'stock' | undefined } => ({
    upload: text(search.upload),
    kind: search.kind === 'stock' ? 'stock' : undefined,
  }),
});
const importRoute = createRoute({
  getParentRoute: at,
  path: '/catalogue/import/$jobId',
  component: ImportPage,
});
const offersRoute = createRoute({ getParentRoute: at, path: '/offers', component: OffersPage });
const zReportsRoute = createRoute({
  getParentRoute: at,
  path: '/z-reports',
  component: ZReportsPage,
  validateSearch: (search): { z?: Text; store?: Text } => ({ z: text(search.z), store: text(search.store) }),
});
const storesRoute = createRoute({ getParentRoute: at, path: '/stores', component: StoresPage });
const syncRoute = createRoute({ getParentRoute: at, path: '/sync-health', component: SyncHealthPage });
const peopleRoute = createRoute({ getParentRoute: at, path: '/people', component: PeoplePage });

export const router = createRouter({
  routeTree: root.addChildren([
    dashboardRoute,
    salesRoute,
    dayReportRoute,
    catalogueRoute,
    importsRoute,
    importRoute,
    offersRoute,
    zReportsRoute,
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
