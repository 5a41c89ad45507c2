import { z } from 'zod';
import { placeOf } from '../../connection.ts';
import { dial } from '../../dial.ts';
import { ProbeFailure } from '../../failure.ts';
import { defineProbe, type ProbeRun } from '../../kind.ts';
import { hostName, portNumber } from '../../setting-types.ts';
import { Talk } from '../../talk.ts';
import { type TlsChoice, tlsChoice, tlsSettings } from '../../tls-settings.ts';
import { type Monitor, parseMonitor, versionOf } from './monitor.ts';

/** What `mntr` calls a server's part; each is a series of its own, 1 for the one it has now. */
const STATES = ['standalone', 'leader', 'follower', 'observer', 'read-only'];

interface Server {
  host: string;
  port: number;
  tls: TlsChoice | null;
}

/** A ZooKeeper server: whether it serves, not only whether it is there. */
export const zookeeper = defineProbe({
  kind: 'zookeeper',
  title: 'ZooKeeper',
  up: 'zk_up',
  interval: 120,
  timeout: 5,
  settings: z.strictObject({
    host: hostName().meta({ title: 'Host', title_fr: 'Hôte' }),
    port: portNumber().default(2181).meta({ title: 'Port', title_fr: 'Port' }),
    ...tlsSettings(),
  }),
  thresholds: [
    { metric: 'zk_outstanding_requests', op: '>', warning: 100, for: 2 },
    { metric: 'zk_synced_followers_missing', op: '>', warning: 0, for: 2 },
  ],
  instance: ({ host, port }) => placeOf(host, port),
  async probe(settings, run) {
    const server = { ...settings, tls: tlsChoice(settings) };
    // It says that it is well before it serves: mntr decides.
    const isOk = (await command(server, 'ruok', run)).trim() === 'imok';
    const text = await command(server, 'mntr', run);
    run.measure('zk_ruok', isOk ? 1 : 0);
    measure(judged(text, server), run);
  },
});

/** One command of four letters: the server answers and closes the connection. */
async function command(server: Server, word: string, run: ProbeRun): Promise<string> {
  const socket = await dial(run, server);
  try {
    const talk = new Talk(socket, placeOf(server.host, server.port));
    talk.send(word);
    return await run.phase(word, () => talk.rest());
  } finally {
    socket.destroy();
  }
}

function judged(text: string, { host, port }: Server): Monitor {
  const place = placeOf(host, port);
  if (text.includes('not currently serving requests')) {
    throw new ProbeFailure(
      'unhealthy',
      `${place} serves nobody at the moment: it has no quorum, or is starting`,
    );
  }
  if (text.includes('not in the whitelist')) {
    const sentence = `${place} may not be asked mntr: add mntr and ruok to its 4lw.commands.whitelist`;
    throw new ProbeFailure('config', sentence);
  }
  const monitor = parseMonitor(text);
  if (monitor === null)
    throw new ProbeFailure('protocol', `${place} does not answer mntr as a ZooKeeper does`);
  return monitor;
}

function measure(monitor: Monitor, run: ProbeRun): void {
  for (const [name, value] of monitor) {
    if (value !== '' && name !== 'zk_version') run.measure(name, Number(value));
  }
  const state = monitor.get('zk_server_state') ?? '';
  for (const name of STATES) run.measure('zk_server_state', name === state ? 1 : 0, { state: name });
  const followers = Number(monitor.get('zk_followers') ?? monitor.get('zk_learners'));
  const synced = Number(monitor.get('zk_synced_followers'));
  if (state === 'leader') run.measure('zk_synced_followers_missing', followers - synced);
  run.detail('version', versionOf(monitor));
  run.detail('state', state);
  run.detail('znodes', Number(monitor.get('zk_znode_count') ?? 0));
  run.detail('connections', Number(monitor.get('zk_num_alive_connections') ?? 0));
  run.detail('outstanding_requests', Number(monitor.get('zk_outstanding_requests') ?? 0));
}
