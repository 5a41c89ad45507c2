import type { OutboundRequest, OutboundResponse } from '../../src/outbound/exchange.ts';
import { withBeats } from './beats.ts';
import { CutTrigger } from './cut-trigger.ts';
import type { Restart } from './judge.ts';
import { LeaseJudge } from './lease-judge.ts';
import { Node } from './node.ts';
import { QuietRounds } from './quiet-rounds.ts';
import type { Random } from './random.ts';
import { ServerLife } from './server-life.ts';
import { SharedDatabase } from './shared-database.ts';
import { answerOf, type Site } from './site.ts';
import { StoreView } from './store-view.ts';
import { type Cut, type NodeTrouble, noTroubles, type Stall } from './troubles.ts';
import type { VirtualTime, WallClock } from './virtual-time.ts';

const NODES = 2;
/** Milliseconds that a death or a stall waits for its moment; then it comes anyway. Messages are rare. */
const MOMENT_WITHIN = 7_200_000;
/** Milliseconds after which a node that is well again knows what it missed. */
const CATCH_UP = 2_500;

export interface ClusterOptions {
  time: VirtualTime;
  wall: WallClock;
  random: Random;
  /** The folder of the nodes, and the database that they share. */
  folder: string;
  database: string;
  troubles: readonly NodeTrouble[];
  call(call: OutboundRequest, life: ServerLife): Promise<OutboundResponse>;
  /** Whether a check should be going down just now. */
  isDeadline(): boolean;
  onRestart(restart: Restart): void;
  onViolation(text: string): void;
}

/**
 * Nodes that share a database, which never fails. One at a time dies or hangs, and the others go on; what they hear
 * of each other may be late or lost.
 */
export class Cluster implements Site {
  readonly #options: ClusterOptions;
  readonly #database: SharedDatabase;
  readonly #nodes: readonly Node[];
  readonly #trigger: CutTrigger;
  readonly #leases: LeaseJudge;
  /** Whom the cut that waits for its moment is for. */
  #victim: Node | null = null;
  /** Waits for somebody to claim something. */
  #stall: Stall | null = null;
  #sleptAt = Number.NEGATIVE_INFINITY;
  #view: StoreView | null = null;
  decisions = 0;
  readonly counts = noTroubles();

  constructor(options: ClusterOptions) {
    this.#options = options;
    const { time, random, database, isDeadline, onViolation } = options;
    this.#leases = new LeaseJudge({ time, onViolation });
    this.#database = new SharedDatabase(database);
    this.#nodes = Array.from(
      { length: NODES },
      () => new Node({ time, random: random.fork(), database: this.#database }),
    );
    this.#trigger = new CutTrigger({ mark: () => 0, isDeadline, cut: (cut) => this.#kill(cut) });
    for (const trouble of options.troubles) time.at(trouble.at, () => this.#befall(trouble));
  }

  get view(): StoreView | null {
    return this.#view;
  }

  get refused(): number {
    return this.#leases.refused;
  }

  get serverWall(): number {
    return this.#options.time.now + this.#options.wall.offset;
  }

  powerOn(): void {
    for (const node of this.#nodes) void this.#start(node);
  }

  ask<T>(request: (life: ServerLife) => Promise<T>): Promise<T> | null {
    const lives = this.#nodes.flatMap(({ life }) => (life === null ? [] : [life]));
    return lives.length === 0 ? null : answerOf(this.#options.random.pick(lives), request);
  }

  wallsOf(instant: number): number[] {
    return [instant + this.#options.wall.offset];
  }

  steppedSince(): boolean {
    return false;
  }

  heldUpSince(instant: number): boolean {
    const { now } = this.#options.time;
    return this.#nodes.every(({ knowsSince }) => knowsSince > instant && now <= knowsSince + CATCH_UP);
  }

  troubledSince(instant: number): boolean {
    return this.#nodes.some(({ wellSince }) => wellSince >= instant);
  }

  sleptSince(instant: number): boolean {
    return this.#sleptAt >= instant;
  }

  async end(): Promise<void> {
    const lives = this.#nodes.map((node) => node.kill());
    for (const life of lives) await life?.release();
    this.#view?.[Symbol.dispose]();
  }

  async #start(node: Node): Promise<void> {
    const { time, wall, random, folder, troubles } = this.#options;
    const rounds = new QuietRounds({
      time,
      troubles,
      isArmed: () => this.#isArmed,
      isUnsettled: () => !this.#areWell,
    });
    const { disconnect, ...stores } = this.#database.connect();
    const life = await ServerLife.begin({
      folder,
      open: async () => stores,
      leases: {
        claimed: (own, claims) => {
          this.#leases.claimed(own, claims);
          if (claims.length > 0 && this.#stall !== null) this.#sleepSoon(node, this.#stall);
        },
        settled: this.#leases.settled.bind(this.#leases),
      },
      listen: (options) => node.listen(life, options),
      commands: (all) => withBeats(all, () => this.#living()),
      random,
      clock: (own) => wall.ofProcess(own, (delay) => rounds.stretch(delay)),
      call: (call, own) => this.#call(call, own),
      onWrite: (command) => this.#onWrite(command, node),
      onWritten: (command) => {
        rounds.onWritten(command);
        this.#onWritten(command);
      },
    });
    node.begin(life, disconnect);
    // Killed at its start, it finds its connection broken.
    await life.start().catch((error: unknown) => {
      if (!life.dead) throw error;
    });
    if (life.dead) return;
    node.ready();
    this.#view ??= new StoreView(this.#database.path);
  }

  get #isArmed(): boolean {
    return this.#trigger.isArmed || this.#stall !== null;
  }

  get #areWell(): boolean {
    return this.#nodes.every(({ isWell }) => isWell);
  }

  #living(): string[] {
    return this.#nodes.flatMap(({ life }) => (life === null ? [] : [life.nodeId]));
  }

  /** A process that hangs meanwhile learns of the answer when it goes on. */
  async #call(call: OutboundRequest, life: ServerLife): Promise<OutboundResponse> {
    const { time } = this.#options;
    const [answer] = await Promise.allSettled([this.#options.call(call, life)]);
    while (time.now < life.asleepUntil) {
      await new Promise<void>((resolve) => {
        time.at(life.asleepUntil, resolve);
      });
    }
    if (answer.status === 'rejected') throw answer.reason;
    return answer.value;
  }

  #onWrite(command: string, node: Node): void {
    if (!this.#trigger.isCounting) this.#victim = node;
    this.#trigger.onWrite(command);
  }

  #onWritten(command: string): void {
    if (!/^(work|notify|nodes|maintenance)\./.test(command)) this.decisions += 1;
  }

  #befall(trouble: NodeTrouble): void {
    const node = this.#options.random.pick(this.#nodes);
    if (trouble.kind === 'gap') {
      node.deafen(trouble.duration);
      this.counts.gap += 1;
      return;
    }
    if (!this.#areWell) return;
    if (trouble.kind === 'stall') this.#awaitClaim(trouble, node);
    else if (!this.#trigger.isArmed) this.#await(trouble, node);
  }

  #awaitClaim(stall: Stall, node: Node): void {
    const { time } = this.#options;
    if (stall.afterClaim === null) {
      this.#sleep(node, stall);
      return;
    }
    this.#stall = stall;
    time.at(time.now + MOMENT_WITHIN, () => {
      if (this.#stall === stall) this.#sleepSoon(node, stall);
    });
  }

  #sleepSoon(node: Node, stall: Stall): void {
    const { time } = this.#options;
    this.#stall = null;
    time.at(time.now + (stall.afterClaim ?? 0), () => {
      if (this.#areWell) this.#sleep(node, stall);
    });
  }

  #sleep(node: Node, { duration }: Stall): void {
    node.sleep(duration);
    this.#sleptAt = this.#options.time.now + duration;
    this.counts.stall += 1;
  }

  /** Lets a death wait for its moment; that of a start comes with the next one, after another death. */
  #await(cut: Cut, node: Node): void {
    const { time } = this.#options;
    this.#victim = node;
    if (cut.moment === 'nothing' || cut.moment === 'nodes.start') this.#kill(cut);
    if (cut.moment === 'nothing') return;
    this.#trigger.arm(cut);
    if (cut.moment === 'nodes.start') return;
    time.at(time.now + MOMENT_WITHIN, () => {
      if (this.#trigger.waits(cut)) this.#kill(cut);
    });
  }

  /** Ends a process in the middle of whatever it is at; what it committed is there, and what it did not is not. */
  #kill({ pause }: Cut): void {
    const { time, onRestart } = this.#options;
    this.#trigger.reset();
    const node = this.#victim;
    const life = node?.kill() ?? null;
    if (node === null || life === null) return;
    this.counts.cut += 1;
    // Behind whatever the others are at in this instant.
    time.at(time.now, () => onRestart({ cut: time.now, outages: [] }));
    time.at(time.now + 1, () => void life.release());
    time.at(time.now + pause, () => void this.#start(node));
  }
}
