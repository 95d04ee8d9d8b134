import { z } from 'zod';

/** Keys of customers on their way between till and HQ: apart from the log, on an endpoint of their own. */

const subjectId = z.uuid();
/** 256 bits in base64url. */
const key = z.string().regex(/^[\w-]{43}$/);

/** As many as one request carries. */
export const mostKeys = 100;

/** `PUT /party/keys`: keys made at this till. */
export const leaveKeysRequest = z.object({
  keys: z.array(z.object({ subjectId, key })).min(1).max(mostKeys),
});
export const leaveKeysReply = z.object({
  /** Erased meanwhile: HQ has no key of theirs and takes none any more. */
  destroyed: z.array(z.string()),
  /** HQ has another key of theirs, which stays. */
  differs: z.array(z.string()),
});

/** `GET /party/keys?ids=a,b,…`: keys of customers that came without. What HQ has not heard of yet is left out. */
export const wantedKeysQuery = z.object({
  ids: z
    .string()
    .max(mostKeys * 37)
    .transform((list) => list.split(','))
    .pipe(z.array(subjectId).max(mostKeys)),
});
export const wantedKeysReply = z.object({
  keys: z.array(z.object({ subjectId, key })),
  destroyed: z.array(z.string()),
});
