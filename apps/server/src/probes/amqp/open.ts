import { channel as diagnosticsChannel } from 'node:diagnostics_channel';
import { once } from 'node:events';
import { isIP, Socket } from 'node:net';
import type { Channel, ChannelModel } from 'amqplib';
import { openConnection, placeOf } from '../connection.ts';
import { asProbeFailure, ProbeFailure } from '../failure.ts';
import type { ProbeRun } from '../kind.ts';
import { openingFailure, operationFailure } from './failure.ts';

/** IANA's ports. */
const PORT = 5_672;
const TLS_PORT = 5_671;
/** Bytes that a broker may send in one run. */
const RECEIVE_LIMIT = 16 * 1_048_576;
/** Milliseconds between two looks at how much came. */
const PACE = 10;
/** Bytes of one frame; brokers agree on 128 KiB. */
const FRAME_LIMIT = 1_048_576;

/** A broker to connect to. */
export interface AmqpAddress {
  /** `amqp[s]://user:password@host:port/vhost` */
  url: string;
  /** Certificates, as PEM, of who is trusted; empty = those that Node.js brings. */
  tls_ca: string;
}

/** An open connection; whatever fails on it fails with ProbeFailure. */
export interface OpenAmqp extends Disposable {
  place: string;
  vhost: string;
  /** `RabbitMQ 3.10.8`; null = it did not say. */
  version: string | null;
  /** Works on a channel of its own: an error closes the channel. */
  onChannel<T>(what: string, work: (channel: Channel) => Promise<T>): Promise<T>;
}

/** `host:port` of an address, for people. */
export function amqpPort(url: string): number {
  return url.startsWith('amqps:') ? TLS_PORT : PORT;
}

/**
 * Connects and signs in, in the phases `resolve`, `connect` and `auth` (TLS included). To be disposed of; the end of
 * the run does so too.
 * @throws ProbeFailure
 */
export async function openAmqp(given: AmqpAddress, run: ProbeRun): Promise<OpenAmqp> {
  const url = URL.parse(run.secret(given.url));
  if (url === null)
    throw new ProbeFailure('config', 'the address is not amqp://user:password@host:port/vhost');
  const port = Number(url.port || amqpPort(given.url));
  const place = placeOf(url.hostname, port);
  const login = loginOf(url);
  const { socket, model } = await (url.protocol === 'amqps:'
    ? overTls(given, url, port, login, run)
    : overTcp(url, port, login, run));
  const gone = bounded(socket, place);
  try {
    const opened = await run.phase('auth', () => Promise.race([model, gone]));
    opened.on('error', () => undefined);
    return {
      place,
      vhost: decodeURIComponent(login.vhost) || '/',
      version: versionOf(opened),
      onChannel: (what, work) => Promise.race([onChannel(opened, place, what, work), gone]),
      [Symbol.dispose]: () => void socket.destroy(),
    };
  } catch (error) {
    socket.destroy();
    throw openingFailure(error, place, url.hostname);
  }
}

type Login = ReturnType<typeof loginOf>;

function loginOf({ hostname, username, password, pathname }: URL) {
  try {
    const vhost = pathname.slice(1);
    decodeURIComponent(vhost);
    const isNamed = username !== '' || password !== '';
    return {
      hostname,
      vhost,
      username: isNamed ? decodeURIComponent(username) : 'guest',
      password: isNamed ? decodeURIComponent(password) : 'guest',
      heartbeat: 0,
      maxFrameSize: FRAME_LIMIT,
    };
  } catch {
    throw new ProbeFailure(
      'config',
      'the user, password or vhost of the address is not percent-encoded rightly',
    );
  }
}

interface Opening {
  socket: Socket;
  model: Promise<ChannelModel>;
}

async function overTls(
  given: AmqpAddress,
  url: URL,
  port: number,
  login: Login,
  run: ProbeRun,
): Promise<Opening> {
  const socket = await openConnection(url.hostname, port, run);
  const host = url.hostname.replace(/^\[(.*)\]$/, '$1');
  const { connect } = await import('amqplib');
  const ca = given.tls_ca.trim() === '' ? {} : { ca: given.tls_ca };
  const model = connect(
    { protocol: 'amqps', port, ...login },
    { socket, ...ca, ...(isIP(host) === 0 ? { servername: host } : {}) },
  );
  model.catch(() => undefined);
  return { socket, model };
}

/** The client opens its own connection and keeps it to itself; Node.js tells of it while it does. */
async function overTcp(url: URL, port: number, login: Login, run: ProbeRun): Promise<Opening> {
  const { connect } = await import('amqplib');
  const hostname = await run.phase('resolve', () => run.address(url.hostname));
  const opened: Socket[] = [];
  const sockets = diagnosticsChannel('net.client.socket');
  const take = (message: unknown): void => {
    if (isSocketMessage(message)) opened.push(message.socket);
  };
  sockets.subscribe(take);
  const options = { signal: run.signal, noDelay: true };
  const model = connect({ protocol: 'amqp', port, ...login, hostname }, options);
  sockets.unsubscribe(take);
  model.catch(() => undefined);
  const [socket] = opened;
  if (socket === undefined) throw new Error('BUG: the AMQP client did not connect at once');
  socket.on('error', () => undefined);
  await run.phase('connect', async () => {
    try {
      await once(socket, 'connect');
    } catch (error) {
      const { reason } = asProbeFailure(error);
      const place = placeOf(url.hostname, port);
      throw new ProbeFailure(reason, `${place} did not take the connection (${reason})`, { cause: error });
    }
  });
  return { socket, model };
}

function isSocketMessage(message: unknown): message is { socket: Socket } {
  return (
    typeof message === 'object' && message !== null && 'socket' in message && message.socket instanceof Socket
  );
}

/** Rejects once the broker has sent too much; never resolves. The client reads, so only a look now and then can tell. */
function bounded(socket: Socket, place: string): Promise<never> {
  const { promise, reject } = Promise.withResolvers<never>();
  promise.catch(() => undefined);
  const watch = setInterval(() => {
    if (socket.bytesRead <= RECEIVE_LIMIT) return;
    reject(new ProbeFailure('protocol', `${place} sent more than ${RECEIVE_LIMIT} bytes`));
    socket.destroy();
  }, PACE);
  socket.once('close', () => clearInterval(watch));
  return promise;
}

async function onChannel<T>(
  model: ChannelModel,
  place: string,
  what: string,
  work: (channel: Channel) => Promise<T>,
): Promise<T> {
  const broken = Promise.withResolvers<never>();
  broken.promise.catch(() => undefined);
  const end = (error?: Error): void => broken.reject(error ?? new Error('the connection was closed'));
  model.once('close', end);
  try {
    return await Promise.race([
      broken.promise,
      (async () => {
        const channel = await model.createChannel();
        channel.on('error', end);
        channel.on('handler-error', end);
        const value = await work(channel);
        await channel.close();
        return value;
      })(),
    ]);
  } catch (error) {
    throw operationFailure(error, place, what);
  } finally {
    model.off('close', end);
  }
}

function versionOf({ connection }: ChannelModel): string | null {
  const { product, version } = connection.serverProperties;
  return version === undefined ? null : `${product ?? ''} ${version}`.trim();
}
