/** Vitest setup for shared/: the clock and the dice are arguments, so the ambient ones throw. */
const refuse = (what: string) => (): never => {
  throw new Error(`shared/ must not read ${what}`);
};
globalThis.Date = new Proxy(Date, {
  construct(target, args, self) {
    return args.length === 0 ? refuse('new Date()')() : Reflect.construct(target, args, self);
  },
  get(target, name) {
    return name === 'now' ? refuse('Date.now') : Reflect.get(target, name);
  },
});
Math.random = refuse('Math.random');
