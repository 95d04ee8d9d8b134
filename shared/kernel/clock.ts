/** Wall-clock time as an argument: UTC milliseconds since 1970, an integer, never assumed to be right or monotonic. */
export type Clock = { nowMs(): number };

/** Randomness as an argument: `n` bytes of cryptographic quality in every host but a seeded test. */
export type Random = { bytes(n: number): Uint8Array };

/**
 * What no one can set: `elapsedMs` counts on (integer milliseconds, sleep included) for as long as `boot` is the same,
 * and begins anew with the machine.
 */
export type Uptime = { readonly boot: string; elapsedMs(): number };
