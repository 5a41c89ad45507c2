/**
 * A month in the life of a server, with the troubles of bad years: real commands, store, deadlines and
 * notifications on virtual time, on a disk that forgets what was not synced.
 */
import type { OutboundRequest } from '../../src/outbound/exchange.ts';
import { aPing } from '../../src/testing/checks.ts';
import { AlertJudge } from './alert-judge.ts';
import { Announcements } from './announcements.ts';
import type { CheckModel, Kind } from './check-model.ts';
import { Cluster } from './cluster.ts';
import { Disk } from './disk.ts';
import { Jobs } from './jobs.ts';
import type { Judge, Restart } from './judge.ts';
import { Machine } from './machine.ts';
import { Oracle } from './oracle.ts';
import { People } from './people.ts';
import { populate } from './population.ts';
import { Provider } from './provider.ts';
import { Random } from './random.ts';
import type { Report } from './report.ts';
import type { ServerLife } from './server-life.ts';
import { NoAnswer, type Site } from './site.ts';
import { troublesOfMachine, troublesOfNodes } from './troubles.ts';
import { atRest, VirtualTime, WallClock } from './virtual-time.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
/** A Thursday, midnight UTC. */
const BEGIN = Date.UTC(2026, 0, 1);
const PROVIDERS = 8;
/** Milliseconds without trouble at the end: the longest Retry-After, and some more. */
const QUIET_END = 2 * HOUR;
/** Milliseconds without trouble after which a message has nothing to wait for: the longest Retry-After, and some. */
const CALM = HOUR + HOUR / 4;
/** Violations after which nothing new is learnt. */
const ENOUGH = 10;

export interface SimulationOptions {
  seed: number;
  days: number;
  checks: number;
  /** 1 = one machine with its disk; more = processes that share a database, which never fails. */
  nodes: 1 | 2;
  /** An empty folder, best in memory. */
  folder: string;
}

/** Lives through it all; the same seed gives the same report. */
export async function simulate(options: SimulationOptions): Promise<Report> {
  return new Simulation(options).run();
}

class Simulation {
  readonly #options: SimulationOptions;
  readonly #random: Random;
  readonly #time = new VirtualTime();
  readonly #wall = new WallClock(this.#time, BEGIN);
  readonly #violations: string[] = [];
  readonly #pings = { taken: 0, refused: 0, unanswered: 0, lost: 0 };
  readonly #providers: Provider[] = [];
  readonly #site: Site;
  readonly #oracle: Oracle;
  readonly #announcements: Announcements;
  readonly #alerts: AlertJudge;
  readonly #people: People;
  readonly #jobs: Jobs;
  readonly #disk: Disk;
  readonly #judges: readonly Judge[];
  #markers = 0;

  constructor(options: SimulationOptions) {
    this.#options = options;
    this.#random = new Random(options.seed);
    const [time, random] = [this.#time, this.#random];
    const onViolation = (text: string): void => this.#violate(text);
    this.#disk = new Disk(options.folder, random.fork());
    this.#site = this.#build();
    this.#oracle = new Oracle({
      now: () => time.now,
      wallsOf: (instant) => this.#site.wallsOf(instant),
      view: () => this.#site.view,
      heldUpSince: (instant) => this.#site.heldUpSince(instant),
      onViolation,
    });
    this.#alerts = new AlertJudge({ site: this.#site, checks: () => this.#oracle.checks, onViolation });
    this.#announcements = new Announcements({
      checks: () => this.#oracle.checks,
      told: (check) => this.#alerts.told(check),
      view: () => this.#site.view,
      troubledSince: (instant) => this.#site.troubledSince(instant),
      sleptSince: (instant) => this.#site.sleptSince(instant),
      isCalm: (channel) => this.#isCalm(channel),
      onViolation,
    });
    this.#judges = [this.#oracle, this.#alerts, this.#announcements];
    this.#jobs = new Jobs({ time, random: random.fork(), send: (check, kind) => this.#send(check, kind) });
    this.#people = new People({
      time,
      random: random.fork(),
      site: this.#site,
      until: this.#end,
      oracle: this.#oracle,
      pickAlert: () => this.#pickAlert(),
      onChange: () => this.#alerts.rulesChanged(time.now),
    });
    for (let channel = 1; channel <= PROVIDERS; channel++) {
      const onReceipt = this.#announcements.receive.bind(this.#announcements);
      const provider = { time, random: random.fork(), channel, until: this.#end, onReceipt };
      this.#providers.push(new Provider(provider));
    }
  }

  /** One machine, or nodes that share a database. */
  #build(): Site {
    const time = this.#time;
    const [random, planning] = [this.#random.fork(), this.#random.fork()];
    const common = {
      ...{ time, wall: this.#wall, random },
      call: (call: OutboundRequest, life: ServerLife) => this.#providerOf(call.url).call(call, life),
      isDeadline: () => this.#oracle.isDeadline,
      onRestart: (restart: Restart) => {
        for (const judge of this.#judges) judge.restarted?.(restart);
      },
      onViolation: (text: string) => this.#violate(text),
    };
    if (this.#options.nodes > 1) {
      const { folder, database } = this.#disk;
      return new Cluster({ ...common, folder, database, troubles: troublesOfNodes(planning, this.#end) });
    }
    return new Machine({
      ...common,
      disk: this.#disk,
      troubles: troublesOfMachine(planning, this.#end),
    });
  }

  get #end(): number {
    return this.#options.days * DAY;
  }

  async run(): Promise<Report> {
    const { checks: count } = this.#options;
    const checks = await populate(this.#disk.database, this.#providers, count, this.#random.fork());
    for (const check of checks) {
      this.#oracle.add(check);
      this.#jobs.begin(check);
    }
    this.#site.powerOn();
    await atRest();
    this.#time.onInstant((now) => {
      for (const judge of this.#judges) judge.advance?.(now);
    });
    const end = this.#end + QUIET_END;
    for (let day = DAY; this.#violations.length < ENOUGH; day += DAY) {
      await this.#time.runUntil(Math.min(day, end));
      for (const judge of this.#judges) judge.audit?.();
      if (day >= end) break;
    }
    if (this.#violations.length === 0) for (const judge of this.#judges) judge.conclude?.();
    await this.#site.end();
    return this.#report();
  }

  /** One request of a job that reaches the machine; resolves with whether it was answered as taken. */
  async #send(check: CheckModel, kind: Kind): Promise<boolean> {
    const marker = `ping-${++this.#markers}`;
    const at = this.#time.now;
    const answer = this.#site.ask((life) => {
      const wall = life.now();
      this.#oracle.sent(check, { marker, kind, at, wall });
      return life.ping(aPing(wall, { target: { code: check.code }, action: kind, userAgent: marker }));
    });
    if (answer === null) {
      this.#pings.unanswered += 1;
      return false;
    }
    const outcome = await answer.catch((error: unknown) =>
      error instanceof NoAnswer ? ('unanswered' as const) : ('refused' as const),
    );
    if (outcome === 'unanswered') {
      this.#pings.unanswered += 1;
      return false;
    }
    if (outcome !== 'ok') {
      this.#pings.refused += 1;
      this.#oracle.refused(marker);
      return false;
    }
    this.#pings.taken += 1;
    this.#oracle.taken(marker);
    return true;
  }

  #providerOf(url: string): Provider {
    const number = Number(/provider-(\d+)/.exec(url)?.[1]);
    const provider = this.#providers[number - 1];
    if (provider === undefined) throw new Error(`BUG: a call to ${url}`);
    return provider;
  }

  #pickAlert(): number | null {
    const open = this.#alerts.unacknowledged;
    return open.length === 0 ? null : this.#random.pick(open).id;
  }

  #isCalm(channel: number): boolean {
    const since = this.#time.now - CALM;
    const provider = this.#providers[channel - 1];
    return provider !== undefined && provider.troubledAt < since && !this.#site.troubledSince(since);
  }

  #violate(text: string): void {
    if (this.#violations.length >= ENOUGH) return;
    const day = Math.floor(this.#time.now / DAY);
    const clock = new Date(this.#time.now % DAY).toISOString().slice(11, 23);
    this.#violations.push(`day ${day} ${clock}: ${text}`);
  }

  #report(): Report {
    const flips = this.#oracle.checks.reduce((sum, check) => sum + check.flips.length, 0);
    return {
      pings: { ...this.#pings, lost: this.#jobs.lost },
      troubles: this.#site.counts,
      flips,
      messages: this.#announcements.received,
      doubled: this.#announcements.doubled,
      refused: this.#site.refused,
      delays: this.#announcements.delays,
      alerts: this.#alerts.counts,
      people: this.#people.counts,
      violations: this.#violations,
    };
  }
}
