/** A real MongoDB of the test's own, where one is installed: Debian has none. */
import { MongoClient } from 'mongodb';
import { freePort } from '../free-port.ts';
import { isInstalled } from '../program.ts';
import { tempFolder } from '../temp-folder.ts';
import { startForeground } from './foreground-server.ts';

export interface MongoServer extends AsyncDisposable {
  port: number;
  stop(): Promise<void>;
}

/** Why there can be no MongoDB here; null = there can. */
export function noMongo(): string | null {
  return isInstalled('mongod') ? null : 'mongod is not installed (Debian has no package of it)';
}

/** Starts one with the users `watcher` (clusterMonitor) and `stranger` (no role), both with the password `right`. */
export async function startMongo(): Promise<MongoServer> {
  const folder = tempFolder('mongodb');
  const port = await freePort();
  const place = ['--dbpath', folder.path, '--port', String(port), '--bind_ip', '127.0.0.1', '--nounixsocket'];
  const server = await startForeground({
    command: ['mongod', ...place, '--auth'],
    ready: (output) => output.includes('Waiting for connections'),
  });
  const stop = async (): Promise<void> => {
    await server.stop();
    folder[Symbol.dispose]();
  };
  const client = new MongoClient(`mongodb://127.0.0.1:${port}/`, { directConnection: true });
  try {
    // The first user may be made by anybody from this machine, the others by that one.
    await client.db('admin').command({ createUser: 'root', pwd: 'root', roles: ['root'] });
  } finally {
    await client.close();
  }
  const root = new MongoClient(`mongodb://root:root@127.0.0.1:${port}/`, { directConnection: true });
  try {
    await root.db('admin').command({ createUser: 'watcher', pwd: 'right', roles: ['clusterMonitor'] });
    await root.db('admin').command({ createUser: 'stranger', pwd: 'right', roles: [] });
  } finally {
    await root.close();
  }
  return { port, stop, [Symbol.asyncDispose]: stop };
}
