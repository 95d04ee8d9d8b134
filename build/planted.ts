/** A small house that keeps every rule: what each room is allowed to import, it imports here. */
export const lawfulHouse: Readonly<Record<string, string>> = {
  'shared/kernel/money.ts': 'export type Minor = number;',
  'shared/tables/define-table.ts':
    "import { sqliteTable } from 'drizzle-orm/sqlite-core';\nimport type { Minor } from '../kernel/money.ts';\nexport const define = (limit: Minor) => [sqliteTable, limit];",
  'shared/auth/person.ts': 'export const person = 1;',
  'shared/catalog/medicine.ts': 'export const medicine = 1;',
  'shared/inventory/batch.ts':
    "import { medicine } from '../catalog/medicine.ts';\nexport const batch = medicine;",
  'shared/sales/sale.ts':
    "import { z } from 'zod';\nimport { batch } from '../inventory/batch.ts';\nexport const sale = z.literal(batch);",
  'shared/sales/tables.ts':
    "import { define } from '../tables/define-table.ts';\nexport const saleTable = define(1);",
  'shared/sales/calls.ts':
    "import { oc } from '@orpc/contract';\nimport { sale } from './sale.ts';\nexport const salesCalls = { complete: oc.input(sale) };",
  'shared/purchasing/order.ts': 'export const order = 1;',
  'shared/reports/day.ts': "import { sale } from '../sales/sale.ts';\nexport const day = sale;",
  'shared/notifications/notice.ts': 'export const notice = 1;',
  'shared/schema.ts': "import { saleTable } from './sales/tables.ts';\nexport const schema = { saleTable };",
  'shared/contract.ts':
    "import { salesCalls } from './sales/calls.ts';\nexport const contract = { sales: salesCalls };",
  'shared/replica/changeset.ts':
    "import canonicalize from 'canonicalize';\nimport { z } from 'zod';\nexport const changeset = [canonicalize, z];",
  'shared/ui/button.tsx': "import { createElement } from 'react';\nexport const Button = createElement;",
  'desktop/till/sales/complete.ts':
    "import { batch } from '#shared/inventory/batch.ts';\nimport { day } from './day.ts';\nexport const complete = [batch, day];",
  'desktop/till/sales/day.ts': 'export const day = 1;',
  'desktop/till/inventory.ts': 'export const take = 1;',
  'desktop/till/router.ts':
    "import { take } from './inventory.ts';\nimport { complete } from './sales/complete.ts';\nexport const router = { complete, take };",
  'desktop/devices/printer.ts': 'export const printer = 1;',
  'desktop/screens/sales/sell.tsx':
    "import type { contract } from '#shared/contract.ts';\nimport { Button } from '#shared/ui/button.tsx';\nexport const Sell = (till: typeof contract) => [Button, till];",
  'desktop/shell/main.ts': "import { app } from 'electron';\nexport const shell = app;",
  'desktop/hosts/node.ts':
    "import { printer } from '../devices/printer.ts';\nimport { router } from '../till/router.ts';\nexport const host = { printer, router };",
  'sync-server/sales/list.ts': 'export const list = 1;',
  'sync-server/reports.ts': 'export const report = 1;',
  'sync-server/main.ts':
    "import { report } from './reports.ts';\nimport { list } from './sales/list.ts';\nexport const hq = { list, report };",
  'sync-server/web/main.tsx':
    "import type { contract } from '#shared/contract.ts';\nexport const page = (hq: typeof contract) => hq;",
  'build/demo.ts':
    "import { host } from '../desktop/hosts/node.ts';\nimport { hq } from '../sync-server/main.ts';\nexport const demo = { host, hq };",
};

/** A forbidden import: the file it is planted in, what it imports, and the rule that has to name it. */
export type Plant = readonly [rule: string, file: string, imports: string];

export const forbiddenImports: readonly Plant[] = [
  ['1-kernel-imports-nothing', 'shared/kernel/planted.ts', 'zod'],
  ['1-tables-imports', 'shared/tables/planted.ts', 'zod'],
  ['1-domain-imports', 'shared/sales/planted.ts', '@orpc/contract'],
  ['1-domain-imports', 'shared/sales/planted-replica.ts', '../replica/changeset.ts'],
  ['1-calls-imports', 'shared/catalog/calls.ts', '@orpc/client'],
  ['1-order-auth', 'shared/auth/planted.ts', '../catalog/medicine.ts'],
  ['1-order-catalog', 'shared/catalog/planted.ts', '../inventory/batch.ts'],
  ['1-order-inventory', 'shared/inventory/planted.ts', '../sales/sale.ts'],
  ['1-order-prescriptions', 'shared/prescriptions/planted.ts', '../sales/sale.ts'],
  ['1-order-sales', 'shared/sales/planted-tier.ts', '../purchasing/order.ts'],
  ['1-order-purchasing', 'shared/purchasing/planted.ts', '#shared/reports/day.ts'],
  ['1-order-notifications', 'shared/notifications/planted.ts', '../reports/day.ts'],
  ['1-order-reports', 'shared/reports/planted.ts', '../notifications/notice.ts'],
  ['1-contract-joins-calls', 'shared/planted.ts', './sales/sale.ts'],
  ['1-schema-joins-tables', 'shared/schema.ts', './sales/sale.ts'],
  ['2-replica-imports', 'shared/replica/planted.ts', '../sales/sale.ts'],
  ['2-replica-imports', 'shared/replica/planted-tables.ts', '../tables/define-table.ts'],
  ['3-shared-has-no-node', 'shared/sales/planted-node.ts', 'node:fs'],
  ['3-shared-has-no-host', 'shared/sales/planted-host.ts', '../../desktop/till/router.ts'],
  ['3-shared-has-no-runtime', 'shared/sales/planted-pg.ts', 'pg'],
  ['3-shared-has-no-runtime', 'shared/sales/planted-sqlite.ts', 'better-sqlite3'],
  ['3-shared-has-no-runtime', 'shared/tables/planted-driver.ts', 'drizzle-orm/node-postgres'],
  ['3-shared-has-no-runtime', 'shared/ui/planted.tsx', 'electron'],
  ['3-shared-has-no-react', 'shared/sales/planted-react.ts', 'react'],
  ['3-shared-has-no-react', 'shared/sales/planted-ui.ts', '#shared/ui/button.tsx'],
  ['4-desktop-never-meets-hq', 'desktop/till/planted-hq.ts', '../../sync-server/sales/list.ts'],
  ['4-hq-never-meets-desktop', 'sync-server/planted.ts', '../desktop/till/router.ts'],
  ['5-screens-speak-contract', 'desktop/screens/planted-till.ts', '../till/router.ts'],
  ['5-screens-speak-contract', 'desktop/screens/planted-device.ts', '../devices/printer.ts'],
  ['5-web-speaks-contract', 'sync-server/web/planted.ts', '../sales/list.ts'],
  ['5-browser-has-no-tables', 'desktop/screens/planted-tables.ts', '#shared/sales/tables.ts'],
  ['5-browser-has-no-tables', 'sync-server/web/planted-replica.ts', '#shared/replica/changeset.ts'],
  ['5-browser-has-no-node', 'desktop/screens/planted-node.ts', 'node:path'],
  ['5-only-browser-rooms-use-ui', 'desktop/till/planted-ui.ts', '#shared/ui/button.tsx'],
  ['6-till-is-plain-node', 'desktop/till/planted-device.ts', '../devices/printer.ts'],
  ['6-till-is-plain-node', 'desktop/till/planted-screen.ts', '../screens/sales/sell.tsx'],
  ['6-till-is-plain-node', 'desktop/till/planted-react.ts', 'react'],
  ['7-only-shell-imports-electron', 'desktop/hosts/planted-electron.ts', 'electron'],
  ['7-roots-are-imported-by-nobody', 'desktop/till/planted-host.ts', '../hosts/node.ts'],
  ['7-roots-are-imported-by-nobody', 'sync-server/planted-main.ts', './main.ts'],
  ['7-hosts-stand-without-the-shell', 'desktop/hosts/planted-shell.ts', '../shell/main.ts'],
  ['8-till-domains-apart', 'desktop/till/sales/planted.ts', '../inventory.ts'],
  ['8-hq-domains-apart', 'sync-server/reports/planted.ts', '../sales/list.ts'],
  ['9-nothing-imports-build', 'desktop/till/planted-build.ts', '../../build/demo.ts'],
  ['no-unresolved', 'desktop/till/planted-gone.ts', './gone.ts'],
  ['installed-where-it-runs', 'desktop/devices/planted.ts', 'fast-check'],
];

/** Reaching outside what shared/ may know: the compiler has no name for any of these there. */
export const unknownToShared: readonly string[] = [
  'process.env',
  'Buffer.from([])',
  "fetch('/')",
  "console.log('')",
  'setTimeout(() => {}, 1)',
  "new URL('/')",
  'crypto.subtle',
  'new TextEncoder()',
  'document.body',
  'structuredClone({})',
  "await import('node:fs')",
];

/** Ways to read the clock or the dice behind everyone's back: the lint rule refuses each. */
export const ambient: readonly string[] = [
  'Date.now()',
  'Date.now',
  'new Date()',
  'Date()',
  'Math.random()',
  "Date['now']()",
  'globalThis.Date',
  '(() => { const { now } = Date; return now; })()',
];

/** What looks like it and is allowed: these take what they compute from as arguments. */
export const lawfulTime: readonly string[] = ['new Date(5)', 'Date.UTC(2026, 0, 1)', 'Math.round(1.5)'];
