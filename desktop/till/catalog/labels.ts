import { z } from 'zod';
import { codeForLabel } from '#shared/catalog/label-code.ts';
import { shelfLabel } from '#shared/catalog/label-defaults.ts';
import { type LabelLayout, type LabelValues, layoutLabel } from '#shared/catalog/label-layout.ts';
import {
  type LabelTemplate,
  type LabelTemplateError,
  parseLabelTemplate,
} from '#shared/catalog/label-template.ts';
import { unitPrice } from '#shared/catalog/unit-price.ts';
import { firstToGo, type PricedPack } from '#shared/sales/cart-pricing.ts';
import { amountText } from '#shared/sales/receipt-amount.ts';
import { currencySymbol } from '#shared/sales/receipt-of-sale.ts';
import { receiptWords } from '#shared/sales/receipt-words.ts';
import type { Counter } from '../counter.ts';
import { editSetting } from '../edit-setting.ts';
import type { LabelPrinter } from '../ports.ts';
import { refuse } from '../refuse.ts';
import type { Sessions } from '../sessions.ts';

type Deps = {
  readonly counter: Counter;
  readonly sessions: Sessions;
  /** Another once somebody chose so. */
  readonly printer: () => LabelPrinter | undefined;
};
type Wanted = { readonly packId: string; readonly copies: number };

/** Shelf labels of this store's packs, at today's prices. */
export function createLabelDesk({ counter, sessions, printer }: Deps) {
  const { db } = counter;
  const codesOf = db
    .prepare<[string], string>(`SELECT code FROM pack_code WHERE pack_id = ? AND NOT deleted ORDER BY code`)
    .pluck();
  const underWay = new Map<string, Promise<z.infer<typeof printed>>>();

  const signedIn = (): void => {
    if (!sessions.read(counter)) refuse({ code: 'NOT_SIGNED_IN' });
  };
  const device = (): LabelPrinter =>
    printer() ?? refuse({ code: 'NOT_PRINTED', state: 'failed', reason: 'no-printer' });
  const saved = (): string => counter.setting('catalog.label-template') || shelfLabel;

  function layOut(packId: string, template: LabelTemplate): LabelLayout {
    const pack = counter.packs.find(packId, counter.today().business) ?? refuse({ code: 'NOT_FOUND' });
    return placed(template, valuesOf(counter, { pack, codes: codesOf.all(packId) }));
  }

  function placed(template: LabelTemplate, values: LabelValues): LabelLayout {
    const laid = layoutLabel(template, values, device().dotsPerMm);
    if (laid.ok) return laid.value;
    const { code: problem, text } = laid.error;
    return refuse({ code: 'DOES_NOT_FIT', problem, name: values.name, text });
  }

  async function send(commandId: string, wanted: readonly Wanted[]) {
    const template = readTemplate(saved());
    const labels = wanted.map(({ packId, copies }) => ({ layout: layOut(packId, template), copies }));
    const outcome = await device().print(labels);
    if (outcome.state !== 'printed')
      return refuse({ code: 'NOT_PRINTED', state: outcome.state, reason: outcome.reason });
    const count = wanted.reduce((sum, { copies }) => sum + copies, 0);
    const answer = { printed: count, printer: device().name };
    counter.once.keep('labels', commandId, answer);
    return answer;
  }

  return {
    /** Of a pack, or of a sample that has everything a label may say. */
    preview(packId: string | undefined, source: string | undefined) {
      signedIn();
      const template = readTemplate(source ?? saved());
      const layout = packId === undefined ? placed(template, sampleOf(counter)) : layOut(packId, template);
      return device().preview(layout);
    },

    /** A command repeated after its labels came out prints none again; one that failed is tried again. */
    async print(commandId: string, wanted: readonly Wanted[]): Promise<z.infer<typeof printed>> {
      signedIn();
      const before = counter.once.answered(commandId, printed);
      if (before) return before;
      const running = underWay.get(commandId);
      if (running) return running;
      const started = send(commandId, wanted).finally(() => underWay.delete(commandId));
      underWay.set(commandId, started);
      return started;
    },

    template: saved,

    /** Only a template that can be read is kept. */
    saveTemplate(commandId: string, template: string): Record<string, never> {
      readTemplate(template);
      const edit = { commandId, key: 'catalog.label-template', value: template, before: saved() } as const;
      editSetting(counter, sessions, edit);
      return {};
    },
  };
}

const printed = z.object({ printed: z.int(), printer: z.string() });

function readTemplate(source: string): LabelTemplate {
  const read = parseLabelTemplate(source);
  return read.ok ? read.value : refuse({ code: 'BAD_TEMPLATE', ...problemOf(read.error) });
}

const problemOf = (error: LabelTemplateError) => ({
  problem: error.code,
  line: 'line' in error ? error.line : null,
  word: 'word' in error ? error.word : 'what' in error ? error.what : null,
});

/** A pack of nobody's, with something for every field. */
function sampleOf(counter: Counter): LabelValues {
  const money = moneyOf(counter);
  return {
    ...{ name: 'Paracetamol 500 mg', pack: '16 × 500 mg', price: money(1_234, 0) },
    ...{ unitPrice: `${money(77, 0)} / 1`, code: '5901234123457', batch: 'B12', expiry: '03/2028' },
  };
}

/** An amount as labels of this store write it; with `extraDigits` beyond the currency's own. */
function moneyOf(counter: Counter): (amount: number, extraDigits: number) => string {
  const shop = counter.shop();
  const language = shop.language === 'fr' || shop.language === 'ar' ? shop.language : 'en';
  const { numbers } = receiptWords[language];
  const symbol = currencySymbol(shop.currency, language);
  return (amount, extraDigits) =>
    symbol + amountText(amount, { ...numbers, minorDigits: shop.minorDigits + extraDigits });
}

/** What the label says of a pack; batch and expiry are of the one that goes first. */
function valuesOf(
  counter: Counter,
  { pack, codes }: { readonly pack: PricedPack; readonly codes: readonly string[] },
): LabelValues {
  const { packId, name, label, priceMinor, packSize, baseUnit } = pack;
  if (priceMinor === null) return refuse({ code: 'NO_PRICE', packId, name });
  const money = moneyOf(counter);
  const unit = unitPrice(priceMinor, packSize);
  const day = { on: counter.today().date, minShelfLifeDays: counter.shop().minShelfLifeDays };
  const first = firstToGo(counter.batches.ofPack(packId), day);
  return {
    name,
    pack: label,
    price: money(priceMinor, 0),
    unitPrice: unit ? `${money(unit.amount, unit.extraDigits)} / ${baseUnit}` : '',
    code: codeForLabel(codes),
    batch: first?.code ?? '',
    expiry: first ? `${first.expiresOn.slice(5, 7)}/${first.expiresOn.slice(0, 4)}` : '',
  };
}
