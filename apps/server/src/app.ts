/** Joins everything: the one place where domains meet. */
import { randomUUID } from 'node:crypto';
import type { Worker } from 'node:worker_threads';
import type { Logger } from 'pino';
import { firstRun, firstRunLines } from './accounts/first-run.ts';
import { Gate } from './accounts/sign-in.ts';
import { writeAckToken } from './alerts/ack-token.ts';
import { countFiring } from './alerts/firing.ts';
import { checkJson } from './api/healthchecks/check-json.ts';
import { healthchecksPlugin } from './api/healthchecks/plugin.ts';
import { badgeRoutes, healthchecksRoutes } from './api/healthchecks/routes.ts';
import { operationsRoutes } from './api/operations/routes.ts';
import { SelfMetrics } from './api/operations/self-metrics.ts';
import { pageRoutes, pagesPlugin } from './api/pages/plugin.ts';
import { pushgatewayPlugin } from './api/pushgateway/plugin.ts';
import { pushgatewayRoutes } from './api/pushgateway/routes.ts';
import type { AlertCounts } from './api/rest/define.ts';
import { restPlugin } from './api/rest/plugin.ts';
import { restApi } from './api/rest/routes.ts';
import { register } from './api/route.ts';
import { webRoutes } from './api/web/routes.ts';
import { createBackground } from './background.ts';
import { Backlog } from './checks/backlog.ts';
import { checksWhere } from './checks/queries.ts';
import { type Clock, systemClock } from './clock.ts';
import type { Config } from './config/config.ts';
import type { Context } from './context.ts';
import { ownDeclarations } from './declared/own-file.ts';
import { probedTenants } from './declared/probed-tenants.ts';
import { tenantLooks } from './declared/tenant-looks.ts';
import { EventHub } from './events.ts';
import { createListener, listen, withPort } from './listeners.ts';
import { pushedValues } from './metrics/push/pushed-values.ts';
import { createNotifier, type Notifier } from './notify/notifier.ts';
import { exposedProbes } from './probes/exposed.ts';
import { createProbes } from './probes/start-engine.ts';
import { composeReport } from './reports/compose.ts';
import { readReport } from './reports/read-report.ts';
import { sharedReports } from './reports/shared-reports.ts';
import { secretKeyFor } from './secret-key.ts';
import { StartError, settingUp, shownUrl } from './start-error.ts';
import { startWriter } from './start-writer.ts';
import { SteadyClock } from './steady-clock.ts';
import { makeDataDir } from './store/data-dir.ts';
import { lockDataDir } from './store/lock.ts';
import { prepareStore } from './store/prepare.ts';
import { VERSION } from './version.ts';

export interface AppOptions {
  config: Config;
  log: Logger;
  clock?: Clock;
  /** Reads the configuration again; returns its problems and keeps the current one if there are any. */
  reload?: (current: Config) => { config: Config; problems: string[] };
  /** Told when the store writer has died: nothing can be written any more, only a new process can. */
  onWriterFailure?: () => void;
  /** Runs the writer; without it the caller's thread does, for tests on a clock of their own. */
  writerThread?: Worker;
}

/** A running server. */
export interface App {
  /** Where it listens, e.g. `http://127.0.0.1:8000`. */
  url: string;
  /** The listener for pings and badges alone; null when there is none. */
  publicUrl: string | null;
  /** What this start made and will not say again: keys, the set-up link. */
  announcements: string[];
  context: Context;
  /** Loads what the first message will need, which the start does without. */
  warmUp(): Promise<void>;
  /** Takes the configuration again; returns the problems that kept it out. */
  reload(): Promise<string[]>;
  /** Answers what is under way, makes it durable and stops. */
  close(): Promise<void>;
}

/** Starts a server; resolves once it takes pings. Whatever fails on the way is undone. */
export async function startApp(options: AppOptions): Promise<App> {
  await using stack = new AsyncDisposableStack();
  const { log } = options;
  const clock = new SteadyClock(options.clock ?? systemClock);
  /** As it was read; `config` is what holds: a port that was chosen is in its links. */
  let loaded = options.config;
  let config = loaded;
  const { dataDir } = config;
  await settingUp('VIGIE_DATA_DIR', dataDir, () => makeDataDir(dataDir));
  if (config.databaseUrl.startsWith('sqlite:')) {
    stack.adopt(lockDataDir(config.dataDir), (release) => release());
  }
  const events = new EventHub();
  const nodeId = randomUUID();
  const prepared = await settingUp('VIGIE_DATABASE_URL', shownUrl(config.databaseUrl), () =>
    prepareStore(config.databaseUrl, dataDir, log),
  );
  const store = stack.adopt(prepared, (open) => open.close());
  const { writerThread: thread = null, onWriterFailure = () => undefined } = options;
  const writer = stack.adopt(
    startWriter(config, { clock, log, thread, events, origin: nodeId, onFailure: onWriterFailure }),
    (started) => started.close(),
  );
  const secretKey = secretKeyFor(config.secretKey, config.dataDir);
  const context: Context = { config: () => config, clock, store, writer, secretKey, events, log };

  const metrics: SelfMetrics = new SelfMetrics({
    queuedWrites: writer.queued,
    nextDeadline: () => background.nextDeadline() / 1000,
    firingAlerts: () => countFiring(store.db),
  });
  const backlog = new Backlog(clock);
  const notifier = startNotifier(context, { nodeId, backlog, metrics });
  const probes = createProbes(context, nodeId, metrics.countRuns, (projectId, metric) =>
    pushedValues(store.db, projectId, metric, clock.now()),
  );
  metrics.showAlso(async () => exposedProbes(context, probes.latest));
  const background = createBackground(context, {
    nodeId,
    steadyClock: clock,
    notifier,
    backlog,
    probes: probes.engine,
    metrics,
  });
  const own = ownDeclarations(context);
  const looks = tenantLooks(context, { nodeId, tenantsOf: probedTenants(probes.engine) });
  const reload = async (): Promise<string[]> => {
    const result = options.reload?.(loaded) ?? { config: loaded, problems: [] };
    if (result.problems.length > 0) return result.problems;
    const refused = await own.apply(result.config);
    if (refused.length > 0) return refused;
    loaded = result.config;
    config = withPort(loaded, url);
    return [];
  };

  const main = stack.adopt(createListener(context, metrics), (app) => app.close());
  register(main, operationsRoutes(context, { metrics, troubles: background.troubles, reload }));
  await main.register(healthchecksPlugin(healthchecksRoutes(context)));
  const gate = new Gate(context);
  await main.register(restPlugin(restApi(context, { gate, counts: alertCounts(metrics), probes }), log));
  await main.register(pushgatewayPlugin(pushgatewayRoutes(context), log));
  await main.register(pagesPlugin(pageRoutes(context), log));
  register(main, webRoutes(context));
  const url = await settingUp('VIGIE_PORT', `${config.host}:${config.port}`, () => listen(main, config));
  config = withPort(config, url);
  let publicUrl: string | null = null;
  if (config.publicListen !== null) {
    const outside = stack.adopt(createListener(context, metrics), (app) => app.close());
    await outside.register(healthchecksPlugin(badgeRoutes(context)));
    const { host, port } = config.publicListen;
    publicUrl = await settingUp('VIGIE_PUBLIC_LISTEN', `${host}:${port}`, () =>
      listen(outside, { host, port }),
    );
  }
  if (config.smtp !== null) {
    // Only here: servers without a listener for mail do without its library.
    const { startMailListener } = await import('./api/mail/listener.ts');
    const listening = await settingUp('VIGIE_SMTP_PORT', `${config.smtp.host}:${config.smtp.port}`, () =>
      startMailListener(context, { onOutcome: metrics.countPing }),
    );
    stack.adopt(listening, (listener) => listener.close());
  }
  // Only now: the keys that it makes are shown once, and a start that fails would have shown them to nobody.
  requireDeclarable(await own.check(config));
  const made = await firstRun(context);
  stack.defer(() => background.stop());
  await background.start();
  stack.defer(() => looks.stop());
  looks.start();
  requireDeclarable(await own.apply(config));
  const announcements = firstRunLines(made, config.pingEndpoint);
  const running = stack.move();
  const { warmUp } = notifier;
  return { url, publicUrl, announcements, context, warmUp, reload, close: () => running.disposeAsync() };
}

/** @throws StartError with what stands against what the file declares. */
function requireDeclarable(problems: readonly string[]): void {
  if (problems.length > 0) throw new StartError(problems.join('\n'));
}

interface NotifierParts {
  nodeId: string;
  backlog: Backlog;
  metrics: SelfMetrics;
}

function alertCounts({ alertsPosted, alertsRefused }: SelfMetrics): AlertCounts {
  return {
    posted: (source, count) => alertsPosted.inc({ source }, count),
    refused: (reason, count) => alertsRefused.inc({ reason }, count),
  };
}

function startNotifier(context: Context, { nodeId, backlog, metrics }: NotifierParts): Notifier {
  const { clock, store, writer, events, log } = context;
  const read = sharedReports((input) => readReport(store.db, input), clock);
  return createNotifier({
    clock,
    nodeId,
    version: VERSION,
    store,
    writer,
    events,
    config: () => {
      const { baseUrl, siteName, mail, allowPrivateTargets, allowTargets } = context.config();
      return { baseUrl, siteName, mail, targets: { allowPrivate: allowPrivateTargets, allow: allowTargets } };
    },
    ackLink: (alertId, channelId) =>
      `${context.config().baseUrl}/ack/${writeAckToken(context.secretKey, { alertId, channelId })}`,
    composeMail: ({ key }) => {
      const { baseUrl, siteName } = context.config();
      const site = { baseUrl, siteName, secretKey: context.secretKey, now: clock.now(), read };
      return composeReport(store.db, key, site);
    },
    checkJson: async (check) => {
      const { baseUrl, pingEndpoint } = context.config();
      const [own] = await checksWhere(store.db, { projectId: check.project_id, code: check.code });
      const view = { version: 3, readOnly: false, now: clock.now(), baseUrl, pingEndpoint } as const;
      return checkJson({ ...check, channels: own?.channels ?? [], dependsOn: [] }, view);
    },
    givesWay: () => backlog.goesFirst,
    onError: (message) => log.error(message),
    onSettled: ({ outcome }) => metrics.deliveries.inc({ outcome: outcome.state }),
  });
}
