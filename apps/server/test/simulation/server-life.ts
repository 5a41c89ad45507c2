import { sql } from 'kysely';
import { pino } from 'pino';
import { SelfMetrics } from '../../src/api/operations/self-metrics.ts';
import { type Background, createBackground } from '../../src/background.ts';
import { Backlog } from '../../src/checks/backlog.ts';
import type { PingInput } from '../../src/checks/ping.ts';
import type { PingOutcome } from '../../src/checks/receive.ts';
import type { Clock } from '../../src/clock.ts';
import { type Commands, createCommands } from '../../src/commands.ts';
import { loadConfig } from '../../src/config/load.ts';
import { memorySource } from '../../src/config/memory-source.ts';
import type { Context } from '../../src/context.ts';
import { EventHub } from '../../src/events.ts';
import { createNotifier } from '../../src/notify/notifier.ts';
import type { Settled, Settlement } from '../../src/notify/settle.ts';
import type { OutboundRequest, OutboundResponse } from '../../src/outbound/exchange.ts';
import { createProbes } from '../../src/probes/start-engine.ts';
import { SteadyClock } from '../../src/steady-clock.ts';
import type { Writer } from '../../src/store/command.ts';
import { inlineWriter } from '../../src/store/inline-writer.ts';
import { openStore, type Store } from '../../src/store/open.ts';
import type { ListenToPeers } from '../../src/store/postgres/peers.ts';
import { prepareStore } from '../../src/store/prepare.ts';
import type { Claimed } from '../../src/work/queue.ts';
import type { Disk } from './disk.ts';
import { withRareHousekeeping } from './housekeeping.ts';
import type { LeaseJudge } from './lease-judge.ts';
import type { Random } from './random.ts';
import type { Stores } from './shared-database.ts';

/** Pages in the log before it is copied into the database: small, so that a power cut copies little. */
const CHECKPOINT_PAGES = 1_500;
/** Pings kept for each check; pruning comes every hundred. */
const PING_LOG_LIMIT = 25;
const FOR_EVER = '36500d';
/** SQLite's own bound of a file's pages, and bytes of a page that a large value uses. */
const NO_LIMIT = 4_294_967_294;
const USABLE = 4_092;

export interface LifeOptions {
  /** Its data directory. */
  folder: string;
  open(): Promise<Stores>;
  /** How it hears other nodes, where the store is shared. */
  listen?: ListenToPeers;
  /** The commands as they are done here. */
  commands?(commands: Commands): Commands;
  random: Random;
  /** The clock of the process that lives it. */
  clock(life: ServerLife): Clock;
  call(call: OutboundRequest, life: ServerLife): Promise<OutboundResponse>;
  /** A write is asked for, and was acknowledged, each before anybody acts on it. */
  onWrite(command: string, life: ServerLife): void;
  onWritten(command: string, life: ServerLife): void;
  /** Who claims lanes, and gives them back, where several processes share them. */
  leases?: Pick<LeaseJudge, 'claimed' | 'settled'>;
}

/** Shared: what it counts is of no interest here, and it is slow to make. */
const metrics = new SelfMetrics({ queuedWrites: () => 0, nextDeadline: () => 0 });
const log = pino({ level: process.env['VIGIE_SIM_LOG'] ?? 'silent' });

/**
 * A server process from its start to its end: the real background work, commands, store and notifications,
 * joined as `startApp` does, without sockets and threads.
 */
export class ServerLife {
  readonly #options: LifeOptions;
  readonly #writing: Store;
  readonly #reading: Store;
  readonly #writer: Writer<Commands>;
  readonly #background: Background;
  readonly #clock: SteadyClock;
  /** Set by a power cut: nothing it still does counts. */
  dead = false;
  /** Until when, in virtual time, it hangs: nothing of it runs before. */
  asleepUntil = Number.NEGATIVE_INFINITY;
  /** As the table of nodes names it. */
  readonly nodeId: string;
  /** `PRAGMA synchronous` of the connection that writes. */
  synchronous = 0;

  /** Makes a process on what is stored; it does nothing before `start`. */
  static async begin(options: LifeOptions): Promise<ServerLife> {
    const { reading, writing } = await options.open();
    const life = new ServerLife(options, reading, writing);
    await life.pragma(`wal_autocheckpoint = ${CHECKPOINT_PAGES}`);
    life.synchronous = await life.pragma('synchronous');
    return life;
  }

  private constructor(options: LifeOptions, reading: Store, writing: Store) {
    this.#options = options;
    this.#reading = reading;
    this.#writing = writing;
    this.#clock = new SteadyClock(options.clock(this));
    const { random, commands = (all) => all } = options;
    const nodeId = random.uuid();
    this.nodeId = nodeId;
    const events = new EventHub();
    const inner = inlineWriter(writing, {
      commands: commands(withRareHousekeeping(createCommands({ checkLimit: 1_000_000 }))),
      origin: nodeId,
      clock: this.#clock,
      newId: () => random.uuid(),
      onEffects: (effects) => {
        if (!this.dead) events.publish(effects);
      },
    });
    this.#writer = {
      run: async (name, input) => {
        const output = await this.#watched(name, () => inner.run(name, input));
        if (!this.dead) this.#tellLeases(name, input, output);
        return output;
      },
    };
    const { config } = loadConfig(memorySource({ env: environment(options.folder) }));
    const context: Context = {
      config: () => config,
      clock: this.#clock,
      store: reading,
      writer: this.#writer,
      secretKey: '',
      events,
      log,
    };
    const backlog = new Backlog(this.#clock);
    const notifier = createNotifier({
      clock: this.#clock,
      nodeId,
      version: '0',
      store: reading,
      writer: this.#writer,
      events,
      config: () => ({
        baseUrl: config.baseUrl,
        siteName: config.siteName,
        mail: config.mail,
        targets: { allowPrivate: true, allow: [] },
      }),
      ackLink: () => null,
      checkJson: async () => ({}),
      onError: (message) => log.error(message),
      givesWay: () => backlog.goesFirst,
      random: () => random.next(),
      outbound: {
        request: (call) => options.call(call, this),
        warmUp: async () => undefined,
        close: async () => undefined,
      },
    });
    const steadyClock = this.#clock;
    const { listen } = options;
    this.#background = createBackground(context, {
      ...{ nodeId, steadyClock, notifier, backlog, metrics },
      probes: createProbes(context, nodeId, () => undefined).engine,
      ...(listen === undefined ? {} : { listen }),
    });
  }

  /** Resolves once it watches deadlines. */
  start(): Promise<void> {
    return this.#background.start();
  }

  /** The wall clock as the server shows it. */
  now(): number {
    return this.#clock.now();
  }

  ping(ping: PingInput): Promise<PingOutcome> {
    return this.#writer.run('checks.ping', { ...ping, logLimit: PING_LOG_LIMIT });
  }

  /** What people ask for over the APIs, behind their checks of who asks and what. */
  get writer(): Writer<Commands> {
    return this.#writer;
  }

  /** Runs a statement on the writer's own connection, between its transactions. */
  async pragma(statement: string): Promise<number> {
    const { rows } = await sql.raw<Record<string, number>>(`pragma ${statement}`).execute(this.#writing.db);
    return Object.values(rows[0] ?? {})[0] ?? 0;
  }

  /** Lets the disk take no more: no page beyond those in use, or nothing at all. */
  async limit(readOnly: boolean): Promise<void> {
    if (readOnly) {
      await this.pragma('query_only = 1');
      return;
    }
    const free = await this.pragma('freelist_count');
    await this.#execute('create table if not exists filler (content blob)');
    await this.#execute(`insert into filler values (zeroblob(${free * USABLE}))`);
    await this.pragma(`max_page_count = ${await this.pragma('page_count')}`);
  }

  /** There is room again. */
  async unlimit(): Promise<void> {
    await this.pragma('query_only = 0');
    await this.pragma(`max_page_count = ${NO_LIMIT}`);
    await this.#execute('drop table if exists filler');
  }

  async #execute(statement: string): Promise<void> {
    await sql.raw(statement).execute(this.#writing.db);
  }

  /** Lets go of the files, once nothing runs any more. */
  async release(): Promise<void> {
    await this.#reading.close();
    await this.#writing.close();
  }

  #tellLeases(name: string, input: unknown, output: unknown): void {
    const { leases } = this.#options;
    if (name === 'work.claim') leases?.claimed(this, (output as Claimed).claims);
    if (name === 'notify.settle') leases?.settled(this, input as Settlement, output as Settled);
  }

  async #watched<T>(command: string, run: () => Promise<T>): Promise<T> {
    if (!this.dead) this.#options.onWrite(command, this);
    const result = await run();
    if (!this.dead) this.#options.onWritten(command, this);
    return result;
  }
}

/** Opens what a disk holds, as the server does at its start. */
export async function openOn(disk: Disk): Promise<Stores> {
  const url = `sqlite:${disk.database}`;
  const reading = await prepareStore(url, disk.folder, log);
  return { reading, writing: openStore(url) };
}

function environment(folder: string): Record<string, string> {
  return {
    VIGIE_DATA_DIR: folder,
    VIGIE_PORT: '8000',
    VIGIE_SMTP_PORT: 'off',
    VIGIE_RETENTION_FLIPS: FOR_EVER,
    VIGIE_RETENTION_DELIVERIES: FOR_EVER,
  };
}
