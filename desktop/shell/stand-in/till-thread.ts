/**
 * Runs inside the thread that stands in for a utility process: gives the module the `process.parentPort` it would
 * have there, loads it, and only then lets the waiting messages in.
 */
import { EventEmitter } from 'node:events';
import { parentPort, workerData } from 'node:worker_threads';
import { type Envelope, PortStandIn } from './port.ts';

const { modulePath }: { readonly modulePath: string } = workerData;
const events = new EventEmitter();
const shell = Object.assign(events, { postMessage: (data: unknown) => parentPort?.postMessage(data) });
Object.defineProperty(process, 'parentPort', { value: shell });
await import(modulePath);
parentPort?.on('message', ({ data, ports }: Envelope) => {
  events.emit('message', { data, ports: ports.map((port) => new PortStandIn(port)) });
});
