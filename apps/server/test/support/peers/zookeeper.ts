/** A real ZooKeeper of the test's own. */
import { existsSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { freePort } from '../free-port.ts';
import { tempFolder } from '../temp-folder.ts';
import { startForeground } from './foreground-server.ts';

const JAR = '/usr/share/java/zookeeper.jar';

export interface ZooKeeper extends AsyncDisposable {
  port: number;
  stop(): Promise<void>;
}

/** Starts one that allows these commands; with `quorum` it waits for others that never come; `at`: its port. */
export async function startZooKeeper({
  whitelist = 'ruok,mntr,srvr',
  quorum = false,
  at = 0,
} = {}): Promise<ZooKeeper> {
  if (!existsSync(JAR))
    throw new Error('ZooKeeper is not installed (Debian: apt-get install libzookeeper-java)');
  const folder = tempFolder('zookeeper');
  const port = at === 0 ? await freePort() : at;
  const file = join(folder.path, 'zoo.cfg');
  writeFileSync(join(folder.path, 'myid'), '1');
  writeFileSync(
    file,
    [
      'tickTime=200',
      `dataDir=${folder.path}`,
      `clientPort=${port}`,
      'clientPortAddress=127.0.0.1',
      'admin.enableServer=false',
      `4lw.commands.whitelist=${whitelist}`,
      ...(quorum ? await alone() : []),
      '',
    ].join('\n'),
  );
  const main = 'org.apache.zookeeper.server.quorum.QuorumPeerMain';
  const server = await startForeground({
    command: ['java', '-Xmx128m', '-cp', `${folder.path}:${JAR}`, main, file],
    ready: async () => (quorum ? /imok/ : /Mode: |not in the whitelist/).test(await ask(port, quorum)),
  });
  const stop = async (): Promise<void> => {
    await server.stop();
    folder[Symbol.dispose]();
  };
  return { port, stop, [Symbol.asyncDispose]: stop };
}

/** One of three, the others being nowhere. */
async function alone(): Promise<string[]> {
  const servers: string[] = [];
  for (const id of [1, 2, 3]) servers.push(`server.${id}=127.0.0.1:${await freePort()}:${await freePort()}`);
  return ['initLimit=5', 'syncLimit=5', ...servers];
}

async function ask(port: number, isQuorum: boolean): Promise<string> {
  const socket = connect({ host: '127.0.0.1', port });
  // While it starts, it may take a connection and never answer.
  socket.setTimeout(500, () => socket.destroy());
  socket.write(isQuorum ? 'ruok' : 'srvr');
  return text(socket).catch(() => '');
}
