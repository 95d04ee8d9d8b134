/**
 * The GS1 Application Identifiers, their fields and what they go with, after the GS1 General Specifications §3
 * (as of the GS1 syntax dictionary of 2026-01-27; a test holds every row against a dictionary when one is at hand).
 */

/** A content rule of one field; what each means is said where it is checked, in gs1-checks.ts. */
export type FieldCheck =
  | 'checkDigit'
  | 'checkPair'
  | 'companyPrefix'
  | 'companyPrefixSecond'
  | 'dateDayZero'
  | 'date'
  | 'longDate'
  | 'hourMinute'
  | 'hour'
  | 'minute'
  | 'currency'
  | 'country'
  | 'countryOr999'
  | 'countryLetters'
  | 'percentEncoded'
  | 'zeroOrOne'
  | 'hyphen'
  | 'importerIndex'
  | 'packageType'
  | 'mediaType'
  | 'sex'
  | 'positionSlash'
  | 'nonZero'
  | 'winding'
  | 'zero'
  | 'pieceOfTotal'
  | 'iban'
  | 'noZeroPrefix'
  | 'hasNonDigit'
  | 'latitude'
  | 'longitude'
  | 'coupon';

/** Character sets: `n` digits, `x` GS1 set 82, `y` GS1 set 39, `z` base64url. */
export type Field = {
  readonly set: 'n' | 'x' | 'y' | 'z';
  readonly min: number;
  readonly max: number;
  readonly optional: boolean;
  readonly checks: readonly FieldCheck[];
};

/** AI or range of AIs, the title printed beside it, its fields in order, and how it goes with others. */
export type AiRow = readonly [ais: string, title: string, fields: readonly Field[], rule?: AiRowRule];

type AiRowRule = {
  /** Predefined length: needs no FNC1 after it. */
  readonly fixed?: true;
  /** False where a Digital Link may not carry it as a query attribute. */
  readonly link?: false;
  /** Every entry must be met by one of its AIs (`3nn` any such AI, `01+21` both). */
  readonly needs?: readonly string[];
  /** AIs that must not stand beside it. */
  readonly excludes?: string;
  /** Primary key of a Digital Link; its qualifiers in order, alternatives after `|`. */
  readonly key?: string;
};

const field =
  (set: Field['set']) =>
  (min: number, max: number, ...checks: FieldCheck[]): Field => ({ set, min, max, optional: false, checks });
const n = field('n');
const x = field('x');
const y = field('y');
const z = field('z');
const optional = (mandatory: Field): Field => ({ ...mandatory, optional: true });

const gtin = n(14, 14, 'checkDigit', 'companyPrefixSecond');
const gln = n(13, 13, 'checkDigit', 'companyPrefix');
const date = n(6, 6, 'dateDayZero');
const pieceOfTotal = n(4, 4, 'pieceOfTotal');
const country = n(3, 3, 'country');
const upToFourCountries = Array.from({ length: 4 }, () => optional(country));

/** Measures of a trade item: first three digits of the AI; the fourth is the number of decimals, 0 to 5. */
const TRADE_MEASURES = {
  '310': 'NET WEIGHT (kg)',
  '311': 'LENGTH (m)',
  '312': 'WIDTH (m)',
  '313': 'HEIGHT (m)',
  '314': 'AREA (m²)',
  '315': 'NET VOLUME (l)',
  '316': 'NET VOLUME (m³)',
  '320': 'NET WEIGHT (lb)',
  '321': 'LENGTH (in)',
  '322': 'LENGTH (ft)',
  '323': 'LENGTH (yd)',
  '324': 'WIDTH (in)',
  '325': 'WIDTH (ft)',
  '326': 'WIDTH (yd)',
  '327': 'HEIGHT (in)',
  '328': 'HEIGHT (ft)',
  '329': 'HEIGHT (yd)',
  '350': 'AREA (in²)',
  '351': 'AREA (ft²)',
  '352': 'AREA (yd²)',
  '356': 'NET WEIGHT (tr oz)',
  '357': 'NET VOLUME (oz)',
  '360': 'NET VOLUME (qt (US))',
  '361': 'NET VOLUME (gal.)',
  '364': 'NET VOLUME (in³)',
  '365': 'NET VOLUME (ft³)',
  '366': 'NET VOLUME (yd³)',
};

/** Measures of a trade item or a logistic unit, likewise. */
const LOGISTIC_MEASURES = {
  '330': 'GROSS WEIGHT (kg)',
  '331': 'LENGTH (m), log',
  '332': 'WIDTH (m), log',
  '333': 'HEIGHT (m), log',
  '334': 'AREA (m²), log',
  '335': 'VOLUME (l), log',
  '336': 'VOLUME (m³), log',
  '340': 'GROSS WEIGHT (lb)',
  '341': 'LENGTH (in), log',
  '342': 'LENGTH (ft), log',
  '343': 'LENGTH (yd), log',
  '344': 'WIDTH (in), log',
  '345': 'WIDTH (ft), log',
  '346': 'WIDTH (yd), log',
  '347': 'HEIGHT (in), log',
  '348': 'HEIGHT (ft), log',
  '349': 'HEIGHT (yd), log',
  '353': 'AREA (in²), log',
  '354': 'AREA (ft²), log',
  '355': 'AREA (yd²), log',
  '362': 'VOLUME (qt (US)), log',
  '363': 'VOLUME (gal (US)), log',
  '367': 'VOLUME (in³), log',
  '368': 'VOLUME (ft³), log',
  '369': 'VOLUME (yd³), log',
};

const measures = (titles: Readonly<Record<string, string>>, needs: string): readonly AiRow[] =>
  Object.entries(titles).map(([stem, title]) => [
    `${stem}0-${stem}5`,
    title,
    [n(6, 6)],
    { fixed: true, needs: [needs], excludes: `${stem}n` },
  ]);

// biome-ignore format: one AI, one line
const OTHERS: readonly AiRow[] = [
  ['00', 'SSCC', [n(18, 18, 'checkDigit', 'companyPrefixSecond')], { fixed: true, key: '' }],
  ['01', 'GTIN', [gtin], { fixed: true, excludes: '255,37', key: '22,10,21|235' }],
  ['02', 'CONTENT', [gtin], { fixed: true, needs: ['37'], excludes: '01,03' }],
  ['03', 'MTO GTIN', [gtin], { fixed: true, link: false, excludes: '01,02,37' }],
  ['10', 'BATCH/LOT', [x(1, 20)], { needs: ['01,02,03,8006,8026'] }],
  ['11', 'PROD DATE', [date], { fixed: true, needs: ['01,02,03,8006,8026'] }],
  ['12', 'DUE DATE', [date], { fixed: true, needs: ['8020'] }],
  ['13', 'PACK DATE', [date], { fixed: true, needs: ['01,02,03,8006,8026'] }],
  ['15', 'BEST BEFORE or BEST BY', [date], { fixed: true, needs: ['01,02,03,8006,8026'] }],
  ['16', 'SELL BY', [date], { fixed: true, needs: ['01,02,03,8006,8026'] }],
  ['17', 'USE BY or EXPIRY', [date], { fixed: true, needs: ['01,02,03,255,8006,8026'] }],
  ['20', 'VARIANT', [n(2, 2)], { fixed: true, needs: ['01,02,8006,8026'] }],
  ['21', 'SERIAL', [x(1, 20)], { link: false, needs: ['01,03,8006'], excludes: '235' }],
  ['22', 'CPV', [x(1, 20)], { link: false, needs: ['01'] }],
  ['235', 'TPX', [x(1, 28)], { link: false, needs: ['01'] }],
  ['240', 'ADDITIONAL ID', [x(1, 30)], { needs: ['01,02,8006,8026'] }],
  ['241', 'CUST. PART No.', [x(1, 30)], { needs: ['01,02,8006,8026'] }],
  ['242', 'MTO VARIANT', [n(1, 6)], { needs: ['01,02,8006,8026'] }],
  ['243', 'PCN', [x(1, 20)], { needs: ['01'] }],
  ['250', 'SECONDARY SERIAL', [x(1, 30)], { needs: ['01,8006', '21'] }],
  ['251', 'REF. TO SOURCE', [x(1, 30)], { needs: ['01,8006'] }],
  ['253', 'GDTI', [gln, optional(x(1, 17))], { key: '' }],
  ['254', 'GLN EXTENSION COMPONENT', [x(1, 20)], { link: false, needs: ['414'] }],
  ['255', 'GCN', [gln, optional(n(1, 12))], { excludes: '01,02,415,8006,8020,8026', key: '' }],
  ['30', 'VAR. COUNT', [n(1, 8)], { needs: ['01,02'] }],
  ['3370-3375', 'KG PER m²', [n(6, 6)], { fixed: true, needs: ['01'], excludes: '337n' }],
  ['37', 'COUNT', [n(1, 8)], { needs: ['00', '02,8026'] }],
  ['3900-3909', 'AMOUNT', [n(1, 15)], { needs: ['255,8020'], excludes: '390n,391n,394n,8111' }],
  ['3910-3919', 'AMOUNT', [n(3, 3, 'currency'), n(1, 15)], { needs: ['8020'], excludes: '391n' }],
  ['3920-3929', 'PRICE', [n(1, 15)], { needs: ['01', '30,31nn,32nn,35nn,36nn'], excludes: '392n,393n' }],
  ['3930-3939', 'PRICE', [n(3, 3, 'currency'), n(1, 15)], { needs: ['30,31nn,32nn,35nn,36nn'], excludes: '393n' }],
  ['3940-3943', 'PRCNT OFF', [n(4, 4)], { needs: ['255'], excludes: '394n,8111' }],
  ['3950-3955', 'PRICE/UoM', [n(6, 6)], { needs: ['30,31nn,32nn,35nn,36nn'], excludes: '392n,393n,395n,8005' }],
  ['400', 'ORDER NUMBER', [x(1, 30)]],
  ['401', 'GINC', [x(1, 30, 'companyPrefix')], { key: '' }],
  ['402', 'GSIN', [n(17, 17, 'checkDigit', 'companyPrefix')], { key: '' }],
  ['403', 'ROUTE', [x(1, 30)], { needs: ['00'] }],
  ['410', 'SHIP TO LOC', [gln], { fixed: true }],
  ['411', 'BILL TO', [gln], { fixed: true }],
  ['412', 'PURCHASE FROM', [gln], { fixed: true }],
  ['413', 'SHIP FOR LOC', [gln], { fixed: true }],
  ['414', 'LOC No.', [gln], { fixed: true, key: '254|7040' }],
  ['415', 'PAY TO', [gln], { fixed: true, needs: ['8020'], key: '8020' }],
  ['416', 'PROD/SERV LOC', [gln], { fixed: true }],
  ['417', 'PARTY', [gln], { fixed: true, key: '7040' }],
  ['420', 'SHIP TO POST', [x(1, 20)], { excludes: '421' }],
  ['421', 'SHIP TO POST', [country, x(1, 9)], { excludes: '4307' }],
  ['422', 'ORIGIN', [country], { needs: ['01,02,8006,8026'], excludes: '426' }],
  ['423', 'COUNTRY - INITIAL PROCESS', [country, ...upToFourCountries], { needs: ['01,02'], excludes: '426' }],
  ['424', 'COUNTRY - PROCESS', [country], { needs: ['01,02'], excludes: '426' }],
  ['425', 'COUNTRY - DISASSEMBLY', [country, ...upToFourCountries], { needs: ['01,02'], excludes: '426' }],
  ['426', 'COUNTRY - FULL PROCESS', [country], { needs: ['01,02'] }],
  ['427', 'ORIGIN SUBDIVISION', [x(1, 3)], { needs: ['01,02', '422'] }],
  ['4300', 'SHIP TO COMP', [x(1, 35, 'percentEncoded')], { needs: ['00'] }],
  ['4301', 'SHIP TO NAME', [x(1, 35, 'percentEncoded')], { needs: ['00'] }],
  ['4302', 'SHIP TO ADD1', [x(1, 70, 'percentEncoded')], { needs: ['00'] }],
  ['4303', 'SHIP TO ADD2', [x(1, 70, 'percentEncoded')], { needs: ['4302'] }],
  ['4304', 'SHIP TO SUB', [x(1, 70, 'percentEncoded')], { needs: ['00'] }],
  ['4305', 'SHIP TO LOC', [x(1, 70, 'percentEncoded')], { needs: ['00'] }],
  ['4306', 'SHIP TO REG', [x(1, 70, 'percentEncoded')], { needs: ['00'] }],
  ['4307', 'SHIP TO COUNTRY', [x(2, 2, 'countryLetters')], { needs: ['00'] }],
  ['4308', 'SHIP TO PHONE', [x(1, 30)], { needs: ['00'] }],
  ['4309', 'SHIP TO GEO', [n(10, 10, 'latitude'), n(10, 10, 'longitude')], { needs: ['00'] }],
  ['4310', 'RTN TO COMP', [x(1, 35, 'percentEncoded')], { needs: ['00'] }],
  ['4311', 'RTN TO NAME', [x(1, 35, 'percentEncoded')], { needs: ['00'] }],
  ['4312', 'RTN TO ADD1', [x(1, 70, 'percentEncoded')], { needs: ['00'] }],
  ['4313', 'RTN TO ADD2', [x(1, 70, 'percentEncoded')], { needs: ['4312'] }],
  ['4314', 'RTN TO SUB', [x(1, 70, 'percentEncoded')], { needs: ['00'] }],
  ['4315', 'RTN TO LOC', [x(1, 70, 'percentEncoded')], { needs: ['00'] }],
  ['4316', 'RTN TO REG', [x(1, 70, 'percentEncoded')], { needs: ['00'] }],
  ['4317', 'RTN TO COUNTRY', [x(2, 2, 'countryLetters')], { needs: ['00'] }],
  ['4318', 'RTN TO POST', [x(1, 20)], { needs: ['00'] }],
  ['4319', 'RTN TO PHONE', [x(1, 30)], { needs: ['00'] }],
  ['4320', 'SRV DESCRIPTION', [x(1, 35, 'percentEncoded')], { needs: ['00'] }],
  ['4321', 'DANGEROUS GOODS', [n(1, 1, 'zeroOrOne')], { needs: ['00'] }],
  ['4322', 'AUTH TO LEAVE', [n(1, 1, 'zeroOrOne')], { needs: ['00'] }],
  ['4323', 'SIG REQUIRED', [n(1, 1, 'zeroOrOne')], { needs: ['00'] }],
  ['4324', 'NOT BEF DEL DT', [date, n(4, 4, 'hourMinute')], { needs: ['00'] }],
  ['4325', 'NOT AFT DEL DT', [date, n(4, 4, 'hourMinute')], { needs: ['00'] }],
  ['4326', 'REL DATE', [n(6, 6, 'date')], { needs: ['00'] }],
  ['4330', 'MAX TEMP F.', [n(6, 6), optional(x(1, 1, 'hyphen'))], { needs: ['00'], excludes: '4331' }],
  ['4331', 'MAX TEMP C.', [n(6, 6), optional(x(1, 1, 'hyphen'))], { needs: ['00'], excludes: '4330' }],
  ['4332', 'MIN TEMP F.', [n(6, 6), optional(x(1, 1, 'hyphen'))], { needs: ['00'], excludes: '4333' }],
  ['4333', 'MIN TEMP C.', [n(6, 6), optional(x(1, 1, 'hyphen'))], { needs: ['00'], excludes: '4332' }],
  ['7001', 'NSN', [n(13, 13)], { needs: ['01,02,8006,8026'] }],
  ['7002', 'MEAT CUT', [x(1, 30)], { needs: ['01,02'] }],
  ['7003', 'EXPIRY TIME', [n(6, 6, 'date'), n(4, 4, 'hourMinute')], { needs: ['01,02'] }],
  ['7004', 'ACTIVE POTENCY', [n(1, 4)], { needs: ['01+10'] }],
  ['7005', 'CATCH AREA', [x(1, 12)], { needs: ['01,02'] }],
  ['7006', 'FIRST FREEZE DATE', [n(6, 6, 'date')], { needs: ['01,02'] }],
  ['7007', 'HARVEST DATE', [n(6, 6, 'date'), optional(n(6, 6, 'date'))], { needs: ['01,02'] }],
  ['7008', 'AQUATIC SPECIES', [x(1, 3)], { needs: ['01,02'] }],
  ['7009', 'FISHING GEAR TYPE', [x(1, 10)], { needs: ['01,02'] }],
  ['7010', 'PROD METHOD', [x(1, 2)], { needs: ['01,02'] }],
  ['7011', 'TEST BY DATE', [n(6, 6, 'date'), optional(n(4, 4, 'hourMinute'))], { needs: ['01,02'] }],
  ['7020', 'REFURB LOT', [x(1, 20)], { needs: ['01,8006', '416'] }],
  ['7021', 'FUNC STAT', [x(1, 20)], { needs: ['01,8006'] }],
  ['7022', 'REV STAT', [x(1, 20)], { needs: ['7021'] }],
  ['7023', 'GIAI - ASSEMBLY', [x(1, 30, 'companyPrefix')]],
  ['7030-7039', 'PROCESSOR #', [n(3, 3, 'countryOr999'), x(1, 27)], { needs: ['01,02'] }],
  ['7040', 'UIC+EXT', [n(1, 1), x(1, 1), x(1, 1), x(1, 1, 'importerIndex')], { link: false }],
  ['7041', 'UFRGT UNIT TYPE', [x(1, 4, 'packageType')], { link: false, needs: ['00'] }],
  ['710', 'NHRN PZN', [x(1, 20)], { needs: ['01'] }],
  ['711', 'NHRN CIP', [x(1, 20)], { needs: ['01'] }],
  ['712', 'NHRN CN', [x(1, 20)], { needs: ['01'] }],
  ['713', 'NHRN DRN', [x(1, 20)], { needs: ['01'] }],
  ['714', 'NHRN AIM', [x(1, 20)], { needs: ['01'] }],
  ['715', 'NHRN NDC', [x(1, 20)], { needs: ['01'] }],
  ['716', 'NHRN AIC', [x(1, 20)], { needs: ['01'] }],
  ['717', 'NHRN SRN', [x(1, 20)], { needs: ['01'] }],
  ['7230-7239', 'CERT #', [x(2, 2), x(1, 28)], { needs: ['01,8004'] }],
  ['7240', 'PROTOCOL', [x(1, 20)], { needs: ['01,8006'] }],
  ['7241', 'AIDC MEDIA TYPE', [n(2, 2, 'mediaType')], { needs: ['8017,8018'] }],
  ['7242', 'VCN', [x(1, 25)], { needs: ['8017,8018'] }],
  ['7250', 'DOB', [n(8, 8, 'longDate')], { needs: ['8018'], excludes: '7251' }],
  ['7251', 'DOB TIME', [n(8, 8, 'longDate'), n(4, 4, 'hourMinute')], { needs: ['8018'], excludes: '7250' }],
  ['7252', 'BIO SEX', [n(1, 1, 'sex')], { needs: ['8018'] }],
  ['7253', 'FAMILY NAME', [x(1, 40, 'percentEncoded')], { needs: ['8017,8018'], excludes: '7256,7259' }],
  ['7254', 'GIVEN NAME', [x(1, 40, 'percentEncoded')], { needs: ['8017,8018'], excludes: '7256,7259' }],
  ['7255', 'SUFFIX', [x(1, 10)], { needs: ['8017,8018'], excludes: '7256,7259' }],
  ['7256', 'FULL NAME', [x(1, 90, 'percentEncoded')], { needs: ['8017,8018'] }],
  ['7257', 'PERSON ADDR', [x(1, 70, 'percentEncoded')], { needs: ['8018'] }],
  ['7258', 'BIRTH SEQUENCE', [x(3, 3, 'positionSlash')], { needs: ['8018+7259'] }],
  ['7259', 'BABY', [x(1, 40, 'percentEncoded')], { needs: ['8018'], excludes: '7256' }],
  ['8001', 'DIMENSIONS', [n(4, 4, 'nonZero'), n(5, 5, 'nonZero'), n(3, 3, 'nonZero'), n(1, 1, 'winding'), n(1, 1)], { needs: ['01'] }],
  ['8002', 'CMT No.', [x(1, 20)]],
  ['8003', 'GRAI', [n(1, 1, 'zero'), gln, optional(x(1, 16))], { key: '' }],
  ['8004', 'GIAI', [x(1, 30, 'companyPrefix')], { key: '7040' }],
  ['8005', 'PRICE PER UNIT', [n(6, 6)], { needs: ['01,02'] }],
  ['8006', 'ITIP', [gtin, pieceOfTotal], { excludes: '01,37', key: '22,10,21' }],
  ['8007', 'IBAN', [x(1, 34, 'iban')], { needs: ['415'] }],
  ['8008', 'PROD TIME', [n(6, 6, 'date'), n(2, 2, 'hour'), optional(n(2, 2, 'minute')), optional(n(2, 2, 'minute'))], { needs: ['01,02'] }],
  ['8009', 'OPTSEN', [x(1, 50)], { needs: ['00,01'] }],
  ['8010', 'CPID', [y(1, 30, 'companyPrefix')], { key: '8011' }],
  ['8011', 'CPID SERIAL', [n(1, 12, 'noZeroPrefix')], { link: false, needs: ['8010'] }],
  ['8012', 'VERSION', [x(1, 20)], { needs: ['01,8006'] }],
  ['8013', 'GMN', [x(1, 25, 'checkPair', 'companyPrefix')], { key: '' }],
  ['8014', 'MUDI', [x(1, 25, 'checkPair', 'companyPrefix', 'hasNonDigit')], { link: false, needs: ['01'] }],
  ['8017', 'GSRN - PROVIDER', [n(18, 18, 'checkDigit', 'companyPrefix')], { excludes: '8018', key: '8019' }],
  ['8018', 'GSRN - RECIPIENT', [n(18, 18, 'checkDigit', 'companyPrefix')], { excludes: '8017', key: '8019' }],
  ['8019', 'SRIN', [n(1, 10)], { link: false, needs: ['8017,8018'] }],
  ['8020', 'REF No.', [x(1, 25)], { link: false, needs: ['415'] }],
  ['8026', 'ITIP CONTENT', [gtin, pieceOfTotal], { needs: ['37'], excludes: '02,8006' }],
  ['8030', 'DIGSIG', [z(1, 90)], { needs: ['00,01+21,253,255,8003,8004,8006+21,8010+8011,8017,8018'] }],
  ['8040', 'IMEI', [n(15, 15)], { link: false, needs: ['01+21'] }],
  ['8041', 'IMEI2', [n(15, 15)], { link: false, needs: ['01+21+8040'] }],
  ['8042', 'ESIM', [n(32, 32)], { link: false, needs: ['01+21+8040'] }],
  ['8043', 'PSIM', [n(18, 18), optional(n(1, 2))], { link: false, needs: ['01+21+8040'] }],
  ['8110', '', [x(1, 70, 'coupon')]],
  ['8111', 'POINTS', [n(4, 4)], { needs: ['255'] }],
  ['8112', '', [x(1, 70, 'coupon')]],
  ['8200', 'PRODUCT URL', [x(1, 70)], { link: false, needs: ['01'] }],
  ['90', 'INTERNAL', [x(1, 30)]],
  ['91-99', 'INTERNAL', [x(1, 90)]],
];

/** All rows; ranges are expanded by gs1-ais.ts. */
export const AI_ROWS: readonly AiRow[] = [
  ...OTHERS,
  ...measures(TRADE_MEASURES, '01,02'),
  ...measures(LOGISTIC_MEASURES, '00,01'),
];
