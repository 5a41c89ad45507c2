import { z } from 'zod';
import { connected } from '../../connection.ts';
import { ProbeFailure } from '../../failure.ts';
import { httpUrlOf, isSuccess, statusFailure } from '../../http-answer.ts';
import { httpExchange } from '../../http-exchange.ts';
import { defineProbe, type ProbeRun } from '../../kind.ts';
import { instanceOf, serviceUrl } from '../../setting-types.ts';
import { Talk } from '../../talk.ts';
import { tlsSettings } from '../../tls-settings.ts';
import { rowsOf } from './csv.ts';
import { type Entry, entryOf, measureEntry, stateOf } from './measure.ts';

/** Bytes of statistics: half a kilobyte a server. */
const LIMIT = 4_194_304;
/** Backends in details. */
const MOST_SHOWN = 200;

const settings = z.strictObject({
  url: serviceUrl('http', 'https', 'unix').meta({
    secret: true,
    title: 'Address of the statistics',
    title_fr: 'Adresse des statistiques',
    description: 'http://user:password@host:port/stats, or unix:///run/haproxy/admin.sock',
    description_fr: 'http://utilisateur:mot-de-passe@hôte:port/stats, ou unix:///run/haproxy/admin.sock',
  }),
  backends: z.array(z.string().min(1).max(200)).max(200).default([]).meta({
    title: 'Backends',
    title_fr: 'Backends',
    description: 'That must be there and up, one a line; without any, all',
    description_fr: 'Qui doivent exister et répondre, un par ligne ; sans aucun, tous',
  }),
  tls_ca: tlsSettings().tls_ca,
});

type Settings = z.output<typeof settings>;

/** HAProxy by its own statistics: a backend that is down is a failure, a server that is down a warning. */
export const haproxy = defineProbe({
  kind: 'haproxy',
  title: 'HAProxy',
  up: 'haproxy_up',
  interval: 30,
  timeout: 5,
  settings,
  thresholds: [{ metric: 'haproxy_server_status', labels: { state: 'DOWN' }, op: '>', warning: 0 }],
  instance: ({ url }) =>
    url.startsWith('unix:') ? pathOf(url) : instanceOf(url, url.startsWith('https:') ? 443 : 80),
  async probe(given, run) {
    const csv = given.url.startsWith('unix:')
      ? await statisticsBySocket(pathOf(given.url), run)
      : await statisticsByHttp(given, run);
    const entries = rowsOf(csv).map(entryOf);
    for (const entry of entries) measureEntry(entry, run);
    run.detail('backends', detailsOf(entries));
    judge(entries, given.backends);
  },
});

function pathOf(url: string): string {
  return decodeURIComponent(new URL(url).pathname);
}

async function statisticsByHttp({ url, tls_ca }: Settings, run: ProbeRun): Promise<string> {
  const wanted = httpUrlOf(url, run);
  if (!wanted.pathname.endsWith(';csv')) wanted.pathname += ';csv';
  const answer = await httpExchange({ url: wanted, ca: tls_ca, limit: LIMIT }, run);
  if (!isSuccess(answer)) throw statusFailure(answer);
  if (!answer.isWhole) throw new ProbeFailure('protocol', `HAProxy answered more than ${LIMIT} bytes`);
  return answer.body.toString('utf8');
}

async function statisticsBySocket(path: string, run: ProbeRun): Promise<string> {
  const socket = await run.phase('connect', () => connected({ path }, run.signal));
  try {
    const talk = new Talk(socket, path, LIMIT);
    talk.send('show stat\n');
    return await run.phase('query', () => talk.rest());
  } finally {
    socket.destroy();
  }
}

function detailsOf(entries: readonly Entry[]) {
  const servers = (proxy: string) =>
    entries.filter((entry) => entry.level === 'server' && entry.proxy === proxy);
  return entries
    .filter(({ level }) => level === 'backend')
    .slice(0, MOST_SHOWN)
    .map(({ proxy, status }) => ({
      backend: proxy,
      status,
      servers_up: servers(proxy).filter((server) => stateOf(server) === 'UP').length,
      servers: servers(proxy).length,
    }));
}

function judge(entries: readonly Entry[], wanted: readonly string[]): void {
  const backends = new Map(
    entries.filter(({ level }) => level === 'backend').map((entry) => [entry.proxy, entry]),
  );
  for (const name of wanted.length > 0 ? wanted : backends.keys()) {
    const backend = backends.get(name);
    if (backend === undefined) throw new ProbeFailure('not_found', `HAProxy has no backend ${name}`);
    if (stateOf(backend) === 'UP') continue;
    const servers = entries.filter(({ level, proxy }) => level === 'server' && proxy === name);
    const said = servers.map(({ server, status }) => `${server} ${status}`).slice(0, 5);
    throw new ProbeFailure('unhealthy', `the backend ${name} is ${backend.status} (${said.join(', ')})`);
  }
}
