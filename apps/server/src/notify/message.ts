/** What is told: the same for every kind of channel. */
import type { FlipReason } from '../checks/model.ts';
import type { CheckRow, CheckStateRow } from '../store/schema.ts';
import type { Severity, Texts } from './texts/texts.ts';

/** A check whole, as after the flip. */
export type MessageCheck = CheckRow & CheckStateRow;

/** The latest ping at the time of the flip. */
export interface LastPing {
  n: number;
  created_at: number;
  kind: string;
  scheme: string;
  exitstatus: number | null;
  /** Bytes of its body. */
  size: number;
}

/** The alert that a message tells of. */
export interface MessageAlert {
  id: number;
  name: string;
  labels: Readonly<Record<string, string>>;
  annotations: Readonly<Record<string, string>>;
  /** Epoch ms. */
  startsAt: number;
  /** Made for practice: nothing is wrong. */
  drill: boolean;
}

/** A silence that ends soon and still hides alerts. */
export interface SilenceNotice {
  code: string;
  comment: string;
  author: string;
  /** Epoch ms. */
  endsAt: number;
  /** One of the alerts that it hides, by name. */
  hides: string;
}

/** What came in an hour beyond the budget of its channel. */
export interface Digest {
  messages: number;
  /** Alerts among them that fire now, and that do not. */
  firing: number;
  resolved: number;
  /** The first of them. */
  alerts: { title: string; firing: boolean; startsAt: number }[];
}

export interface Message {
  /** Idempotency key: the same on each try. */
  key: string;
  kind: 'firing' | 'resolved' | 'test' | 'notice' | 'digest';
  status: 'down' | 'up';
  reason: FlipReason;
  /** When the status changed, epoch ms. */
  at: number;
  /** When the outage began; null = not known any more. */
  downSince: number | null;
  check: MessageCheck;
  project: string;
  lastPing: LastPing | null;
  severity: Severity;
  /** Null in a test message. */
  alert: MessageAlert | null;
  /** What a notice is about; it tells of no change of status. Null in every other message. */
  notice: SilenceNotice | null;
  /** What was gathered in place of single messages; null in every other message. */
  digest: Digest | null;
  /** What is wrong in the alert's own words, where `reason` does not say it; null = it does. */
  summary: string | null;
  /**
   * Pages of ours; none of them holds the check's UUID, with which anybody could ping. `ack` acknowledges the
   * alert for whoever holds it; null = there is nothing to acknowledge.
   */
  links: { check: string; dashboard: string; ack: string | null };
}

const SEVERITY_TAGS: Record<string, Severity> = { tier1: 'critical', tier2: 'warning' };

/** Tags as the API splits them: at spaces. */
export function tagsOf(check: Pick<CheckRow, 'tags'>): string[] {
  return check.tags.split(' ').filter((tag) => tag !== '');
}

/** By tag: tier1 is critical, tier2 a warning, any other outage an error; good news is information. */
export function severityOf(check: Pick<CheckRow, 'tags'>, status: 'down' | 'up'): Severity {
  if (status === 'up') return 'info';
  const found = new Set(tagsOf(check).map((tag) => SEVERITY_TAGS[tag]));
  if (found.has('critical')) return 'critical';
  return found.has('warning') ? 'warning' : 'error';
}

/** What to call a check in a message; never its UUID. */
export function nameOf(check: Pick<CheckRow, 'name' | 'slug'>, texts: Texts): string {
  return check.name || check.slug || texts.unnamed;
}

/** What its states are called: a check is down or up, any other alert fires or is resolved. */
export function wordsOf({ summary }: Message, texts: Texts): Pick<Texts, 'status' | 'headline'> {
  return summary === null ? texts : texts.alert;
}

/** One line that says what happened; that of a drill says that it is one. */
export function headlineOf(message: Message, texts: Texts, name = nameOf(message.check, texts)): string {
  if (message.notice !== null) return texts.silence.headline(name);
  if (message.digest !== null) return texts.digest.headline(message.digest.messages, message.digest.firing);
  return drillMark(message, texts) + wordsOf(message, texts).headline[message.status](name);
}

/** Stands before whatever tells of a drill; empty for everything else. */
export function drillMark({ alert }: Message, texts: Texts): string {
  return alert?.drill === true ? `[${texts.drill}] ` : '';
}

/** Milliseconds of the outage so far, or in all; null = its beginning is not known. */
export function downtimeOf(message: Message, now: number): number | null {
  if (message.downSince === null) return null;
  return Math.max(0, (message.status === 'up' ? message.at : now) - message.downSince);
}

/** Where messages lead: `baseUrl` has no trailing slash. Healthchecks' own path for links in messages. */
export function linksOf(
  baseUrl: string,
  check: Pick<CheckRow, 'unique_key'>,
): Pick<Message['links'], 'check' | 'dashboard'> {
  return { check: `${baseUrl}/cloaked/${check.unique_key}/`, dashboard: `${baseUrl}/` };
}
