/** How a form is named, taken and counted. `container` is set where the pack is one closed thing (a bottle, a tube). */
export type Form = {
  readonly name: string;
  readonly route: string;
  /** What one base unit is: the smallest thing that can be handed over. */
  readonly baseUnit: string;
  readonly container?: string;
  /** Whether loose base units may be handed over at all (blisters may, bottles and pens may not). */
  readonly breakable: boolean;
};

const counted = (name: string, route: string, baseUnit: string): Form => ({
  name,
  route,
  baseUnit,
  breakable: false,
});
const blister = (name: string, baseUnit: string): Form => ({
  name,
  route: 'oral',
  baseUnit,
  breakable: true,
});
const closed = (name: string, route: string, container: string): Form => ({
  name,
  route,
  baseUnit: container,
  container,
  breakable: false,
});

/** The short words of the lists in generics-*.ts. */
export const forms = {
  tab: blister('tablet', 'tablet'),
  fct: blister('film-coated tablet', 'tablet'),
  gr: blister('gastro-resistant tablet', 'tablet'),
  mr: blister('prolonged-release tablet', 'tablet'),
  odt: blister('orodispersible tablet', 'tablet'),
  chew: blister('chewable tablet', 'tablet'),
  cap: blister('capsule', 'capsule'),
  mrc: blister('prolonged-release capsule', 'capsule'),
  eff: counted('effervescent tablet', 'oral', 'tablet'),
  subl: counted('sublingual tablet', 'sublingual', 'tablet'),
  loz: counted('lozenge', 'oromucosal', 'lozenge'),
  gum: counted('medicated chewing gum', 'oromucosal', 'gum'),
  sach: counted('powder for oral solution', 'oral', 'sachet'),
  supp: counted('suppository', 'rectal', 'suppository'),
  pess: counted('pessary', 'vaginal', 'pessary'),
  patch: counted('transdermal patch', 'transdermal', 'patch'),
  pfs: counted('solution for injection in pre-filled syringe', 'subcutaneous', 'syringe'),
  pen: counted('solution for injection in pre-filled pen', 'subcutaneous', 'pen'),
  amp: counted('solution for injection', 'intravenous', 'ampoule'),
  vial: counted('powder for solution for injection', 'intravenous', 'vial'),
  neb: counted('nebuliser solution', 'inhalation', 'ampoule'),
  sdu: counted('eye drops in single-dose container', 'ocular', 'unit'),
  sol: closed('oral solution', 'oral', 'bottle'),
  syr: closed('syrup', 'oral', 'bottle'),
  susp: closed('oral suspension', 'oral', 'bottle'),
  drops: closed('oral drops', 'oral', 'bottle'),
  cream: closed('cream', 'cutaneous', 'tube'),
  oint: closed('ointment', 'cutaneous', 'tube'),
  gel: closed('gel', 'cutaneous', 'tube'),
  lot: closed('cutaneous solution', 'cutaneous', 'bottle'),
  eye: closed('eye drops', 'ocular', 'bottle'),
  ear: closed('ear drops', 'auricular', 'bottle'),
  nas: closed('nasal spray', 'nasal', 'bottle'),
  mouth: closed('mouthwash', 'oromucosal', 'bottle'),
  inh: closed('pressurised inhalation', 'inhalation', 'inhaler'),
  dpi: closed('inhalation powder', 'inhalation', 'inhaler'),
} as const satisfies Readonly<Record<string, Form>>;

export type FormWord = keyof typeof forms;
export const isFormWord = (word: string): word is FormWord => Object.hasOwn(forms, word);
