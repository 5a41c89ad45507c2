/** A real RabbitMQ of the test's own, with its management plugin. */

import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { freePort } from '../free-port.ts';
import { runProgram } from '../program.ts';
import { tempFolder } from '../temp-folder.ts';
import { until } from '../until.ts';
import { startForeground } from './foreground-server.ts';

/** Debian's script itself: the one in the path changes the user. */
const PROGRAM = '/usr/lib/rabbitmq/bin/rabbitmq-server';
/** Milliseconds; some six seconds on an idle machine. */
const START_WITHIN = 90_000;
const STOP_WITHIN = 30_000;

export interface RabbitServer extends AsyncDisposable {
  port: number;
  tlsPort: number;
  /** `amqp://guest:guest@127.0.0.1:<port>` */
  url: string;
  /** `http://guest:guest@127.0.0.1:<port>` */
  managementUrl: string;
  /** Asks the management API, as guest. @throws when it refuses. */
  manage(method: string, path: string, body?: object): Promise<unknown>;
  /** Runs `rabbitmqctl`. @throws when it fails. */
  control(...args: string[]): Promise<void>;
  stop(): Promise<void>;
}

export interface RabbitOptions {
  /** As PEM: it takes TLS connections too. */
  tls?: { cert: string; key: string; ca: string };
}

/** Starts one. @throws when none is installed. */
export async function startRabbit(options: RabbitOptions = {}): Promise<RabbitServer> {
  if (!existsSync(PROGRAM))
    throw new Error('RabbitMQ is not installed (Debian: apt-get install rabbitmq-server)');
  const folder = tempFolder('rabbitmq');
  const at = (name: string): string => join(folder.path, name);
  const [port, tlsPort, managementPort, distributionPort, epmdPort] = [
    await freePort(),
    await freePort(),
    await freePort(),
    await freePort(),
    await freePort(),
  ];
  mkdirSync(at('logs'));
  writeFileSync(at('plugins'), '[rabbitmq_management].\n');
  writeFileSync(at('rabbitmq.conf'), configuration({ port, tlsPort, managementPort }, options, at));
  const env = {
    PATH: process.env['PATH'],
    HOME: folder.path,
    ERL_EPMD_PORT: String(epmdPort),
    ERL_EPMD_ADDRESS: '127.0.0.1',
    RABBITMQ_NODENAME: `vigie${port}@localhost`,
    RABBITMQ_NODE_IP_ADDRESS: '127.0.0.1',
    RABBITMQ_NODE_PORT: String(port),
    RABBITMQ_DIST_PORT: String(distributionPort),
    RABBITMQ_MNESIA_BASE: at('data'),
    RABBITMQ_LOG_BASE: at('logs'),
    RABBITMQ_PID_FILE: at('pid'),
    RABBITMQ_CONFIG_FILE: at('rabbitmq.conf'),
    RABBITMQ_ENABLED_PLUGINS_FILE: at('plugins'),
    RABBITMQ_CONF_ENV_FILE: '/dev/null',
  };
  const guest = `Basic ${Buffer.from('guest:guest').toString('base64')}`;
  const manage = async (method: string, path: string, body?: object): Promise<unknown> => {
    const response = await fetch(`http://127.0.0.1:${managementPort}${path}`, {
      method,
      headers: { authorization: guest, 'content-type': 'application/json' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${text}`);
    return text === '' ? null : JSON.parse(text);
  };
  // Its own, or else the server would leave one behind.
  const epmd = await startForeground({
    command: ['epmd', '-port', String(epmdPort), '-address', '127.0.0.1'],
    ready: async () => !(await refuses(epmdPort)),
  });
  const server = await startForeground({
    command: [PROGRAM],
    env,
    cwd: folder.path,
    within: START_WITHIN,
    ready: () =>
      manage('GET', '/api/overview').then(
        () => true,
        () => false,
      ),
  });
  const stop = async (): Promise<void> => {
    // The script's own pid is not the server's.
    if (server.isRunning()) process.kill(Number(readFileSync(at('pid'), 'utf8')), 'SIGTERM');
    await until('RabbitMQ has ended', STOP_WITHIN, () => !server.isRunning());
    await epmd.stop();
    folder[Symbol.dispose]();
  };
  return {
    port,
    tlsPort,
    url: `amqp://guest:guest@127.0.0.1:${port}`,
    managementUrl: `http://guest:guest@127.0.0.1:${managementPort}`,
    manage,
    async control(...args) {
      const node = ['-n', env.RABBITMQ_NODENAME];
      const { code, output } = await runProgram(['/usr/lib/rabbitmq/bin/rabbitmqctl', ...node, ...args], {
        env,
      });
      if (code !== 0) throw new Error(output);
    },
    stop,
    [Symbol.asyncDispose]: stop,
  };
}

interface Ports {
  port: number;
  tlsPort: number;
  managementPort: number;
}

function configuration(ports: Ports, { tls }: RabbitOptions, at: (name: string) => string): string {
  const lines = [
    `listeners.tcp.1 = 127.0.0.1:${ports.port}`,
    'management.tcp.ip = 127.0.0.1',
    `management.tcp.port = ${ports.managementPort}`,
    'collect_statistics_interval = 1000',
    'disk_free_limit.absolute = 1MB',
  ];
  if (tls !== undefined) {
    for (const [name, text] of Object.entries(tls)) writeFileSync(at(`${name}.pem`), text);
    lines.push(
      `listeners.ssl.1 = 127.0.0.1:${ports.tlsPort}`,
      `ssl_options.certfile = ${at('cert.pem')}`,
      `ssl_options.keyfile = ${at('key.pem')}`,
      `ssl_options.cacertfile = ${at('ca.pem')}`,
      'ssl_options.verify = verify_none',
    );
  }
  return `${lines.join('\n')}\n`;
}

function refuses(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    socket.once('error', () => resolve(true));
    socket.once('connect', () => {
      socket.destroy();
      resolve(false);
    });
  });
}
