import type { PingInput } from '../../src/checks/ping.ts';
import type { PingOutcome } from '../../src/checks/receive.ts';
import { BEAT_INTERVAL } from '../../src/nodes/presence.ts';
import type { OutboundRequest, OutboundResponse } from '../../src/notify/outbound/exchange.ts';
import type { Disk } from './disk.ts';
import type { Random } from './random.ts';
import { ServerLife } from './server-life.ts';
import { StoreView } from './store-view.ts';
import type { Trouble } from './troubles.ts';
import type { VirtualTime, WallClock } from './virtual-time.ts';

/** Milliseconds: signs of life between two troubles are left out but for one an hour, and the last. */
const LONGEST_STRETCH = 3_600_000;
/** Milliseconds that a power cut waits for its moment; then it comes anyway. */
const MOMENT_WITHIN = 360_000;
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
  /** A process took over what the last one left at `cut`; `outages` as it found them. */
  onRestart(cut: number, outages: { from: number; to: number }[]): void;
  onViolation(text: string): void;
}

type Cut = Extract<Trouble, { kind: 'cut' }>;

/** The machine that the server runs on: its disk, its wall clock, its power. */
export class Machine {
  readonly #options: MachineOptions;
  #disk: Disk;
  #life: ServerLife | null = null;
  #view: StoreView | null = null;
  #ready = false;
  #readyAt = 0;
  /** The power cut that waits for its moment. */
  #armed: Cut | null = null;
  /** End of the log at the last acknowledged write, while a cut is imminent. */
  #acknowledged = Number.POSITIVE_INFINITY;
  #imminent = false;
  #cutAt = 0;
  /** Wall times: when the server was last known to live, and when it began to start since. */
  #alive = 0;
  #starts: number[] = [];
  #outages = 0;
  #full = false;
  #fullUntil = Number.NEGATIVE_INFINITY;
  #stepped = { at: Number.NEGATIVE_INFINITY, offset: 0 };
  #beaten = false;
  readonly counts = { cuts: 0, steps: 0, fulls: 0 };

  constructor(options: MachineOptions) {
    this.#options = options;
    this.#disk = options.disk;
    for (const trouble of options.troubles) options.time.at(trouble.at, () => this.#befall(trouble));
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
    const life = this.#life;
    if (life === null || !this.#ready) return null;
    return life.ping(make(life.now()));
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

  /** Whether a process ended, or the disk was full, at this instant or later. */
  troubledSince(instant: number): boolean {
    return !this.#ready || this.#readyAt > instant || this.#full || this.#fullUntil >= instant;
  }

  async #start(): Promise<void> {
    const { time, wall, random, call } = this.#options;
    this.#starts.push(time.now + wall.offset);
    const life = await ServerLife.begin({
      disk: this.#disk,
      random,
      clock: (own) => wall.ofProcess(own, (delay) => this.#stretch(delay)),
      call,
      onWrite: (command) => this.#onWrite(command),
      onWritten: (command) => this.#onWritten(command),
    });
    this.#life = life;
    await life.start();
    if (!life.dead) this.#takeOver();
  }

  #takeOver(): void {
    const { time, wall, onRestart } = this.#options;
    this.#ready = true;
    this.#readyAt = time.now;
    this.#view = new StoreView(this.#disk.database);
    const rows = this.#view.outages();
    const outages = rows.slice(this.#outages);
    const first = this.counts.cuts === 0;
    if (!first) {
      this.#judge(outages);
      onRestart(
        this.#cutAt,
        outages.map(({ from, to }) => ({ from: from - wall.offset, to: to - wall.offset })),
      );
    }
    this.#outages = rows.length;
    this.#alive = time.now + wall.offset;
    this.#starts = [];
  }

  /** The downtime as entered must be the downtime as it was. */
  #judge(outages: readonly { from: number; to: number }[]): void {
    const { wall, onViolation } = this.#options;
    const told = JSON.stringify(outages);
    const [first] = outages;
    const cut = this.#cutAt + wall.offset;
    if (first === undefined || first.from < this.#alive || (outages.length === 1 && first.from > cut)) {
      onViolation(`outages ${told} were entered; alive at ${this.#alive}, cut at ${cut}`);
    }
    if (outages.some(({ to }) => !this.#starts.includes(to)) || outages.at(-1)?.to !== this.#starts.at(-1)) {
      onViolation(`outages ${told} were entered; started at ${this.#starts.join(', ')}`);
    }
  }

  #onWrite(command: string): void {
    const armed = this.#armed;
    if (armed === null || this.#imminent || armed.moment !== command) return;
    if (command === 'checks.expire' && !this.#options.isDeadline()) return;
    this.#imminent = true;
    this.#acknowledged = this.#disk.committedEnd();
    void this.#countDown(armed);
  }

  #onWritten(command: string): void {
    const { time, wall } = this.#options;
    if (this.#imminent) this.#acknowledged = this.#disk.committedEnd();
    if (command !== 'nodes.beat') return;
    this.#beaten = true;
    if (this.#ready) this.#alive = time.now + wall.offset;
  }

  async #countDown(cut: Cut): Promise<void> {
    for (let left = cut.promises; left > 0; left--) await null;
    this.#cut(cut);
  }

  /** A delay of the process: that between two signs of life is stretched to where the next one matters. */
  #stretch(delay: number): number {
    if (delay !== BEAT_INTERVAL || !this.#beaten) return delay;
    this.#beaten = false;
    if (this.#armed !== null || this.#unsettled) return delay;
    const { time, troubles } = this.#options;
    const next = troubles.find(({ at }) => at > time.now)?.at ?? Number.POSITIVE_INFINITY;
    const room = Math.min(LONGEST_STRETCH, next - time.now - 1);
    return Math.max(1, Math.floor(room / BEAT_INTERVAL)) * BEAT_INTERVAL;
  }

  /** Whether the clock was set and the server has not noticed. */
  get #unsettled(): boolean {
    const { time, wall } = this.#options;
    return this.#life !== null && this.#life.now() !== time.now + wall.offset;
  }

  #befall(trouble: Trouble): void {
    if (!this.#ready || this.#armed !== null) return;
    if (trouble.kind === 'full') this.#fill(trouble);
    else if (trouble.kind === 'step') this.#step(trouble.delta);
    else if (trouble.moment === 'nothing') this.#cut(trouble);
    else if (trouble.moment === 'nodes.start') {
      this.#cut(trouble);
      this.#armed = trouble;
    } else this.#arm(trouble);
  }

  #arm(cut: Cut): void {
    const { time } = this.#options;
    this.#armed = cut;
    time.at(time.now + MOMENT_WITHIN, () => {
      if (this.#armed === cut && !this.#imminent) this.#cut(cut);
    });
  }

  /** The power goes now, in the middle of whatever goes on. */
  #cut(cut: Cut): void {
    const { time } = this.#options;
    const life = this.#life;
    if (life === null) return;
    // A step that the dying process has not noticed cannot be known to the next one.
    if (this.#unsettled) {
      this.#imminent = false;
      time.at(time.now + POSTPONED, () => this.#cut(cut));
      return;
    }
    const disk = this.#disk;
    this.#disk = disk.afterPowerCut(life.synchronous, this.#acknowledged);
    life.dead = true;
    this.#life = null;
    this.#ready = false;
    this.#view?.[Symbol.dispose]();
    this.#view = null;
    if (this.#starts.length === 0) this.#cutAt = time.now;
    if (this.#full) this.#room();
    this.#armed = null;
    this.#imminent = false;
    this.#acknowledged = Number.POSITIVE_INFINITY;
    this.counts.cuts += 1;
    // By then the old process has come to rest.
    time.at(time.now + 1, () => void life.release().then(() => disk.remove()));
    time.at(time.now + cut.pause, () => this.powerOn());
  }

  #step(delta: number): void {
    const { time, wall } = this.#options;
    this.#stepped = { at: time.now, offset: wall.offset };
    wall.step(delta);
    this.counts.steps += 1;
  }

  /** Lets the disk take no more: no page, or nothing at all. */
  #fill({ duration, readOnly }: Extract<Trouble, { kind: 'full' }>): void {
    const { time } = this.#options;
    const life = this.#life;
    if (life === null || this.#full) return;
    this.#full = true;
    this.counts.fulls += 1;
    void life.limit(readOnly);
    time.at(time.now + duration, () => {
      if (life.dead) return;
      this.#room();
      void life.unlimit();
    });
  }

  #room(): void {
    this.#full = false;
    this.#fullUntil = this.#options.time.now;
  }

  /** Ends the last process for good. */
  async end(): Promise<void> {
    this.#view?.[Symbol.dispose]();
    const life = this.#life;
    if (life === null) return;
    life.dead = true;
    await life.release();
    this.#disk.remove();
  }
}
