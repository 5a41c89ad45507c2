/** A real Docker engine of the test's own, without network and images from elsewhere: BusyBox is all there is. */
import { copyFileSync, existsSync, mkdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { isInstalled, runProgram } from '../program.ts';
import { tempFolder } from '../temp-folder.ts';
import { startForeground } from './foreground-server.ts';

/** BusyBox's programs that containers of tests use. */
const PROGRAMS = ['sh', 'sleep', 'true', 'false'];
const BUSYBOX = '/bin/busybox';

export interface DockerEngine extends AsyncDisposable {
  /** `unix:///.../docker.sock` */
  url: string;
  /** Runs Docker's own client against it. @throws with what it said. */
  docker(...args: string[]): Promise<string>;
  /** Starts a container that runs a script of the shell. */
  run(name: string, script: string, ...options: string[]): Promise<void>;
  stop(): Promise<void>;
}

/** Why none can be started here; null = nothing is known against it. */
export function dockerObstacle(): string | null {
  if (!isInstalled('dockerd') || !isInstalled('docker')) return 'Docker is not installed (Debian: docker.io)';
  if (!existsSync(BUSYBOX)) return 'BusyBox is not installed (Debian: busybox-static)';
  return process.getuid?.() === 0 ? null : 'a Docker engine is started by root only';
}

/** Starts one. @throws with its output when it does not start. */
export async function startDocker(): Promise<DockerEngine> {
  const folder = tempFolder('docker');
  const at = (name: string): string => join(folder.path, name);
  const url = `unix://${at('docker.sock')}`;
  const server = await startForeground({
    command: [
      'dockerd',
      ...['--data-root', at('data'), '--exec-root', at('exec'), '--pidfile', at('pid'), '-H', url],
      ...['--storage-driver', 'vfs', '--iptables=false', '--ip6tables=false', '--bridge=none'],
      ...['--ip-forward=false', '--ip-masq=false'],
    ],
    ready: (output) => output.includes('API listen on'),
  });
  const docker = async (...args: string[]): Promise<string> => {
    const { code, output } = await runProgram(['docker', '-H', url, ...args]);
    if (code !== 0) throw new Error(`docker ${args[0]}: ${output}`);
    return output;
  };
  const stop = async (): Promise<void> => {
    if (server.isRunning()) await removeAll(docker);
    await server.stop();
    await runProgram(['umount', at('exec/netns/default')]);
    folder[Symbol.dispose]();
  };
  try {
    await makeImage(at('root'), docker);
  } catch (error) {
    await stop();
    throw error;
  }
  return {
    url,
    docker,
    async run(name, script, ...options) {
      await docker(
        'run',
        '-d',
        '--network',
        'none',
        '--name',
        name,
        ...options,
        'busybox',
        'sh',
        '-c',
        script,
      );
    },
    stop,
    [Symbol.asyncDispose]: stop,
  };
}

async function makeImage(root: string, docker: DockerEngine['docker']): Promise<void> {
  mkdirSync(join(root, 'bin'), { recursive: true });
  copyFileSync(BUSYBOX, join(root, 'bin/busybox'));
  for (const program of PROGRAMS) symlinkSync('busybox', join(root, 'bin', program));
  await runProgram(['tar', '-cf', `${root}.tar`, '-C', root, '.']);
  await docker('import', `${root}.tar`, 'busybox');
}

async function removeAll(docker: DockerEngine['docker']): Promise<void> {
  const ids = (await docker('ps', '-aq')).split('\n').filter((id) => id !== '');
  if (ids.length > 0) await docker('rm', '-f', ...ids);
}
