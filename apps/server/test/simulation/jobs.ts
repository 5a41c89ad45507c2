/** The jobs that ping: on schedule, over a network that loses packets, and now and then not at all. */
import type { CheckModel, Kind } from './check-model.ts';
import { Random } from './random.ts';
import type { VirtualTime } from './virtual-time.ts';

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
/** Jobs start on the marks of this grid, as crontabs have it. */
const GRID = 10 * MINUTE;
/** Milliseconds of a good network, and the longest of a bad one. */
const USUAL_DELAY = 20;
const LONGEST_DELAY = 3 * SECOND;
const USUAL = 0.98;
/** Of machines with several jobs: some of their deadlines come one right after the other. */
const CREW_DELAYS = [5, USUAL_DELAY];
/** Shares of requests, and of answers, that are lost. */
const LOST_REQUESTS = 0.002;
const LOST_ANSWERS = 0.002;
/** Share of runs that fail. */
const FAILURES = 0.0008;
/** Of slow jobs whose outages a policy damps: they fail often. */
const FLAKY_FAILURES = 0.08;
const SHORTEST_FLAKY = 3 * HOUR;
/** Share of slow jobs that say when they start; of their runs some hang and some take too long. */
const STARTERS = 0.25;
const SHORTEST_STARTER = 3 * HOUR;
const HANGING_RUNS = 0.01;
const LONG_RUNS = 0.02;
/** Milliseconds between two deaths of a job. */
const LIFE = 40 * DAY;
/** Share of jobs that come back later than their machine. */
const LATER_BACK = 0.15;

export interface JobsOptions {
  time: VirtualTime;
  random: Random;
  /** Sends a request that does arrive; resolves with whether it was answered as taken. */
  send(check: CheckModel, kind: Kind): Promise<boolean>;
}

export class Jobs {
  readonly #options: JobsOptions;
  /** Requests that never arrived, and answers that never did. */
  lost = 0;

  constructor(options: JobsOptions) {
    this.#options = options;
  }

  /** Begins the job of a check, somewhere in its period. */
  begin(check: CheckModel): void {
    const { time, random } = this.#options;
    const fate = check.crew === null ? random.fork() : new Random(check.crew);
    const job: Job = {
      check,
      retries: random.pick([0, 0, 1, 3]),
      starter: check.crew === null && check.period >= SHORTEST_STARTER && random.chance(STARTERS),
      fate,
      diesAt: time.now + fate.wait(LIFE),
    };
    const first = time.now + GRID * fate.int(check.period / GRID);
    time.at(first, () => this.#run(job));
  }

  #run(job: Job): void {
    const { time, random } = this.#options;
    const { period, grace } = job.check;
    if (time.now >= job.diesAt) {
      const silent = Math.min(5 * DAY, (period + grace) * (0.3 + 3 * job.fate.next()));
      const back = time.now + Math.max(period, Math.round(silent / GRID) * GRID);
      job.diesAt = back + job.fate.wait(LIFE);
      const later = random.chance(LATER_BACK) ? period * random.between(1, 3) : 0;
      time.at(back + later, () => this.#run(job));
      return;
    }
    time.at(time.now + period, () => this.#run(job));
    const { after, flapping } = job.check.policy.policies;
    const isDamped = after !== undefined || flapping !== undefined;
    const isFlaky = isDamped && job.check.crew === null && period >= SHORTEST_FLAKY;
    const kind = random.chance(isFlaky ? FLAKY_FAILURES : FAILURES) ? 'fail' : 'success';
    if (!job.starter) {
      this.#request(job, kind, job.retries);
      return;
    }
    this.#request(job, 'start', job.retries);
    if (random.chance(HANGING_RUNS)) return;
    const long = random.chance(LONG_RUNS);
    const duration = long ? grace + random.int(grace) : random.logBetween(10 * SECOND, grace / 2);
    time.at(time.now + duration, () => this.#request(job, kind, job.retries));
  }

  /** One request, and those that follow when it seems to have failed. */
  #request(job: Job, kind: Kind, retries: number): void {
    const { time, random } = this.#options;
    const again = (): void => {
      if (retries === 0) return;
      time.at(time.now + random.between(10, 60) * SECOND, () => this.#request(job, kind, retries - 1));
    };
    if (random.chance(LOST_REQUESTS)) {
      this.lost += 1;
      again();
      return;
    }
    const usual = job.check.crew === null ? USUAL_DELAY : random.pick(CREW_DELAYS);
    const delay = random.chance(USUAL) ? usual : random.between(1, LONGEST_DELAY);
    const answerLost = random.chance(LOST_ANSWERS);
    time.at(time.now + delay, () => {
      void this.#options.send(job.check, kind).then((taken) => {
        if (answerLost) this.lost += 1;
        if (!taken || answerLost) again();
      });
    });
  }
}

interface Job {
  check: CheckModel;
  /** Further requests after one that failed. */
  retries: number;
  /** Says when a run starts. */
  starter: boolean;
  diesAt: number;
  /** When it dies and comes back; the same for all jobs of one machine. */
  fate: Random;
}
