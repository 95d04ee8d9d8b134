import type { Permission } from '#shared/auth/permissions.ts';

/** Who asks: a person signed in at the back office. Handlers get nothing else of the request. */
export type Caller = {
  readonly user: {
    readonly id: string;
    readonly name: string;
    readonly email: string;
    /** As they are at this call: a role that is edited counts from the next one on. */
    readonly rights: ReadonlySet<Permission>;
  };
};
