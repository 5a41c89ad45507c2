import type { PingInput } from '../../src/checks/ping.ts';
import type { PingOutcome } from '../../src/checks/receive.ts';
import { BEAT_INTERVAL } from '../../src/nodes/presence.ts';
import type { OutboundRequest, OutboundResponse } from '../../src/notify/outbound/exchange.ts';
import { CutTrigger } from './cut-trigger.ts';
import type { Disk } from './disk.ts';
import { Downtime, type Outage } from './downtime.ts';
import type { Random } from './random.ts';
import { ServerLife } from './server-life.ts';
import { StoreView } from './store-view.ts';
import type { Cut, Full, Trouble } from './troubles.ts';
import type { VirtualTime, WallClock } from './virtual-time.ts';

/** Milliseconds: signs of life between two troubles are left out but for one an hour, and the last. */
const LONGEST_STRETCH = 3_600_000;
/** Milliseconds that a power cut waits for its moment; then it comes anyway. */
const MOMENT_WITHIN = 720_000;
/** Milliseconds until a trouble is tried again that had to wait for another to be settled. */
const POSTPONED = 10_000;
/** Milliseconds after a trouble within which held-up writes are done. */
const CATCH_UP = 2_500;

export interface MachineOptions {
  time: VirtualTime;
  wall: WallClock;
  random: Random;
  disk: Disk;
  troubles: readonly Trouble[];
  call(call: OutboundRequest, life: ServerLife): Promise<OutboundResponse>;
  /** Whether a check should be going down just now. */
  isDeadline(): boolean;
  /** A process took over what the last one left at `cut`; `outages` as it found them. Virtual time. */
  onRestart(cut: number, outages: Outage[]): void;
  onViolation(text: string): void;
}

/** The machine that the server runs on: its disk, its wall clock, its power. */
export class Machine {
  readonly #options: MachineOptions;
  readonly #trigger: CutTrigger;
  readonly #downtime = new Downtime();
  #disk: Disk;
  #life: ServerLife | null = null;
  /** Open while a server takes pings. */
  #view: StoreView | null = null;
  #readyAt = 0;
  #cutAt = 0;
  #full = false;
  #fullUntil = Number.NEGATIVE_INFINITY;
  /** The last step of the clock, and what the wall clock was ahead before. */
  #stepped = { at: Number.NEGATIVE_INFINITY, offset: 0 };
  /** A sign of life was written, and the next one is asked for at once. */
  #beaten = false;
  readonly counts = { cuts: 0, steps: 0, fulls: 0 };

  constructor(options: MachineOptions) {
    this.#options = options;
    this.#disk = options.disk;
    const { time, isDeadline } = options;
    this.#trigger = new CutTrigger({ disk: () => this.#disk, isDeadline, cut: (cut) => this.#cut(cut) });
    for (const trouble of options.troubles) time.at(trouble.at, () => this.#befall(trouble));
  }

  /** What the data file holds; null while no server takes pings. */
  get view(): StoreView | null {
    return this.#view;
  }

  powerOn(): void {
    void this.#start();
  }

  /** Sends a ping to the server, told the time as it shows it; null = nobody listens. */
  ping(make: (wall: number) => PingInput): Promise<PingOutcome> | null {
    if (this.#life === null || this.#view === null) return null;
    return this.#life.ping(make(this.#life.now()));
  }

  /** What the wall clock may call an instant: just set, the server still goes by the old time. */
  wallsOf(instant: number): number[] {
    const { time, wall } = this.#options;
    const walls = [instant + wall.offset];
    if (this.#life !== null) walls.push(instant + this.#life.now() - time.now);
    if (this.#stepped.at > instant - POSTPONED) walls.push(instant + this.#stepped.offset);
    return walls;
  }

  /** Whether the server could not write at some moment since `instant`, or just can again. */
  heldUpSince(instant: number): boolean {
    const { now } = this.#options.time;
    const justEnded = (end: number): boolean => end >= instant && now <= end + CATCH_UP;
    return this.#full || justEnded(this.#fullUntil) || justEnded(this.#readyAt);
  }

  /** Whether a process ended, or the disk took no more, at this instant or later. */
  troubledSince(instant: number): boolean {
    return this.#view === null || this.#readyAt > instant || this.#full || this.#fullUntil >= instant;
  }

  get #wallNow(): number {
    return this.#options.time.now + this.#options.wall.offset;
  }

  async #start(): Promise<void> {
    const { wall, random, call } = this.#options;
    this.#downtime.onStart(this.#wallNow);
    const life = await ServerLife.begin({
      disk: this.#disk,
      random,
      clock: (own) => wall.ofProcess(own, (delay) => this.#stretch(delay)),
      call,
      onWrite: (command) => this.#trigger.onWrite(command),
      onWritten: (command) => this.#onWritten(command),
    });
    this.#life = life;
    await life.start();
    if (!life.dead) this.#takeOver();
  }

  #takeOver(): void {
    const { time, wall, onRestart, onViolation } = this.#options;
    this.#readyAt = time.now;
    this.#view = new StoreView(this.#disk.database);
    if (this.counts.cuts > 0) {
      const outages = this.#downtime.entered(this.#view, onViolation);
      onRestart(
        this.#cutAt,
        outages.map(({ from, to }) => ({ from: from - wall.offset, to: to - wall.offset })),
      );
    }
    this.#downtime.end(this.#wallNow);
  }

  #onWritten(command: string): void {
    this.#trigger.onWritten();
    if (command !== 'nodes.beat') return;
    this.#beaten = true;
    if (this.#view !== null) this.#downtime.onAlive(this.#wallNow);
  }

  /** A delay of the process: that between two signs of life is stretched to where the next one matters. */
  #stretch(delay: number): number {
    if (delay !== BEAT_INTERVAL || !this.#beaten) return delay;
    this.#beaten = false;
    if (this.#trigger.isArmed || this.#isUnsettled) return delay;
    const { time, troubles } = this.#options;
    const next = troubles.find(({ at }) => at > time.now)?.at ?? Number.POSITIVE_INFINITY;
    const room = Math.min(LONGEST_STRETCH, next - time.now - 1);
    return Math.max(1, Math.floor(room / BEAT_INTERVAL)) * BEAT_INTERVAL;
  }

  /** Whether the clock was set and the server has not noticed. */
  get #isUnsettled(): boolean {
    return this.#life !== null && this.#life.now() !== this.#wallNow;
  }

  #befall(trouble: Trouble): void {
    if (this.#view === null || this.#trigger.isArmed) return;
    if (trouble.kind === 'full') this.#fill(trouble);
    else if (trouble.kind === 'step') this.#step(trouble.delta);
    else if (trouble.moment === 'nothing') this.#cut(trouble);
    else this.#await(trouble);
  }

  /** Lets a cut wait for its moment; that of a start comes with the next one, after another cut. */
  #await(cut: Cut): void {
    const { time } = this.#options;
    if (cut.moment === 'nodes.start') this.#cut(cut);
    this.#trigger.arm(cut);
    if (cut.moment === 'nodes.start') return;
    time.at(time.now + MOMENT_WITHIN, () => {
      if (this.#trigger.waits(cut)) this.#cut(cut);
    });
  }

  /** The power goes now, in the middle of whatever goes on. */
  #cut(cut: Cut): void {
    const { time } = this.#options;
    const life = this.#life;
    if (life === null) return;
    // A step that the dying process has not noticed cannot be known to the next one.
    if (this.#isUnsettled) {
      this.#trigger.reset();
      time.at(time.now + POSTPONED, () => this.#cut(cut));
      return;
    }
    const disk = this.#disk;
    this.#disk = disk.afterPowerCut(life.synchronous, this.#trigger.acknowledged);
    this.#downtime.onCut(this.#wallNow);
    if (this.#view !== null) this.#cutAt = time.now;
    this.#forget(life);
    this.#trigger.reset();
    this.counts.cuts += 1;
    // By then the old process has come to rest.
    time.at(time.now + 1, () => void life.release().then(() => disk.remove()));
    time.at(time.now + cut.pause, () => this.powerOn());
  }

  #forget(life: ServerLife): void {
    life.dead = true;
    this.#life = null;
    this.#view?.[Symbol.dispose]();
    this.#view = null;
    if (this.#full) this.#empty();
  }

  #step(delta: number): void {
    const { time, wall } = this.#options;
    this.#stepped = { at: time.now, offset: wall.offset };
    wall.step(delta);
    this.counts.steps += 1;
  }

  #fill({ duration, readOnly }: Full): void {
    const { time } = this.#options;
    const life = this.#life;
    if (life === null || this.#full) return;
    this.#full = true;
    this.counts.fulls += 1;
    void life.limit(readOnly);
    time.at(time.now + duration, () => {
      if (life.dead) return;
      this.#empty();
      void life.unlimit();
    });
  }

  #empty(): void {
    this.#full = false;
    this.#fullUntil = this.#options.time.now;
  }

  /** Ends the last process for good. */
  async end(): Promise<void> {
    const life = this.#life;
    if (life === null) return;
    this.#forget(life);
    await life.release();
    this.#disk.remove();
  }
}
