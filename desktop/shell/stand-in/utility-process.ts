import { EventEmitter } from 'node:events';
import { Worker } from 'node:worker_threads';
import { type PortStandIn, postEnvelope } from './port.ts';

/** Stands in for a utility process: a thread, which can be killed as hard, and to which ports can be sent. */
export class UtilityProcessStandIn extends EventEmitter {
  readonly #thread: Worker;

  constructor(modulePath: string) {
    super();
    this.#thread = new Worker(new URL('./till-thread.ts', import.meta.url), {
      workerData: { modulePath },
      execArgv: [],
      stderr: true, // an uncaught error of a thread is what some tests are about
    });
    this.#thread.on('message', (data) => this.emit('message', data));
    this.#thread.on('error', () => {}); // the exit code says it, as with a process
    this.#thread.once('exit', (code) => this.emit('exit', code));
  }

  postMessage(data: unknown, ports: readonly PortStandIn[] = []): void {
    postEnvelope(this.#thread, data, ports);
  }

  kill(): boolean {
    void this.#thread.terminate();
    return true;
  }
}
