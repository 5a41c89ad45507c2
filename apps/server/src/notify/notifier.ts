/** Notifications joined: what a server starts and stops. */
import type { Clock } from '../clock.ts';
import { messageOf } from '../errors.ts';
import type { EventHub } from '../events.ts';
import type { TargetRules } from '../outbound/address-policy.ts';
import { createOutbound, type Outbound } from '../outbound/outbound.ts';
import type { Resolve } from '../outbound/pinned-lookup.ts';
import type { Writer } from '../store/command.ts';
import type { Store } from '../store/open.ts';
import type { Tx } from '../store/tx.ts';
import type { Claimed, ClaimInput } from '../work/queue.ts';
import { findKind } from './channel-kinds.ts';
import { isAnyChannelOn } from './channel-queries.ts';
import type { notifyCommands } from './commands.ts';
import { prepareDelivery } from './deliver.ts';
import { Dispatcher } from './dispatcher.ts';
import { nextDeliveries, pingBody } from './load.ts';
import { createMailer, type Mailer, type MailSettings } from './mail/mailer.ts';
import type { MessageCheck } from './message.ts';
import { type ComposeMail, preparePersonMail } from './person-mail.ts';
import { DELIVERY_WORK } from './queue.ts';
import { textsIn } from './texts/texts.ts';
import type { Try } from './verdict.ts';

/** Milliseconds between two looks for lanes of nodes that died. */
export const ADOPT_EVERY = 10_000;

type Commands = ReturnType<typeof notifyCommands> & {
  'work.claim': { each: (tx: Tx, input: ClaimInput) => Promise<Claimed> };
};

export interface NotifierOptions {
  clock: Clock;
  /** This node, as the table of nodes names it. */
  nodeId: string;
  /** The program's version, for the User-Agent. */
  version: string;
  store: Store;
  writer: Pick<Writer<Commands>, 'run'>;
  events: EventHub;
  /** Asked for each message, so that a reload counts. */
  config(): { baseUrl: string; siteName: string; mail: MailSettings; targets: TargetRules };
  /** The signed link by which whoever gets a message acknowledges its alert. */
  ackLink(alertId: number, channelId: number): string | null;
  /** What a mail to a person says; without it none is sent. */
  composeMail?: ComposeMail;
  /** The check as the Healthchecks API v3 shows it to a read-write key. */
  checkJson(check: MessageCheck): Promise<unknown>;
  /** Whether other work goes before deliveries for now. */
  givesWay?(): boolean;
  onError(message: string): void;
  onSettled?(made: Try): void;
  random?(): number;
  resolve?: Resolve;
  /** Makes the calls in place of this server's own client. */
  outbound?: Outbound;
}

const writeNone: ComposeMail = async () => ({ skip: 'this server writes no mails to people' });

/** The running notifications of a server. */
export interface Notifier {
  dispatcher: Dispatcher;
  /** Outgoing mail, also for what is no notification. */
  mailer: Mailer;
  /** Outgoing HTTP under the address policy. */
  outbound: Outbound;
  /** Loads the clients that messages go out by, if there is a channel: the first message need not wait for them. */
  warmUp(): Promise<void>;
  /** Begins to send. The node must be in the table of nodes already. */
  start(): Promise<void>;
  /** Ends within seconds; what was not sent stays in the store. */
  stop(): Promise<void>;
}

export function createNotifier(options: NotifierOptions): Notifier {
  const { clock, store, writer, config, onError, composeMail = writeNone } = options;
  const mailer = createMailer(() => config().mail);
  const outbound =
    options.outbound ??
    createOutbound({
      clock,
      userAgent: `Vigie/${options.version}`,
      rules: () => config().targets,
      ...(options.resolve === undefined ? {} : { resolve: options.resolve }),
    });
  const dispatcher = new Dispatcher({
    clock,
    owner: options.nodeId,
    claim: (input) => writer.run('work.claim', input),
    settle: (settlement) => writer.run('notify.settle', settlement),
    load: (lanes) => nextDeliveries(store.db, lanes),
    prepare({ userId, ...delivery }) {
      if (userId !== null) return preparePersonMail({ ...delivery, userId }, composeMail);
      const site = { baseUrl: config().baseUrl, ackLink: options.ackLink };
      return prepareDelivery({ ...delivery, userId }, findKind, site);
    },
    send: (prepared, signal) =>
      prepared.send({
        http: (call) => outbound.request({ ...call, signal }),
        mail: (mail) => mailer.send({ ...mail, signal }),
        texts: textsIn,
        pingBody: (check, ping, size, end) => pingBody(store.db, check.check_id, ping, size, end),
        checkJson: options.checkJson,
        now: clock.now(),
        siteName: config().siteName,
      }),
    random: options.random ?? Math.random,
    onError,
    ...(options.givesWay === undefined ? {} : { givesWay: options.givesWay }),
    ...(options.onSettled === undefined ? {} : { onSettled: options.onSettled }),
  });

  let cancelAdoption = (): void => undefined;
  let hasStopped = false;
  let stopListening = (): void => undefined;
  let stopWaiting: () => unknown = () => undefined;

  async function adopt(): Promise<void> {
    await writer.run('notify.adopt', options.nodeId);
  }

  /** Again and again, whatever becomes of one look: only where several nodes share a store can another one die. */
  function goOnAdopting(): void {
    if (store.engine !== 'postgres' || hasStopped) return;
    cancelAdoption = clock.after(ADOPT_EVERY, () => {
      adopt()
        .catch((error: unknown) => onError(`lanes cannot be taken over: ${messageOf(error)}`))
        .finally(goOnAdopting);
    });
  }

  async function warmUp(): Promise<void> {
    if (!(await isAnyChannelOn(store.db))) return;
    stopWaiting();
    await outbound.warmUp();
    await mailer.warmUp();
  }

  return {
    dispatcher,
    mailer,
    outbound,
    warmUp,
    async start() {
      await adopt();
      goOnAdopting();
      // Whoever makes the first channel would else wait longer for the first message than for any other.
      stopWaiting = options.events.on('changed', ({ noun }) => {
        if (noun !== 'channel') return;
        warmUp().catch((error: unknown) => onError(`a client cannot be loaded: ${messageOf(error)}`));
      });
      stopListening = options.events.on('work', ({ kind, at }) => {
        if (kind === DELIVERY_WORK) dispatcher.wake(at);
      });
      dispatcher.wake(clock.now());
    },
    async stop() {
      hasStopped = true;
      stopListening();
      stopWaiting();
      cancelAdoption();
      await dispatcher.stop();
      mailer.close();
      await outbound.close();
    },
  };
}
