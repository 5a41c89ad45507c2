/** A real PostgreSQL of the test's own: fresh, on a free loopback port, fsync on. */
import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chownSync, existsSync, globSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { promisify } from 'node:util';
import pg from 'pg';
import { freePort } from './free-port.ts';

const run = promisify(execFile);
/** Milliseconds until a server that cannot be reached counts as failed. */
const START_WITHIN = 30_000;
const USER = 'vigie';
const DATABASE = 'vigie';
/** Kept output, to tell why a start failed. */
const OUTPUT_LIMIT = 10_000;

export interface Postgres {
  /** Of an empty database. */
  url: string;
  close(): Promise<void>;
}

/** Starts a PostgreSQL; `at`: a port of its own. @throws when none is installed or it does not come up. */
export async function startPostgres(at?: number): Promise<Postgres> {
  const bin = findBinaries();
  const identity = unprivileged();
  const folder = mkdtempSync(join(tmpdir(), 'vigie-postgres-'));
  if (identity !== null) chownSync(folder, identity.uid, identity.gid);
  const data = join(folder, 'data');
  const options = { ...identity, env: { ...process.env, LC_ALL: 'C.UTF-8' }, cwd: folder };
  await run(
    join(bin, 'initdb'),
    ['-D', data, '-U', USER, '--auth=trust', '-E', 'UTF8', '--no-sync'],
    options,
  );
  const port = at ?? (await freePort());
  const settings = ['listen_addresses=127.0.0.1', `unix_socket_directories=${folder}`, 'fsync=on'];
  const args = ['-D', data, '-p', String(port), ...settings.flatMap((setting) => ['-c', setting])];
  const server = spawn(join(bin, 'postgres'), args, { ...options, stdio: ['ignore', 'ignore', 'pipe'] });
  const url = (database: string): string => `postgres://${USER}@127.0.0.1:${port}/${database}`;
  const close = async (): Promise<void> => {
    if (server.exitCode === null && server.signalCode === null) {
      // Ends the sessions too.
      server.kill('SIGINT');
      await once(server, 'exit');
    }
    rmSync(folder, { recursive: true, force: true });
  };
  try {
    const client = await reached(url('postgres'), server);
    await client.query(`create database ${DATABASE}`);
    await client.end();
  } catch (error) {
    await close();
    throw error;
  }
  return { url: url(DATABASE), close };
}

/** The newest of Debian's versions, else whatever the path has. */
export function findBinaries(): string {
  const found = globSync('/usr/lib/postgresql/*/bin/postgres').sort((a, b) =>
    a.localeCompare(b, 'en', { numeric: true }),
  );
  const paths = (process.env['PATH'] ?? '').split(':').map((folder) => join(folder, 'postgres'));
  const binary = found.at(-1) ?? paths.find((path) => existsSync(path));
  if (binary === undefined)
    throw new Error('PostgreSQL is not installed (Debian: apt-get install postgresql)');
  return join(binary, '..');
}

/** PostgreSQL refuses to run as root: whom it runs as then; null = as ourselves. */
export function unprivileged(): { uid: number; gid: number } | null {
  if (process.getuid?.() !== 0) return null;
  const line = /^postgres:[^:]*:(\d+):(\d+):/m.exec(readFileSync('/etc/passwd', 'utf8'));
  if (line === null) throw new Error('there is no user named postgres');
  return { uid: Number(line[1]), gid: Number(line[2]) };
}

async function reached(url: string, server: ChildProcess): Promise<pg.Client> {
  let output = '';
  server.stderr?.setEncoding('utf8').on('data', (text: string) => {
    output = (output + text).slice(-OUTPUT_LIMIT);
  });
  for (const until = performance.now() + START_WITHIN; ; await delay(50)) {
    const client = new pg.Client({ connectionString: url });
    try {
      await client.connect();
      return client;
    } catch (error) {
      await client.end().catch(() => undefined);
      const ended = server.exitCode !== null;
      if (ended || performance.now() > until)
        throw new Error(`PostgreSQL does not start:\n${output}`, { cause: error });
    }
  }
}
