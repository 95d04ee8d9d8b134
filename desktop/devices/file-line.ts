import { constants, type FileHandle, open } from 'node:fs/promises';
import { Duplex } from 'node:stream';
import { setTimeout as wait } from 'node:timers/promises';
import { type Line, lineOn } from './line.ts';
import type { NotReady } from './printer.ts';

/** A printer that the system shows as a file: a USB one under Linux is `/dev/usb/lp0`. */
export async function openFileLine(path: string): Promise<Line | NotReady> {
  const opened = await openDevice(path);
  return 'code' in opened
    ? opened
    : lineOn(streamOf(opened), { chunkBytes: CHUNK_BYTES, saysGoodbye: false });
}

/** Why a device cannot be opened, from the system's own word for it. */
export function notReadyFrom(code: string | undefined): NotReady {
  if (code === 'EACCES' || code === 'EPERM') return { code: 'no-permission' };
  return { code: code === 'EBUSY' ? 'refused' : 'offline' };
}

const CHUNK_BYTES = 1024;
/** How often a device that was not ready is tried again. */
const AGAIN_MS = 5;

async function openDevice(path: string): Promise<FileHandle | NotReady> {
  // Without O_NONBLOCK a printer that takes nothing would hold a thread of the whole process for ever.
  const flags = constants.O_RDWR | (constants.O_NONBLOCK ?? 0) | (constants.O_NOCTTY ?? 0);
  try {
    return await open(path, flags);
  } catch (problem) {
    return notReadyFrom(codeOf(problem));
  }
}

function streamOf(device: FileHandle): Duplex {
  let closing = false;
  /** Undefined where the device is not ready now, or has nothing to say. */
  const tryNow = async <T>(job: () => Promise<T>): Promise<T | undefined> => {
    try {
      return await job();
    } catch (problem) {
      if (codeOf(problem) === 'EAGAIN') return undefined;
      throw problem;
    }
  };
  return new Duplex({
    write(chunk: Buffer, _encoding, done) {
      const all = async () => {
        let at = 0;
        while (at < chunk.length && !closing) {
          const written = await tryNow(() => device.write(chunk, at, chunk.length - at, null));
          if (written === undefined) await wait(AGAIN_MS);
          else at += written.bytesWritten;
        }
      };
      all().then(() => done(), done);
    },
    read(size) {
      const some = async () => {
        const buffer = Buffer.alloc(Math.min(size, 64));
        while (!closing) {
          const got = await tryNow(() => device.read(buffer, 0, buffer.length, null));
          // A device that has said everything reads as an empty file; it is still there.
          if (got && got.bytesRead > 0) return this.push(buffer.subarray(0, got.bytesRead));
          await wait(AGAIN_MS);
        }
        return false;
      };
      some().catch((problem) => this.destroy(problem));
    },
    destroy(problem, done) {
      closing = true;
      device.close().then(() => done(problem), done);
    },
  });
}

const codeOf = (problem: unknown): string =>
  problem instanceof Error && 'code' in problem ? String(problem.code) : '';
