import { z } from 'zod';
import { placeOf } from '../../connection.ts';
import { dial } from '../../dial.ts';
import { ProbeFailure } from '../../failure.ts';
import { defineProbe, type ProbeRun } from '../../kind.ts';
import { hostName, portNumber } from '../../setting-types.ts';
import { Talk } from '../../talk.ts';
import { tlsChoice, tlsSettings } from '../../tls-settings.ts';
import { type Stats, samplesOf } from './stats.ts';

/** Lines of `stats`; memcached 1.6 has some 90. */
const MOST_LINES = 1_000;
const MEBIBYTE = 1_048_576;

const settings = z.strictObject({
  host: hostName().meta({ title: 'Host', title_fr: 'Hôte' }),
  port: portNumber().default(11_211).meta({ title: 'Port', title_fr: 'Port' }),
  username: word(250).meta({ title: 'User', title_fr: 'Utilisateur' }),
  password: word(250).meta({ secret: true, title: 'Password', title_fr: 'Mot de passe' }),
  ...tlsSettings(),
});

/** Of a login: a space divides the two, so neither may hold one. */
function word(length: number) {
  return z
    .string()
    .max(length)
    .regex(/^[^\s\p{Cc}]*$/u, { error: 'must hold neither spaces nor line ends' })
    .default('');
}

/** A memcached server: its statistics, over the protocol of text. */
export const memcached = defineProbe({
  kind: 'memcached',
  title: 'memcached',
  up: 'memcached_up',
  interval: 60,
  timeout: 5,
  settings,
  thresholds: [{ metric: 'memcached_connections_ratio', op: '>', warning: 0.8 }],
  instance: ({ host, port }) => placeOf(host, port),
  async probe(given, run) {
    const { host, port, username } = given;
    const socket = await dial(run, { host, port, tls: tlsChoice(given) });
    try {
      const place = placeOf(host, port);
      const talk = new Talk(socket, place);
      const login = { username, password: run.secret(given.password) };
      if (username !== '') await run.phase('auth', () => authenticate(talk, login, place));
      measure(await run.phase('query', () => statsOf(talk, place)), run);
    } finally {
      socket.destroy();
    }
  },
});

/** The text protocol's login is a `set` of any key (memcached, doc/protocol.txt, "Authentication"). */
async function authenticate(
  talk: Talk,
  { username, password }: { username: string; password: string },
  place: string,
): Promise<void> {
  const login = `${username} ${password}`;
  talk.send(`set vigie 0 0 ${Buffer.byteLength(login)}\r\n${login}\r\n`);
  const answer = await talk.line();
  if (answer === 'STORED') return;
  if (answer.startsWith('CLIENT_ERROR')) {
    throw new ProbeFailure('auth', `${place} refused the user or the password`);
  }
  throw new ProbeFailure('protocol', `${place} does not answer as memcached does`);
}

async function statsOf(talk: Talk, place: string): Promise<Stats> {
  talk.send('stats\r\n');
  const stats = new Map<string, string>();
  for (let lines = 0; lines < MOST_LINES; lines++) {
    const line = await talk.line();
    if (line === 'END' && stats.size > 0) return stats;
    const [, name, value] = /^STAT (\S+) (.*)$/.exec(line) ?? [];
    if (name === undefined || value === undefined) throw refused(line, place);
    stats.set(name, value);
  }
  throw new ProbeFailure('protocol', `${place} answered more than ${MOST_LINES} statistics`);
}

function refused(line: string, place: string): ProbeFailure {
  if (line === 'CLIENT_ERROR unauthenticated') {
    return new ProbeFailure('auth', `${place} wants a user and a password`);
  }
  if (line.startsWith('ERROR Too many open connections')) {
    return new ProbeFailure('limit', `${place} has no connection left`);
  }
  return new ProbeFailure('protocol', `${place} does not answer as memcached does`);
}

function measure(stats: Stats, run: ProbeRun): void {
  for (const { name, value, labels } of samplesOf(stats)) run.measure(name, value, labels);
  const number = (name: string): number => Number(stats.get(name) ?? 0);
  const most = number('max_connections');
  if (most > 0) run.measure('memcached_connections_ratio', number('curr_connections') / most);
  run.detail('version', stats.get('version') ?? null);
  run.detail('uptime_days', number('uptime') / 86_400);
  run.detail('connected_clients', number('curr_connections'));
  run.detail('used_memory_mb', Math.round((number('bytes') / MEBIBYTE) * 100) / 100);
  run.detail('items', number('curr_items'));
  run.detail('evicted_keys', number('evictions'));
}
