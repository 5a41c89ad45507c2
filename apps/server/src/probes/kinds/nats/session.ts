import { placeOf } from '../../connection.ts';
import { dial, encrypted } from '../../dial.ts';
import { ProbeFailure } from '../../failure.ts';
import type { ProbeRun } from '../../kind.ts';
import { Talk } from '../../talk.ts';
import type { TlsChoice } from '../../tls-settings.ts';
import { errorOf, type Greeting, readGreeting } from './greeting.ts';

/** Lines that may come before an answer: a server tells of its cluster at any time. */
const MOST_LINES = 100;

export interface NatsServer {
  host: string;
  port: number;
  /** Null = plain, unless the server wants it: then with the well-known authorities. */
  tls: TlsChoice | null;
  /** What CONNECT carries: `user` and `pass`, or `auth_token`. */
  login: Record<string, string>;
}

/** What a connection showed. */
export interface Session {
  greeting: Greeting;
  /** Seconds from a PING to its PONG. */
  roundTrip: number;
}

/** Connects, logs in, and asks for a PONG twice: the first one ends the login. @throws ProbeFailure */
export async function openSession(server: NatsServer, run: ProbeRun): Promise<Session> {
  const { host, port, login } = server;
  const place = placeOf(host, port);
  const plain = await dial(run, { host, port, tls: null });
  let socket = plain;
  try {
    let talk = new Talk(plain, place);
    const greeting = readGreeting(await run.phase('greeting', () => talk.line()), place);
    const tls = server.tls ?? (greeting.tls_required ? { ca: null } : null);
    if (tls !== null) {
      socket = await encrypted(run, talk.release(), host, tls);
      talk = new Talk(socket, place);
    }
    const options = {
      verbose: false,
      pedantic: false,
      tls_required: tls !== null,
      name: 'vigie',
      lang: 'vigie',
    };
    await run.phase('auth', async () => {
      const { version } = greeting;
      talk.send(`CONNECT ${JSON.stringify({ ...options, version, protocol: 1, ...login })}\r\nPING\r\n`);
      await pong(talk, place);
    });
    const from = performance.now();
    await run.phase('query', async () => {
      talk.send('PING\r\n');
      await pong(talk, place);
    });
    return { greeting, roundTrip: (performance.now() - from) / 1000 };
  } finally {
    socket.destroy();
    plain.destroy();
  }
}

async function pong(talk: Talk, place: string): Promise<void> {
  for (let lines = 0; lines < MOST_LINES; lines++) {
    const line = await talk.line();
    if (line === 'PONG') return;
    if (line === 'PING') talk.send('PONG\r\n');
    else if (!line.startsWith('INFO ') && line !== '+OK') throw errorOf(line, place);
  }
  throw new ProbeFailure('protocol', `${place} talks without answering`);
}
