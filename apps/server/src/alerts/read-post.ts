/** Reading what others post as alerts, each by itself: Alertmanager's rules for labels and times. */
import { postedAlertSchema, webhookAlertSchema } from '@vigie/contract';
import type { z } from 'zod';
import { AppError } from '../errors.ts';
import { inputFault } from '../input-fault.ts';
import { fingerprint } from './fingerprint.ts';
import { asGiven, readable, withGivenNames } from './label-names.ts';
import type { Labels, PostedAlert } from './model.ts';

/** Milliseconds after which an alert without an end is over unless it is posted again: Alertmanager's default. */
const RESOLVE_TIMEOUT = 300_000;
/** Milliseconds: no time lies further ahead. */
const FURTHEST = 10 * 365 * 86_400_000;
/** How an absent time is written in Go; Alertmanager and amtool send it. */
const ZERO_TIME = Date.parse('0001-01-01T00:00:00Z');

/** Whose an alert is, and when it came, epoch ms. */
export interface PostOrigin {
  projectId: number;
  now: number;
}

export interface Rejected {
  /** Its place in the list, from 0. */
  index: number;
  /** Empty = the alert as a whole. */
  field: string;
  message: string;
}

/** Characters of what is said about one of them: a fault names the label, and that may be as long as a body. */
const SHORT = 300;

function shortened(text: string): string {
  return text.length <= SHORT ? text : `${text.slice(0, SHORT)}…`;
}

/** Alerts read in one turn of the event loop: some milliseconds. */
const AT_ONCE = 200;

/** What of a list can be taken in, and what is wrong with the rest. */
export async function readEach(
  list: readonly unknown[],
  read: (given: unknown) => PostedAlert,
): Promise<{ posts: PostedAlert[]; rejected: Rejected[] }> {
  const posts: PostedAlert[] = [];
  const rejected: Rejected[] = [];
  for (const [index, given] of list.entries()) {
    // A long list never holds the event loop: pings go on.
    if (index % AT_ONCE === AT_ONCE - 1) await new Promise((resolve) => setImmediate(resolve));
    try {
      posts.push(read(given));
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      rejected.push({ index, field: shortened(error.field ?? ''), message: shortened(error.message) });
    }
  }
  return { posts, rejected };
}

/** An alert in our own words. @throws AppError `invalid` */
export function readPostedAlert(given: unknown, origin: PostOrigin): PostedAlert {
  const { labels, annotations, starts_at, ends_at, generator_url } = parsed(postedAlertSchema, given);
  const times = readTimes({ starts_at }, { ends_at }, origin.now);
  const timedOut = times.endsAt === null;
  const endsAt = times.endsAt ?? origin.now + RESOLVE_TIMEOUT;
  const startsAt = times.startsAt ?? Math.min(endsAt, origin.now);
  requireOrder('starts_at', startsAt, endsAt);
  return posted({ labels, annotations, generatorUrl: generator_url, startsAt, endsAt, timedOut }, origin);
}

/**
 * One alert of Alertmanager's webhook. Its status decides: one that fires has no end until another call tells
 * it, because Alertmanager repeats itself only every few hours; one that is resolved is over now at the latest.
 * @throws AppError `invalid`
 */
export function readWebhookAlert(given: unknown, origin: PostOrigin): PostedAlert {
  const { status, labels, annotations, generatorURL, ...words } = parsed(webhookAlertSchema, given);
  const times = readTimes({ startsAt: words.startsAt }, { endsAt: words.endsAt }, origin.now);
  const startsAt = times.startsAt ?? origin.now;
  if (times.endsAt !== null) requireOrder('startsAt', times.startsAt ?? times.endsAt, times.endsAt);
  const endsAt = status === 'firing' ? null : Math.min(times.endsAt ?? origin.now, origin.now);
  return posted(
    { labels, annotations, generatorUrl: generatorURL, startsAt, endsAt, timedOut: false },
    origin,
  );
}

function parsed<S extends z.ZodType>(schema: S, given: unknown): z.output<S> {
  const result = schema.safeParse(readable(given));
  if (result.success) return result.data;
  const { message, field } = inputFault(result.error);
  throw new AppError('invalid', withGivenNames(message), { field: withGivenNames(field ?? '') });
}

/** A field of one name, so that a fault can tell it. */
type Field = Record<string, string | undefined>;

function readTimes(start: Field, end: Field, now: number) {
  return { startsAt: readTime(start, now), endsAt: readTime(end, now) };
}

/** Epoch ms; null = not given. */
function readTime(given: Field, now: number): number | null {
  const [[field, text] = ['', undefined]] = Object.entries(given);
  if (text === undefined) return null;
  const at = Date.parse(text);
  if (at === ZERO_TIME) return null;
  if (at < 0) throw new AppError('invalid', `${field} lies before 1970`, { field });
  if (at > now + FURTHEST) {
    throw new AppError('invalid', `${field} lies more than 10 years ahead`, { field });
  }
  return at;
}

function requireOrder(field: string, startsAt: number, endsAt: number): void {
  if (startsAt <= endsAt) return;
  throw new AppError('invalid', `${field} lies after the end of the alert`, { field });
}

interface Said {
  labels: Labels;
  annotations: Labels | undefined;
  generatorUrl: string | undefined;
  startsAt: number;
  endsAt: number | null;
  timedOut: boolean;
}

/** What makes two posts the same alert is their labels alone. */
function posted(said: Said, { projectId }: PostOrigin): PostedAlert {
  const labels = withoutEmpty(asGiven(said.labels));
  if (Object.keys(labels).length === 0) {
    throw new AppError('invalid', 'labels has none with a value: at least one is needed', {
      field: 'labels',
    });
  }
  return {
    projectId,
    environment: labels['environment'] ?? '',
    source: 'api',
    identity: fingerprint(labels),
    labels,
    annotations: withoutEmpty(asGiven(said.annotations ?? {})),
    generatorUrl: said.generatorUrl ?? '',
    check: null,
    startsAt: said.startsAt,
    endsAt: said.endsAt,
    timedOut: said.timedOut,
  };
}

function withoutEmpty(labels: Labels): Labels {
  return Object.fromEntries(Object.entries(labels).filter(([, value]) => value !== ''));
}
