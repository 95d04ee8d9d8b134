/** Who asks: a person signed in at the back office. Handlers get nothing else of the request. */
export type Caller = {
  readonly user: { readonly id: string; readonly name: string; readonly email: string };
};
