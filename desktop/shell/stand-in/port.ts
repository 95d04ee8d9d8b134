import { EventEmitter } from 'node:events';
import { MessageChannel, type MessagePort, type TransferListItem } from 'node:worker_threads';

/** Stands in for Electron's MessagePortMain over a port of worker_threads: silent until `start`, as the real one. */
export class PortStandIn extends EventEmitter {
  readonly raw: MessagePort;

  constructor(raw: MessagePort) {
    super();
    this.raw = raw;
    raw.once('close', () => this.emit('close'));
  }

  start(): void {
    this.raw.on('message', (data: unknown) => this.emit('message', { data, ports: [] }));
  }

  postMessage(data: unknown): void {
    this.raw.postMessage(data);
  }

  close(): void {
    this.raw.close();
  }
}

/** Stands in for MessageChannelMain. */
export class ChannelStandIn {
  readonly port1: PortStandIn;
  readonly port2: PortStandIn;

  constructor() {
    const { port1, port2 } = new MessageChannel();
    this.port1 = new PortStandIn(port1);
    this.port2 = new PortStandIn(port2);
  }
}

/** A message with ports between two threads; Electron keeps the ports beside the data, worker_threads within it. */
export type Envelope = { readonly data: unknown; readonly ports: readonly MessagePort[] };

type Postable = { postMessage(value: unknown, transfer?: readonly TransferListItem[]): void };

export function postEnvelope(to: Postable, data: unknown, ports: readonly PortStandIn[] = []): void {
  const raw = ports.map((port) => port.raw);
  to.postMessage({ data, ports: raw } satisfies Envelope, raw);
}
