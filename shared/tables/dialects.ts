import type { sql } from 'drizzle-orm';
import type * as pg from 'drizzle-orm/pg-core';
import type * as lite from 'drizzle-orm/sqlite-core';

/**
 * The two dialects of drizzle, as arguments: only what writes migrations loads them. A till that starts needs to know
 * its tables as data alone, and the package costs 0.6 s and 160 MB to load.
 */
export type Sqlite = { readonly lite: typeof lite; readonly sql: typeof sql };
export type Pg = { readonly pg: typeof pg; readonly sql: typeof sql };
