/** Joins everything: the one place where domains meet. */
import { randomUUID } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import type { FastifyInstance } from 'fastify';
import type { Logger } from 'pino';
import { operationsRoutes } from './api/operations/routes.ts';
import { SelfMetrics } from './api/operations/self-metrics.ts';
import { peerReader } from './api/peer.ts';
import { pingListener } from './api/ping/listener.ts';
import { register } from './api/route.ts';
import { deadlineTimer } from './checks/deadlines.ts';
import { type Clock, systemClock } from './clock.ts';
import { ClockWatch } from './clock-watch.ts';
import type { Config } from './config/config.ts';
import type { Context } from './context.ts';
import { messageOf } from './errors.ts';
import { EventHub } from './events.ts';
import { createHttp } from './http-server.ts';
import { housekeeper } from './maintenance/housekeeper.ts';
import { Watchman } from './nodes/watchman.ts';
import { secretKeyFor } from './secret-key.ts';
import { startWriter } from './start-writer.ts';
import { lockDataDir } from './store/lock.ts';
import { listenToPeers, type PeerOptions } from './store/postgres/peers.ts';
import { prepareStore } from './store/prepare.ts';
import type { WakeTimer } from './work/timer.ts';

export interface AppOptions {
  config: Config;
  log: Logger;
  clock?: Clock;
  /** Reads the configuration again; returns its problems and keeps the current one if there are any. */
  reload?: (current: Config) => { config: Config; problems: string[] };
  /** Runs the writer in this thread: for tests on a clock of their own. */
  inline?: boolean;
}

/** A running server. */
export interface App {
  /** Where it listens, e.g. `http://127.0.0.1:8000`. */
  url: string;
  /** The listener for pings, badges and status pages alone; null when there is none. */
  publicUrl: string | null;
  context: Context;
  /** Takes the configuration again; returns the problems that kept it out. */
  reload(): string[];
  /** Answers what is under way, makes it durable and stops. */
  close(): Promise<void>;
}

/** Starts a server; resolves once it takes pings. Whatever fails on the way is undone. */
export async function startApp(options: AppOptions): Promise<App> {
  await using stack = new AsyncDisposableStack();
  const { log, clock = systemClock } = options;
  let config = options.config;
  mkdirSync(config.dataDir, { recursive: true, mode: 0o700 });
  if (config.databaseUrl.startsWith('sqlite:'))
    stack.adopt(lockDataDir(config.dataDir), (release) => release());

  const events = new EventHub();
  const store = await prepareStore(config.databaseUrl, config.dataDir, log);
  stack.defer(() => store.close());
  const origin = randomUUID();
  const writer = startWriter(config, { clock, log, inline: options.inline ?? false, events, origin });
  stack.defer(() => writer.close());
  const secretKey = secretKeyFor(config.secretKey, config.dataDir);
  const context: Context = { config: () => config, clock, store, writer, secretKey, events, log };

  const timers = startTimers(context);
  const metrics = new SelfMetrics({
    queuedWrites: writer.queued,
    nextDeadline: () => timers.deadlines.wakeAt / 1000,
  });
  const reload = (): string[] => {
    const result = options.reload?.(config) ?? { config, problems: [] };
    if (result.problems.length === 0) config = result.config;
    return result.problems;
  };

  const troubles = (): string[] => timers.watchman.troubles();
  const main = httpApp(context, metrics);
  register(main, operationsRoutes(context, { metrics, troubles, reload }));
  stack.defer(() => main.close());
  const url = await listen(main, config.host, config.port);
  config = withPort(config, url);
  const publicApp = config.publicListen === null ? null : httpApp(context, metrics);
  if (publicApp !== null) stack.defer(() => publicApp.close());
  const publicUrl =
    publicApp === null || config.publicListen === null
      ? null
      : await listen(publicApp, config.publicListen.host, config.publicListen.port);

  await timers.start();
  if (store.engine === 'postgres') stack.defer(listenToPeers({ ...peerOptions(context, timers), origin }));
  stack.defer(() => timers.stop());
  const running = stack.move();
  return { url, publicUrl, context, reload, close: () => running.disposeAsync() };
}

/** A listener that answers pings before anything is routed. */
function httpApp(context: Context, metrics: SelfMetrics): FastifyInstance {
  const config = context.config();
  const first = pingListener(context, metrics, peerReader(config.trustedProxies));
  return createHttp({ tls: config.tls, log: context.log, first });
}

/** A port that was chosen at the start belongs into the links too. */
function withPort(config: Config, url: string): Config {
  const port = new URL(url).port;
  const known = (link: string): string => link.replace(/^(https?:\/\/[^/]+):0(?=\/|$)/, `$1:${port}`);
  return { ...config, baseUrl: known(config.baseUrl), pingEndpoint: known(config.pingEndpoint) };
}

async function listen(app: FastifyInstance, host: string, port: number): Promise<string> {
  await app.listen({ host, port });
  const address = app.server.address() as AddressInfo;
  const name = address.family === 'IPv6' ? `[${address.address}]` : address.address;
  const scheme = 'cert' in app.server ? 'https' : 'http';
  return `${scheme}://${name === '0.0.0.0' || name === '[::]' ? '127.0.0.1' : name}:${address.port}`;
}

function peerOptions(context: Context, timers: Timers): Omit<PeerOptions, 'origin'> {
  const { clock, events, log } = context;
  return {
    url: context.config().databaseUrl,
    clock,
    onEffects: (effects) => events.publish(effects),
    onGap: () => timers.wakeAll(),
    onError: (message) => log.warn(message),
  };
}

interface Timers {
  deadlines: WakeTimer;
  watchman: Watchman;
  /** Makes every timer look at its rows. */
  wakeAll(): void;
  start(): Promise<void>;
  stop(): Promise<void>;
}

/** Everything that happens by itself. Nothing runs before `start`. */
function startTimers(context: Context): Timers {
  const { clock, writer, events, log } = context;
  const nodeId = randomUUID();
  const watch = new ClockWatch(clock);
  const onError = (message: string): void => log.error(message);

  const settleClock = async (): Promise<void> => {
    const delta = watch.step();
    if (delta === 0) return;
    log.warn({ delta }, 'the wall clock was set; deadlines move along');
    await writer.run('checks.shift', delta);
  };
  const deadlines = deadlineTimer({
    clock,
    beforeExpiry: settleClock,
    expire: () => writer.run('checks.expire', null),
    onFault: (fault) => log.error(fault, 'a schedule cannot be computed'),
    onError,
  });
  const housekeeping = housekeeper({
    clock,
    closeHours: () => writer.run('maintenance.hours', null),
    applyRetention: (afterCheck) =>
      writer.run('maintenance.retention', { ...context.config().retention, afterCheck }),
    onError,
  });
  const watchman = new Watchman({
    clock,
    beat: () => writer.run('nodes.beat', nodeId),
    settleClock,
    timers: () => [deadlines.wakeAt],
    deadman: null,
    onError,
  });

  const wakeAll = (): void => {
    for (const timer of [deadlines, housekeeping]) timer.wake(clock.now());
  };

  return {
    deadlines,
    watchman,
    wakeAll,
    async start() {
      const outage = await writer.run('nodes.start', nodeId);
      if (outage !== null) log.warn(outage, 'nobody watched for a while: deadlines of that time were moved');
      events.on('deadline', ({ at }) => deadlines.wake(at));
      wakeAll();
      watchman.start();
    },
    async stop() {
      watchman.stop();
      await Promise.all([deadlines.stop(), housekeeping.stop()]);
      await writer.run('nodes.stop', nodeId).catch((error: unknown) => onError(messageOf(error)));
    },
  };
}
