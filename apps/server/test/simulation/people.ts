/** People who silence, maintain and acknowledge, with the real commands, at any time. */
import { AppError } from '../../src/errors.ts';
import type { Oracle } from './oracle.ts';
import type { Random } from './random.ts';
import type { ServerLife } from './server-life.ts';
import { NoAnswer, type Site } from './site.ts';
import type { StoredSilence } from './store-view.ts';
import type { VirtualTime } from './virtual-time.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
/** Milliseconds from one thing that somebody does to the next. */
const MEAN_WAIT = 60 * MINUTE;
const SHORTEST = 10 * MINUTE;
const LONGEST = 30 * HOUR;
const EXPECTED: ReadonlySet<string> = new Set(['unavailable', 'conflict']);
/** The only project. */
const PROJECT = 1;

const ACTS = [
  ...(['silence', 'silence', 'change', 'expire', 'window', 'acknowledge'] as const),
  ...(['pause', 'pause', 'pause', 'resume', 'resume'] as const),
];
type Act = (typeof ACTS)[number];

export const PLAIN_WINDOW = {
  name: '',
  tags: '[]',
  environments: '[]',
  starts_at: null,
  ends_at: null,
  schedule: '',
  duration: 0,
  time_zone: 'UTC',
  author: '',
  comment: '',
  disabled: 0,
} as const;

export interface PeopleOptions {
  time: VirtualTime;
  random: Random;
  site: Site;
  /** When they go home for good. */
  until: number;
  /** Knows the checks, and what becomes of them. */
  oracle: Oracle;
  /** An alert that fires and was not acknowledged; null = there is none. */
  pickAlert(): number | null;
  /** Something may have been changed just now. */
  onChange(): void;
}

export class People {
  readonly #options: PeopleOptions;
  /** What was done, by what it was. */
  readonly counts = {
    ...{ silenced: 0, changed: 0, expired: 0, windows: 0, acknowledged: 0 },
    ...{ paused: 0, resumed: 0 },
  };

  constructor(options: PeopleOptions) {
    this.#options = options;
    this.#plan();
  }

  #plan(): void {
    const { time, random, until } = this.#options;
    const at = time.now + random.wait(MEAN_WAIT);
    if (at >= until) return;
    time.at(at, () => {
      this.#act();
      this.#plan();
    });
  }

  #act(): void {
    const { site, random } = this.#options;
    const kind = random.pick(ACTS);
    const asked = site.ask((life) => this.#do(kind, life));
    if (asked === null) return;
    void asked
      .catch((error: unknown) => {
        // The disk is full, or the alert was over just before it was acknowledged; all else is a fault.
        const isExpected = error instanceof AppError && EXPECTED.has(error.code);
        if (!isExpected && !(error instanceof NoAnswer)) throw error;
      })
      .finally(() => this.#options.onChange());
  }

  async #do(kind: Act, life: ServerLife): Promise<void> {
    switch (kind) {
      case 'silence':
        await this.#silence(life, null, this.#drawMatchers());
        this.counts.silenced += 1;
        break;
      case 'change':
        await this.#change(life);
        break;
      case 'expire':
        await this.#expire(life);
        break;
      case 'window':
        await this.#window(life);
        break;
      case 'acknowledge':
        await this.#acknowledge(life);
        break;
      case 'pause':
        await this.#switch(life, 'checks.pause');
        break;
      case 'resume':
        await this.#switch(life, 'checks.resume');
        break;
    }
  }

  /** A new one, or another end and perhaps other matchers for `old`. */
  async #silence(
    life: ServerLife,
    old: StoredSilence | null,
    matchers: StoredSilence['matchers'],
  ): Promise<void> {
    const { random } = this.#options;
    const startsAt = old === null && random.chance(0.3) ? life.now() + random.int(5 * HOUR) : null;
    const begins = startsAt ?? Math.max(life.now(), old?.from ?? 0);
    const times = { startsAt, endsAt: begins + random.logBetween(SHORTEST, LONGEST) };
    const code = old?.code ?? null;
    const input = { projectId: PROJECT, code, matchers, ...times, author: 'people', comment: 'work' };
    await life.writer.run('silences.set', input);
  }

  #drawMatchers(): StoredSilence['matchers'] {
    const { random } = this.#options;
    const team = `team${1 + random.int(8)}`;
    const plain = { isRegex: false, isEqual: true };
    return random.pick([
      [{ name: 'tags', value: team, ...plain }],
      [{ name: 'check', value: `job .*${random.int(10)}`, isRegex: true, isEqual: true }],
      [
        { name: 'tags', value: 'team[1-4]', isRegex: true, isEqual: true },
        { name: 'environment', value: 'production', isRegex: false, isEqual: false },
      ],
    ]);
  }

  /** Another end, or other matchers, which makes it another silence. */
  async #change(life: ServerLife): Promise<void> {
    const { random } = this.#options;
    const silence = this.#pickSilence(life);
    if (silence === null) return;
    const matchers = random.chance(0.7) ? silence.matchers : this.#drawMatchers();
    await this.#silence(life, silence, matchers);
    this.counts.changed += 1;
  }

  async #expire(life: ServerLife): Promise<void> {
    const silence = this.#pickSilence(life);
    if (silence === null) return;
    await life.writer.run('silences.expire', { projectId: PROJECT, code: silence.code });
    this.counts.expired += 1;
  }

  /** One of those that are not over. */
  #pickSilence(life: ServerLife): StoredSilence | null {
    const { site, random } = this.#options;
    const silences = site.view?.silences().filter(({ to }) => to > life.now()) ?? [];
    return silences.length === 0 ? null : random.pick(silences);
  }

  /** One that opens once, soon; or one of those is taken away. */
  async #window(life: ServerLife): Promise<void> {
    const { site, random } = this.#options;
    const once = site.view?.windows().filter(({ schedule }) => schedule === '') ?? [];
    if (once.length > 0 && random.chance(0.3)) {
      await life.writer.run('windows.remove', { projectId: PROJECT, code: random.pick(once).code });
    } else {
      const starts_at = life.now() + random.int(2 * HOUR);
      const ends_at = starts_at + random.logBetween(SHORTEST, LONGEST);
      const fields = { ...PLAIN_WINDOW, tags: `["team${1 + random.int(8)}"]`, starts_at, ends_at };
      await life.writer.run('windows.create', { projectId: PROJECT, fields });
    }
    this.counts.windows += 1;
  }

  /** Pauses a check, or lets one that is paused go on. */
  async #switch(life: ServerLife, command: 'checks.pause' | 'checks.resume'): Promise<void> {
    const { time, random, oracle } = this.#options;
    const isPause = command === 'checks.pause';
    // What is paused is often what is in trouble.
    const isDown = isPause && random.chance(0.5);
    const checks = oracle.checks.filter(({ state }) =>
      isDown ? state === 'down' : (state === 'paused') !== isPause,
    );
    if (checks.length === 0) return;
    const check = random.pick(checks);
    oracle.asked(check, { to: isPause ? 'paused' : 'new', at: time.now, wall: life.now() });
    try {
      await life.writer.run(command, { projectId: PROJECT, code: check.code, actor: 'people' });
    } catch (error) {
      if (!life.dead) oracle.unchanged(check);
      throw error;
    }
    if (life.dead) return;
    oracle.changed(check);
    if (isPause) this.counts.paused += 1;
    else this.counts.resumed += 1;
  }

  async #acknowledge(life: ServerLife): Promise<void> {
    const alertId = this.#options.pickAlert();
    if (alertId === null) return;
    const input = { projectId: PROJECT, alertId, actor: 'people', comment: '' };
    await life.writer.run('alerts.acknowledge', input);
    this.counts.acknowledged += 1;
  }
}
