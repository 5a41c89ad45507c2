import type { OutboundRequest, OutboundResponse } from '../../src/outbound/exchange.ts';
import { CutTrigger } from './cut-trigger.ts';
import type { Disk } from './disk.ts';
import { DiskSpace } from './disk-space.ts';
import { Downtime } from './downtime.ts';
import type { Restart } from './judge.ts';
import { QuietRounds } from './quiet-rounds.ts';
import type { Random } from './random.ts';
import { openOn, ServerLife } from './server-life.ts';
import { answerOf, type Site } from './site.ts';
import { StoreView } from './store-view.ts';
import { type Cut, type Full, type MachineTrouble, noTroubles } from './troubles.ts';
import type { VirtualTime, WallClock } from './virtual-time.ts';

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
  troubles: readonly MachineTrouble[];
  call(call: OutboundRequest, life: ServerLife): Promise<OutboundResponse>;
  /** Whether a check should be going down just now. */
  isDeadline(): boolean;
  onRestart(restart: Restart): void;
  onViolation(text: string): void;
}

/** The machine that the server runs on: its disk, its wall clock, its power. */
export class Machine implements Site {
  readonly #options: MachineOptions;
  readonly #trigger: CutTrigger;
  readonly #downtime = new Downtime();
  readonly #space: DiskSpace;
  #disk: Disk;
  #life: ServerLife | null = null;
  /** Open while a server takes pings. */
  #view: StoreView | null = null;
  #readyAt = 0;
  #cutAt = 0;
  /** The last step of the clock, and what the wall clock was ahead before. */
  #stepped = { at: Number.NEGATIVE_INFINITY, offset: 0 };
  readonly #rounds: QuietRounds;
  decisions = 0;
  readonly refused = 0;
  readonly counts = noTroubles();

  constructor(options: MachineOptions) {
    this.#options = options;
    this.#disk = options.disk;
    const { time, isDeadline } = options;
    this.#space = new DiskSpace(time);
    this.#trigger = new CutTrigger({
      mark: () => this.#disk.committedEnd(),
      isDeadline,
      cut: (cut) => this.#cut(cut),
    });
    this.#rounds = new QuietRounds({
      time,
      troubles: options.troubles,
      isArmed: () => this.#trigger.isArmed,
      isUnsettled: () => this.#isUnsettled,
    });
    for (const trouble of options.troubles) time.at(trouble.at, () => this.#befall(trouble));
  }

  /** What the data file holds; null while no server takes pings. */
  get view(): StoreView | null {
    return this.#view;
  }

  powerOn(): void {
    void this.#start();
  }

  ask<T>(request: (life: ServerLife) => Promise<T>): Promise<T> | null {
    if (this.#life === null || this.#view === null) return null;
    return answerOf(this.#life, request);
  }

  wallsOf(instant: number): number[] {
    const { time, wall } = this.#options;
    const walls = [instant + wall.offset];
    if (this.#life !== null) walls.push(instant + this.#life.now() - time.now);
    if (this.#stepped.at > instant - POSTPONED) walls.push(instant + this.#stepped.offset);
    return walls;
  }

  get serverWall(): number {
    return this.#life?.now() ?? Number.NaN;
  }

  steppedSince(instant: number): boolean {
    return this.#stepped.at >= instant;
  }

  heldUpSince(instant: number): boolean {
    const { now } = this.#options.time;
    const justEnded = (end: number): boolean => end >= instant && now <= end + CATCH_UP;
    return this.#space.isFull || justEnded(this.#space.fullUntil) || justEnded(this.#readyAt);
  }

  sleptSince(): boolean {
    return false;
  }

  troubledSince(instant: number): boolean {
    return this.#view === null || this.#readyAt > instant || this.#space.fullUntil >= instant;
  }

  get #wallNow(): number {
    return this.#options.time.now + this.#options.wall.offset;
  }

  async #start(): Promise<void> {
    const { wall, random, call } = this.#options;
    this.#downtime.onStart(this.#wallNow);
    const life = await ServerLife.begin({
      folder: this.#disk.folder,
      open: () => openOn(this.#disk),
      random,
      clock: (own) => wall.ofProcess(own, (delay) => this.#rounds.stretch(delay)),
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
    if (this.counts.cut > 0) {
      const outages = this.#downtime.entered(this.#view, onViolation);
      onRestart({
        cut: this.#cutAt,
        outages: outages.map(({ from, to }) => ({ from: from - wall.offset, to: to - wall.offset })),
      });
    }
    this.#downtime.end(this.#wallNow);
  }

  #onWritten(command: string): void {
    this.#trigger.onWritten();
    this.#rounds.onWritten(command);
    if (!/^(work|notify|nodes|maintenance)\./.test(command)) this.decisions += 1;
    if (command === 'nodes.beat' && this.#view !== null) this.#downtime.onAlive(this.#wallNow);
  }

  /** Whether the clock was set and the server has not noticed. */
  get #isUnsettled(): boolean {
    return this.#life !== null && this.#life.now() !== this.#wallNow;
  }

  #befall(trouble: MachineTrouble): void {
    if (this.#life === null || this.#view === null || this.#trigger.isArmed) return;
    switch (trouble.kind) {
      case 'cut':
        this.#await(trouble);
        break;
      case 'step':
        this.#step(trouble.delta);
        break;
      case 'full':
        this.#fill(trouble, this.#life);
        break;
    }
  }

  /** Lets a cut wait for its moment; that of a start comes with the next one, after another cut. */
  #await(cut: Cut): void {
    const { time } = this.#options;
    if (cut.moment === 'nothing' || cut.moment === 'nodes.start') this.#cut(cut);
    if (cut.moment === 'nothing') return;
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
    const [disk, view] = [this.#disk, this.#view];
    this.#disk = disk.afterPowerCut(life.synchronous, this.#trigger.acknowledged);
    this.#downtime.onCut(this.#wallNow);
    if (view !== null) this.#cutAt = time.now;
    this.#forget(life);
    this.#trigger.reset();
    this.counts.cut += 1;
    // By then the old process has come to rest.
    time.at(time.now + 1, () => void this.#bury(life, view, disk));
    time.at(time.now + cut.pause, () => this.powerOn());
  }

  /** The view goes last: SQLite copies the log of a dead disk into its database when a writer is the last to go. */
  async #bury(life: ServerLife, view: StoreView | null, disk: Disk): Promise<void> {
    await life.release();
    view?.[Symbol.dispose]();
    disk.remove();
  }

  #forget(life: ServerLife): void {
    life.dead = true;
    this.#life = null;
    this.#view = null;
    this.#space.empty();
  }

  #step(delta: number): void {
    const { time, wall } = this.#options;
    this.#stepped = { at: time.now, offset: wall.offset };
    wall.step(delta);
    this.counts.step += 1;
  }

  #fill(full: Full, life: ServerLife): void {
    if (this.#space.isFull) return;
    this.#space.fill(life, full);
    this.counts.full += 1;
  }

  /** Ends the last process for good. */
  async end(): Promise<void> {
    const [life, view] = [this.#life, this.#view];
    if (life === null) return;
    this.#forget(life);
    await this.#bury(life, view, this.#disk);
  }
}
