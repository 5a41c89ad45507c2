import type { Random } from '../../../apps/server/test/simulation/random.ts';
import { metricsOf } from './metrics.ts';

/** Epoch milliseconds of the first scrape: midnight, so that every step of a subquery divides it. */
export const EPOCH = Date.UTC(2024, 0, 1);
/** Milliseconds between two scrapes. */
const INTERVAL = 30_000;
const SCRAPES = 200;
/** Milliseconds that data is there for. */
export const SPAN = INTERVAL * SCRAPES;

export interface DataSample {
  /** Epoch milliseconds. */
  readonly time: number;
  /** Null is a stale marker. */
  readonly value: number | null;
}

export interface DataSeries {
  readonly labels: Readonly<Record<string, string>>;
  /** Times rising. */
  readonly samples: readonly DataSample[];
}

export const JOBS = { api: 3, db: 2, 'wörker ☃': 2 } as const;

/** What a scrape of a target came to. */
type Scrape = 'well' | 'failed' | 'lost';

/** Series as some targets have them that are scraped, restarted and unreachable now and then. */
export function randomSeries(random: Random): DataSeries[] {
  return Object.entries(JOBS).flatMap(([job, count]) =>
    Array.from({ length: count }, (_, at) => targetSeries(random, job, `node-${at + 1}`)).flat(),
  );
}

function targetSeries(random: Random, job: string, instance: string): DataSeries[] {
  const target = { job, instance };
  const up = { labels: { __name__: 'up', ...target }, samples: [] as DataSample[] };
  const metrics = metricsOf(random, target).map(({ labels, next }) => {
    return { labels: { ...labels, ...target }, next, samples: [] as DataSample[] };
  });
  let before: Scrape = 'well';
  for (const { time, came } of scrapesOf(random)) {
    if (came !== 'lost') up.samples.push({ time, value: came === 'failed' ? 0 : 1 });
    for (const { samples, next } of metrics) {
      if (came === 'well') samples.push({ time, value: next(before !== 'well') });
      else if (came === 'failed' && before === 'well') samples.push({ time, value: null });
    }
    before = came;
  }
  return [up, ...metrics.map(({ labels, samples }) => ({ labels, samples }))];
}

function scrapesOf(random: Random): { time: number; came: Scrape }[] {
  const cames = outcomes(random);
  return scrapeTimes(random).map((time, at) => ({ time, came: cames[at] ?? 'well' }));
}

/** Never on a whole second: where ranges end is on one, and 2.x and 3.x differ on what lies exactly there. */
function scrapeTimes(random: Random): number[] {
  const offset = random.int(INTERVAL / 1000) * 1000 + random.between(100, 900);
  return Array.from({ length: SCRAPES }, (_, at) => EPOCH + at * INTERVAL + offset + random.between(-50, 50));
}

/** Most go well; some fail in a row, which leaves stale markers, and some are lost without a trace. */
function outcomes(random: Random): Scrape[] {
  const scrapes = new Array<Scrape>(SCRAPES).fill('well');
  for (let at = random.between(5, 40); at < SCRAPES; at += random.between(20, 80)) {
    const length = random.logBetween(1, 15);
    scrapes.fill(random.pick<Scrape>(['failed', 'lost']), at, at + length);
    at += length;
  }
  return scrapes;
}
