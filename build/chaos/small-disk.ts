import { spawnSync } from 'node:child_process';
import { mkdirSync, statfsSync } from 'node:fs';

/** A disk of its own for one till, in memory, that can be full. */
export type SmallDisk = {
  /** Leaves no free block; what is there stays. */
  readonly fill: () => void;
  readonly free: () => void;
  readonly unmount: () => void;
};

const SIZE = 1024 ** 3;

/** Mounts a tmpfs on the folder; null where that is not allowed (it wants root on Linux). */
export function mountSmallDisk(folder: string): SmallDisk | null {
  mkdirSync(folder, { recursive: true });
  if (!mount(['-t', 'tmpfs', '-o', `size=${SIZE}`, 'tmpfs', folder])) return null;
  const resize = (bytes: number) => mount(['-o', `remount,size=${bytes}`, folder]);
  return {
    fill() {
      const { bsize, blocks, bfree } = statfsSync(folder);
      resize((blocks - bfree) * bsize);
    },
    free: () => void resize(SIZE),
    unmount: () => void spawnSync('umount', ['-l', folder]),
  };
}

const mount = (args: readonly string[]): boolean =>
  process.platform === 'linux' && spawnSync('mount', [...args], { stdio: 'ignore' }).status === 0;
