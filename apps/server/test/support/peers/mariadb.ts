/** A real MariaDB of the test's own. */
import { chownSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createConnection } from 'mysql2/promise';
import { freePort } from '../free-port.ts';
import { isInstalled, runProgram } from '../program.ts';
import { tempFolder } from '../temp-folder.ts';
import { startForeground } from './foreground-server.ts';

export interface MariaDb extends AsyncDisposable {
  port: number;
  /** Runs statements as its administrator, one after the other; gives the rows of the last. */
  admin(...statements: string[]): Promise<unknown>;
  stop(): Promise<void>;
}

/** Starts one with an administrator `root` without password; `options` are the server's own, such as `--server-id=2`. */
export async function startMariaDb(...options: string[]): Promise<MariaDb> {
  if (!isInstalled('mariadbd'))
    throw new Error('MariaDB is not installed (Debian: apt-get install mariadb-server)');
  const folder = tempFolder('mariadb');
  const user = /^mysql:[^:]*:(\d+):(\d+):/m.exec(readFileSync('/etc/passwd', 'utf8'));
  const isRoot = process.getuid?.() === 0;
  if (isRoot && user !== null) chownSync(folder.path, Number(user[1]), Number(user[2]));
  const as = isRoot ? ['--user=mysql'] : [];
  const data = `--datadir=${join(folder.path, 'data')}`;
  const install = [
    '--no-defaults',
    ...as,
    data,
    '--auth-root-authentication-method=normal',
    '--skip-test-db',
  ];
  const { code, output } = await runProgram(['mariadb-install-db', ...install]);
  if (code !== 0) throw new Error(`mariadb-install-db failed:\n${output}`);
  const port = await freePort();
  const place = [`--port=${port}`, '--bind-address=127.0.0.1', `--socket=${join(folder.path, 'socket')}`];
  const server = await startForeground({
    command: [
      'mariadbd',
      '--no-defaults',
      ...as,
      data,
      ...place,
      '--innodb-flush-log-at-trx-commit=0',
      ...options,
    ],
    ready: (text) => text.includes('ready for connections'),
  });
  const stop = async (): Promise<void> => {
    await server.stop();
    folder[Symbol.dispose]();
  };
  return {
    port,
    async admin(...statements) {
      const connection = await createConnection({ host: '127.0.0.1', port, user: 'root' });
      try {
        let rows: unknown;
        for (const statement of statements) [rows] = await connection.query(statement);
        return rows;
      } finally {
        await connection.end();
      }
    },
    stop,
    [Symbol.asyncDispose]: stop,
  };
}
