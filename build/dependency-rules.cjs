/**
 * Who may import whom: the nine rules of docs/decisions/0001-walls.md, each rule named by its number.
 * build/walls.test.ts plants a violation of every one of them.
 */
const tiers = [
  ['auth'],
  ['catalog'],
  ['inventory'],
  ['prescriptions'],
  ['sales', 'purchasing'],
  ['notifications', 'reports'],
];
const domains = tiers.flat();
const any = (/** @type {string[]} */ names) => `(${names.join('|')})`;
const domain = any(domains);
const npm = (/** @type {string[]} */ ...names) => `^node_modules/${any(names)}/`;
const tests = '[.](test|e2e)[.]tsx?$';
const browserRooms = '^(desktop/screens|sync-server/web|shared/ui)/';
/** A domain in a host is one file or a folder. */
const inHost = (/** @type {string} */ host) => `^${host}/${domain}(/|[.]ts$)`;

/**
 * @typedef {import('dependency-cruiser').IRegularForbiddenRuleType} Rule
 * @type {(name: string, comment: string, from: Rule['from'], to: Rule['to']) => Rule}
 */
const rule = (name, comment, from, to) => ({ name, comment, severity: 'error', from, to });
/**
 * What is not a test: a test may set up the other side for real.
 * @type {(path: string, ...pathNot: string[]) => Rule['from']}
 */
const code = (path, ...pathNot) => ({ path, pathNot: [tests, ...pathNot] });

const earlierDomainsOnly = tiers.flatMap((names, i) =>
  names.map((name) => {
    const notEarlier = tiers
      .slice(i)
      .flat()
      .filter((other) => other !== name);
    return rule(`1-order-${name}`, `${name} imports earlier domains only`, code(`^shared/${name}/`), {
      path: `^shared/${any(notEarlier)}/`,
    });
  }),
);

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [
    rule(
      'no-cycles',
      'a cycle has no first file to read',
      {},
      { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    ),
    rule('no-unresolved', 'what is not resolved is not checked either', {}, { couldNotResolve: true }),

    rule('1-kernel-imports-nothing', 'the kernel stands alone', code('^shared/kernel/'), {
      pathNot: '^shared/kernel/',
    }),
    rule('1-tables-imports', 'tables know the kernel and drizzle', code('^shared/tables/'), {
      pathNot: ['^shared/(kernel|tables)/', npm('drizzle-orm')],
    }),
    rule(
      '1-domain-imports',
      'a domain imports kernel, tables, domains and zod',
      code(`^shared/${domain}/`, '/calls[a-z-]*[.]ts$'),
      {
        pathNot: [`^shared/(kernel|tables|${domains.join('|')})/`, npm('zod')],
      },
    ),
    rule(
      '1-calls-imports',
      'a contract may also import @orpc/contract',
      code(`^shared/${domain}/calls[a-z-]*[.]ts$`),
      {
        pathNot: [`^shared/(kernel|tables|${domains.join('|')})/`, npm('zod', '@orpc/contract')],
      },
    ),
    ...earlierDomainsOnly,
    rule(
      '1-contract-joins-calls',
      'shared/contract.ts joins the calls and holds nothing else',
      code('^shared/[^/]+[.]ts$', '^shared/schema[.]ts$'),
      {
        pathNot: [
          '^shared/[^/]+/calls[.]ts$',
          '^shared/[^/]+/calls-[a-z]+[.]ts$',
          '^shared/kernel/',
          npm('zod', '@orpc/contract'),
        ],
      },
    ),
    rule(
      '1-schema-joins-tables',
      'shared/schema.ts joins the tables and holds nothing else',
      code('^shared/schema[.]ts$'),
      {
        pathNot: [
          '^shared/[^/]+/tables[.]ts$',
          '^shared/[^/]+/tables-[a-z]+[.]ts$',
          '^shared/(kernel|tables)/',
        ],
      },
    ),

    rule('2-replica-imports', 'the replica knows tables as data, never a domain', code('^shared/replica/'), {
      pathNot: ['^shared/(kernel|replica)/', npm('zod', 'canonicalize')],
    }),

    rule('3-shared-has-no-node', 'shared runs anywhere: no Node', code('^shared/'), {
      dependencyTypes: ['core'],
    }),
    rule('3-shared-has-no-host', 'shared runs anywhere: no host', code('^shared/'), {
      path: '^(desktop|sync-server)/',
    }),
    rule(
      '3-shared-has-no-runtime',
      'shared runs anywhere: no electron, no database, no driver',
      code('^shared/'),
      {
        path: npm('electron', 'pg', 'better-sqlite3', 'drizzle-orm/(better-sqlite3|node-postgres)'),
      },
    ),
    rule('3-shared-has-no-react', 'React lives in shared/ui alone', code('^shared/', '^shared/ui/'), {
      path: ['^shared/ui/', npm('react', 'react-dom')],
    }),

    rule('4-desktop-never-meets-hq', 'a till meets HQ over the wire', code('^desktop/'), {
      path: '^sync-server/',
    }),
    rule('4-hq-never-meets-desktop', 'HQ meets a till over the wire', code('^sync-server/'), {
      path: '^desktop/',
    }),

    rule(
      '5-screens-speak-contract',
      'screens reach the till through the contract',
      code('^desktop/screens/'),
      { path: '^desktop/(?!screens/)' },
    ),
    rule(
      '5-web-speaks-contract',
      'the back office reaches HQ through the contract',
      code('^sync-server/web/'),
      { path: '^sync-server/(?!web/)' },
    ),
    rule('5-browser-has-no-tables', 'screens hold no tables and no replica', code(browserRooms), {
      path: ['^shared/(tables|replica)/', '^shared/(schema|[^/]+/tables)[.]ts$', npm('drizzle-orm')],
    }),
    rule('5-browser-has-no-node', 'screens run in a browser', code(browserRooms), {
      dependencyTypes: ['core'],
    }),
    rule(
      '5-only-browser-rooms-use-ui',
      'React components belong to screens and web',
      code('^(desktop|sync-server)/', browserRooms),
      { path: '^shared/ui/' },
    ),

    rule(
      '6-till-is-plain-node',
      'the till process has no window and gets its devices as ports',
      code('^desktop/till/'),
      {
        path: ['^desktop/(screens|devices)/', npm('electron', 'react', 'react-dom')],
      },
    ),

    rule(
      '7-only-shell-imports-electron',
      'every other room runs without electron',
      { path: '^(shared|desktop|sync-server|build)/', pathNot: ['^desktop/shell/', '^build/stub/'] },
      {
        path: [npm('electron'), '^electron$'],
      },
    ),
    rule(
      '7-roots-are-imported-by-nobody',
      'composition roots build things; nothing builds on them',
      code('^(shared|desktop|sync-server)/', '^desktop/(hosts|shell)/'),
      {
        path: ['^desktop/(hosts|shell)/', '^sync-server/main[.]ts$'],
      },
    ),
    rule('7-hosts-stand-without-the-shell', 'a host runs in plain Node too', code('^desktop/hosts/'), {
      path: '^desktop/shell/',
    }),

    rule(
      '8-till-domains-apart',
      "a handler uses another domain's rule, never its handler",
      code(inHost('desktop/till')),
      {
        path: inHost('desktop/till'),
        pathNot: '^desktop/till/$1(/|[.]ts$)',
      },
    ),
    rule(
      '8-hq-domains-apart',
      "a handler uses another domain's rule, never its handler",
      code(inHost('sync-server')),
      {
        path: inHost('sync-server'),
        pathNot: '^sync-server/$1(/|[.]ts$)',
      },
    ),

    rule(
      '9-nothing-imports-build',
      'build/ stands outside the product',
      code('^(shared|desktop|sync-server)/'),
      { path: '^build/' },
    ),

    rule(
      'installed-where-it-runs',
      'what Node loads unbundled is a dependency, not a devDependency',
      code(
        '^(shared/(?!ui/)|desktop/(till|devices|hosts)/|sync-server/(?!web/))',
        '^desktop/hosts/test[.]ts$',
      ),
      {
        dependencyTypes: ['npm-dev'],
        dependencyTypesNot: ['type-only'],
      },
    ),
  ],
  options: {
    tsConfig: { fileName: 'build/tsconfig.base.json' },
    tsPreCompilationDeps: true,
    doNotFollow: { path: '^node_modules' },
    exclude: { path: '^(dist|[.]cache|build/planted)/' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default', 'types'],
      extensions: ['.ts', '.tsx', '.js', '.mjs', '.cjs', '.json'],
    },
    skipAnalysisNotInRules: true,
  },
};
