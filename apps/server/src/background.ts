/** Everything that happens by itself: deadlines, deliveries, housekeeping, signs of life. */
import { composeAccountMail } from './accounts/mails/compose.ts';
import { ALERT_WORK } from './alerts/model.ts';
import { reviewer } from './alerts/reviewer.ts';
import { SILENCE_WORK } from './alerts/silence-notice.ts';
import type { SelfMetrics } from './api/operations/self-metrics.ts';
import type { Backlog } from './checks/backlog.ts';
import { deadlineTimer } from './checks/deadlines.ts';
import type { Context } from './context.ts';
import { messageOf } from './errors.ts';
import { housekeeper } from './maintenance/housekeeper.ts';
import { outageNotices } from './nodes/outage-notice.ts';
import type { Outage } from './nodes/presence.ts';
import { Watchman } from './nodes/watchman.ts';
import { MAIL_WORK, mailsBy } from './notify/mail/mail-queue.ts';
import { mailSender } from './notify/mail/mail-sender.ts';
import type { Notifier } from './notify/notifier.ts';
import type { ProbeEngine } from './probes/engine.ts';
import { REPORT_WORK } from './reports/look.ts';
import type { SteadyClock } from './steady-clock.ts';
import { type ListenToPeers, listenToPeers } from './store/postgres/peers.ts';

export interface BackgroundOptions {
  /** The clock of the context, by the side on which its steps are settled. */
  steadyClock: SteadyClock;
  /** This node, as the table of nodes names it. */
  nodeId: string;
  notifier: Notifier;
  /** Told of the deadlines that are left over. */
  backlog: Backlog;
  /** Runs what this node watches. */
  probes: ProbeEngine;
  metrics: SelfMetrics;
  /** How the other nodes are heard, where the store is shared; PostgreSQL's notifications unless told. */
  listen?: ListenToPeers;
}

export interface Background {
  /** Why this node is not well; empty = it is. */
  troubles(): string[];
  /** When the deadline timer wakes next, epoch ms. */
  nextDeadline(): number;
  /** Enters the node and begins; the server must take pings already. */
  start(): Promise<void>;
  stop(): Promise<void>;
}

export function createBackground(context: Context, options: BackgroundOptions): Background {
  const { clock, writer, events, log, store } = context;
  const { nodeId, notifier, backlog, probes, metrics, steadyClock, listen = listenToPeers } = options;
  const onError = (message: string): void => log.error(message);
  const ends: (() => Promise<void> | void)[] = [];

  const settleClock = (): Promise<void> =>
    steadyClock.settle(async (delta) => {
      await writer.run('checks.shift', { node: nodeId, delta });
      metrics.clockSteps.inc();
      log.warn({ delta }, 'the wall clock was set; deadlines moved along');
    });
  const deadlines = deadlineTimer({
    clock,
    beforeExpiry: settleClock,
    expire: async () => {
      const expired = await writer.run('checks.expire', null);
      backlog.note(expired.isLeft);
      metrics.countFlips(expired.deadlines, clock.now());
      return expired;
    },
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
  const alerts = reviewer({
    clock,
    noun: 'alerts',
    review: () => writer.run('alerts.review', null),
    onError,
  });
  const silences = reviewer({
    clock,
    noun: 'silences',
    review: () => writer.run('silences.review', null),
    onError,
  });
  const reports = reviewer({
    clock,
    noun: 'reports',
    review: () => writer.run('reports.look', { canSend: context.config().mail.url !== null }),
    onError,
  });
  const watchman = new Watchman({
    clock,
    beat: () => writer.run('nodes.beat', nodeId),
    settleClock,
    timers: () => [deadlines, notifier.dispatcher, alerts, silences, reports].map(({ wakeAt }) => wakeAt),
    deadman: async () => {
      const url = context.config().deadmanUrl;
      if (url !== null) await notifier.outbound.request({ method: 'GET', url });
    },
    onError,
  });

  const mails = mailSender({
    clock,
    owner: nodeId,
    claim: (input) => writer.run('work.claim', input),
    load: (codes) => mailsBy(store.db, codes),
    compose: (mail) => composeAccountMail(context, mail),
    send: (mail) => notifier.mailer.send(mail),
    settle: (settlement) => writer.run('mails.settle', settlement),
    random: Math.random,
    onError,
  });

  const tellOutage = async (outage: Outage): Promise<void> => {
    log.warn(outage, 'nobody watched for a while: deadlines of that time were moved');
    const { mail, siteName } = context.config();
    if (outage.moved === 0 || mail.url === null) return;
    try {
      const notices = await outageNotices(store.db, siteName, nodeId, outage);
      await Promise.all(notices.map((notice) => notifier.mailer.send(notice)));
    } catch (error) {
      onError(`the outage could not be told by mail: ${messageOf(error)}`);
    }
  };

  const lookAgain = (): void => {
    deadlines.wake(clock.now());
    notifier.dispatcher.wake(clock.now());
    alerts.wake(clock.now());
    silences.wake(clock.now());
    reports.wake(clock.now());
    mails.wake(clock.now());
    probes.wake();
  };

  return {
    troubles: () => watchman.troubles(),
    nextDeadline: () => deadlines.wakeAt,
    async start() {
      const outage = await writer.run('nodes.start', nodeId);
      ends.push(events.on('deadline', ({ at }) => deadlines.wake(at)));
      ends.push(
        events.on('work', ({ kind, at }) => {
          if (kind === ALERT_WORK) alerts.wake(at);
          if (kind === SILENCE_WORK) silences.wake(at);
          if (kind === REPORT_WORK) reports.wake(at);
          if (kind === MAIL_WORK) mails.wake(at);
        }),
      );
      ends.push(events.on('probe', ({ ids }) => void probes.changed(ids)));
      if (store.engine === 'postgres') {
        ends.push(
          listen({
            url: context.config().databaseUrl,
            clock,
            origin: nodeId,
            onEffects: (effects) => events.publish(effects),
            onGap: lookAgain,
            onError: (message) => log.warn(message),
          }),
        );
      }
      await notifier.start();
      lookAgain();
      housekeeping.wake(clock.now());
      watchman.start();
      if (outage !== null) void tellOutage(outage);
    },
    async stop() {
      watchman.stop();
      for (const end of ends) await end();
      const timers = [deadlines, alerts, silences, reports, mails, housekeeping, notifier, probes];
      await Promise.all(timers.map((timer) => timer.stop()));
      await writer.run('nodes.stop', nodeId).catch((error: unknown) => onError(messageOf(error)));
      await probes.release();
    },
  };
}
