/** Places where writing ends soon, and can be made to go on. */
import { execFileSync } from 'node:child_process';
import { rmSync, statfsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

export interface SmallDisk extends Disposable {
  /** A command that runs the server's command within the limit. */
  wrapper: string[];
  /** Lets the process write again. */
  makeRoom(pid: number): void;
}

/**
 * A file system of its own of which `free` bytes are left.
 * @throws where mounting is not allowed.
 */
export function smallFileSystem(path: string, size: number): SmallDisk & { fill(free: number): void } {
  execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${size}`, 'tmpfs', path], { stdio: 'pipe' });
  const ballast = join(path, 'ballast');
  return {
    wrapper: [],
    fill(free) {
      const { bavail, bsize } = statfsSync(path);
      writeFileSync(ballast, Buffer.alloc(Math.max(0, bavail * bsize - free), 1));
    },
    makeRoom: () => rmSync(ballast),
    [Symbol.dispose]: () => execFileSync('umount', ['-l', path]),
  };
}

/** No file of the process may grow beyond `size` bytes; needs no privilege. */
export function smallFiles(size: number): SmallDisk {
  return {
    wrapper: ['prlimit', `--fsize=${size}:unlimited`],
    makeRoom: (pid) => execFileSync('prlimit', ['--pid', String(pid), '--fsize=unlimited']),
    [Symbol.dispose]: () => undefined,
  };
}
