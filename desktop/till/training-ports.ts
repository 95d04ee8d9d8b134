import { trainingLabel } from '#shared/catalog/label-training.ts';
import { err } from '#shared/kernel/result.ts';
import type { ReceiptDoc } from '#shared/sales/receipt.ts';
import { type TrainingWords, trainingLine, trainingPaper } from '#shared/sales/receipt-training.ts';
import type { Pins } from './pins.ts';
import type {
  CardTerminal,
  HungDevices,
  LabelPrinter,
  PaperMaker,
  PoleDisplay,
  Practice,
  ReceiptPrinter,
  TillPorts,
} from './ports.ts';

type Given = {
  readonly practice: Practice;
  readonly words: TrainingWords;
  /** Those of the real till: a PIN guessed wrong in training counts as it does everywhere. */
  readonly pins: Pins;
};

/**
 * What a till to practise on is given in place of the real one's ports. Each is named here, none is passed on by itself: a
 * port that is new stays out until somebody has said what it does in training. Nothing reaches HQ, a card terminal, a
 * fiscal device, a drive or the drawer, and every paper is marked before it reaches its printer.
 */
export function trainingPorts(real: TillPorts, { practice, words, pins }: Given): TillPorts {
  const { vault, subjectKeys } = practice;
  const { clock, uptime, random, log, version, supportFiles } = real;
  const hung: HungDevices = real.setup?.now() ?? real;
  return {
    ...{ clock, uptime, random, log, version, supportFiles, vault, subjectKeys },
    training: { pins },
    printer: markedPrinter(real.printer, words),
    labels: hung.labels && markedLabels(hung.labels, words),
    papers: real.papers && markedPapers(real.papers, words),
    display: hung.display && markedDisplay(hung.display),
    scale: hung.scale,
    terminal: hung.terminal && practiceTerminal(),
    fetch: () => Promise.reject(new Error('a training has no network')),
    backUp: async () => err('not-writable'),
    restore: () => Promise.reject(new Error('a training is no place to restore a backup to')),
    findBackups: () => [],
    drives: () => [],
  };
}

function markedPrinter(printer: ReceiptPrinter, words: TrainingWords): ReceiptPrinter {
  const marked = (doc: ReceiptDoc) => trainingPaper(doc, words);
  const { file } = printer;
  return {
    get name() {
      return printer.name;
    },
    get secondName() {
      return printer.secondName ?? null;
    },
    print: (doc) => printer.print(marked(doc)),
    openDrawer: async () => ({ state: 'printed' }),
    preview: (doc) => printer.preview(marked(doc)),
    ...(file && { file: (doc, wish) => file(marked(doc), wish) }),
  };
}

function markedLabels({ name, dotsPerMm, print, preview }: LabelPrinter, words: TrainingWords): LabelPrinter {
  const line = trainingLine(words);
  return {
    ...{ name, dotsPerMm },
    print: (labels) =>
      print(labels.map(({ layout, copies }) => ({ copies, layout: trainingLabel(layout, line) }))),
    preview: (layout) => preview(trainingLabel(layout, line)),
  };
}

const markedPapers = ({ invoice }: PaperMaker, words: TrainingWords): PaperMaker => ({
  invoice: (doc) => invoice({ ...doc, mark: trainingLine(words) }),
});

/** In English: what most displays have no letters for would come out as question marks. */
const markedDisplay = ({ show, ...display }: PoleDisplay): PoleDisplay => ({
  ...display,
  show: ([, ...lower]) => show(['TRAINING', ...lower]),
});

/** Approves everything at once and moves nothing. */
function practiceTerminal(): CardTerminal {
  const approve = async () => ({ code: 'approved', reference: 'TRAINING' }) as const;
  return { name: 'training', charge: approve, refund: approve, ask: approve };
}
