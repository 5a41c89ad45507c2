/** A standby of a real PostgreSQL: its own copy, streaming from it. */
import { chownSync } from 'node:fs';
import { join } from 'node:path';
import { freePort } from '../free-port.ts';
import { findBinaries, unprivileged } from '../postgres.ts';
import { runProgram } from '../program.ts';
import { tempFolder } from '../temp-folder.ts';
import { startForeground } from './foreground-server.ts';

export interface Standby extends AsyncDisposable {
  /** Of the same database and user as the primary's. */
  url: string;
}

/** Copies a primary and follows it through a new slot of this name. */
export async function startStandby(primary: string, slot: string): Promise<Standby> {
  const folder = tempFolder('standby');
  const identity = unprivileged();
  if (identity !== null) chownSync(folder.path, identity.uid, identity.gid);
  // PostgreSQL refuses to run as root.
  const as =
    identity === null
      ? []
      : ['setpriv', `--reuid=${identity.uid}`, `--regid=${identity.gid}`, '--clear-groups'];
  const program = (name: string): string => join(findBinaries(), name);
  const data = join(folder.path, 'data');
  const copy = [
    '-d',
    primary,
    '-D',
    data,
    '-R',
    '-X',
    'stream',
    '-C',
    '-S',
    slot,
    '--checkpoint=fast',
    '--no-sync',
  ];
  const { code, output } = await runProgram([...as, program('pg_basebackup'), ...copy], { cwd: folder.path });
  if (code !== 0) throw new Error(`pg_basebackup failed:\n${output}`);
  const port = await freePort();
  const settings = ['-c', 'listen_addresses=127.0.0.1', '-c', `unix_socket_directories=${folder.path}`];
  const [command = '', ...args] = [...as, program('postgres'), '-D', data, '-p', String(port), ...settings];
  const server = await startForeground({
    command: [command, ...args],
    env: { ...process.env, LC_ALL: 'C.UTF-8' },
    cwd: folder.path,
    ready: (text) =>
      text.includes('ready to accept read-only connections') && text.includes('started streaming'),
  });
  const url = new URL(primary);
  url.port = String(port);
  return {
    url: url.href,
    async [Symbol.asyncDispose]() {
      // Ends the sessions too.
      server.signal('SIGINT');
      await server.stop();
      folder[Symbol.dispose]();
    },
  };
}
