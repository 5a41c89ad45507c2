/** The account of alerts in plain sentences. Pure: each takes what the ledgers hold and says it in some words. */
import { actorText } from '../accounts/actor-text.ts';
import { instantText } from '../notify/texts/texts.ts';
import { troubleOf } from './words/alert-summary.ts';
import { worded } from './words/phrases.ts';
import { type Change, type Noun, type Nowhere, type StoryWords, wordsIn } from './words/words.ts';

/** What of an alert its sentences name. */
export interface StoryAlert {
  id: number;
  name: string;
  source: string;
  /** 1 = made for practice. */
  drill: number;
  labels: Readonly<Record<string, string>>;
  annotations: Readonly<Record<string, string>>;
}

/** Labels that say what an alert is about, the most telling first. */
const SUBJECTS = ['instance', 'service', 'job'];
/** Labels that do not tell alerts of one name apart. */
const COMMON: ReadonlySet<string> = new Set(['alertname', 'severity', 'priority', 'environment', 'drill']);
/** Characters of the labels in a title. */
const LABELS_LENGTH = 120;

/**
 * `CheckDown of database`; what is no check's is named with all that tells it from others of its name:
 * `DiskFull of h1:9100 (mountpoint="/var")`.
 */
export function alertTitle(
  { name, labels }: Pick<StoryAlert, 'name' | 'labels'>,
  words: StoryWords = wordsIn('en'),
): string {
  const called = name || words.unnamedAlert;
  if (labels['check_key'] !== undefined) return words.about(called, labels['check'] ?? words.aCheck);
  const subject = ['check', ...SUBJECTS].find((label) => labels[label] !== undefined);
  const others = Object.entries(labels)
    .filter(([label]) => label !== subject && !COMMON.has(label))
    .map(([label, value]) => `${label}=${JSON.stringify(value)}`)
    .join(', ');
  const whole = subject === undefined ? called : words.about(called, labels[subject] ?? '');
  return others === '' ? whole : `${whole} (${cut(others, LABELS_LENGTH)})`;
}

/** `CheckDown of database was raised: the job reported a failure.` */
export function raisedText(alert: StoryAlert, words: StoryWords): string {
  const reason = troubleOf(alert, words.language).trim().replace(/\.$/, '');
  return words.raised(alertTitle(alert, words), reason);
}

/** What the ledger says of an event; written by several versions, so that nothing in it is certain. */
export type Detail = Readonly<Record<string, unknown>>;

interface Hold {
  by: string;
  text: string;
  until: number;
}

/** `Nobody is told yet: held back by the silence "deploy", until 2026-07-15 12:00:00 UTC at least.` */
export function heldText(detail: Detail, words: StoryWords): string {
  const holds = listIn(detail, 'held').map((one): Hold => {
    const { by, text, until } = one;
    return { by: String(by), text: String(text ?? ''), until: Number(until) };
  });
  // When a dependency is up again nobody knows: its `until` is only when it is looked at next.
  const until = Math.max(...holds.filter(({ by }) => by !== 'dependency').map((hold) => hold.until));
  const by = words.list(holds.map((hold) => holdText(hold, words))) || words.something;
  return words.held(by, Number.isFinite(until) ? instantText(until) : '');
}

function holdText({ by, text }: Hold, { hold, language }: StoryWords): string {
  if (by === 'silence' || by === 'maintenance' || by === 'dependency') return hold[by](text);
  return by === 'flapping' ? hold.flapping(worded(text, language)) : by;
}

/** Ways that follow from what became of messages. */
const AFTERWARDS: ReadonlySet<string> = new Set(['fallback', 'declined']);

/** Who was told, by which way; or why nobody was. */
export function routedText(detail: Detail, words: StoryWords, noun: Noun = 'firing'): string {
  const names = namesIn(detail, 'channels');
  const off = namesIn(detail, 'disabled');
  const way = String(detail['way'] ?? '');
  const isAfterwards = AFTERWARDS.has(way);
  const said =
    names.length === 0
      ? [words.untold(words.nowhere[nowhereOf(way, off)], isAfterwards)]
      : [
          ...(isAfterwards ? [words.reachedNobody] : []),
          words.goes(noun, words.list(names), wayText(way, words)),
        ];
  return [...said, ...(off.length === 0 ? [] : [words.switchedOff(words.list(off))])].join(' ');
}

function wayText(way: string, { ways }: StoryWords): string {
  const known: Readonly<Record<string, string>> = ways;
  return known[way] ?? way;
}

function nowhereOf(way: string, off: readonly string[]): Nowhere {
  switch (way) {
    case 'chosen':
    case 'declined':
    case 'fallback':
    case 'as firing':
    case 'none':
      return way;
    default:
      return off.length === 0 ? 'no channel' : 'none works';
  }
}

export function releasedText(detail: Detail, words: StoryWords): string {
  return `${words.released} ${routedText(detail, words)}`;
}

/** `Resolved. Nobody is told: nobody had been told.` */
export function resolvedText(detail: Detail, words: StoryWords): string {
  const { untold } = detail;
  const over = detail['answered'] === false ? words.unanswered : words.resolved;
  if (typeof untold === 'string') return `${over} ${words.untold(worded(untold, words.language), false)}`;
  return `${over} ${routedText(detail, words, 'resolved')}`;
}

export function acknowledgedText(actor: string, { comment }: Detail, words: StoryWords): string {
  return words.acknowledged(actorText(actor, words.language), typeof comment === 'string' ? comment : '');
}

export function unacknowledgedText(actor: string, words: StoryWords): string {
  return words.takenBack(actorText(actor, words.language));
}

export function incidentText({ what, title }: Detail, { incident }: StoryWords): string {
  return incident[what === 'resolved' || what === 'joined' ? what : 'opened'](String(title));
}

/** Something about the project's rules of telling: a silence, a window. */
export function changedText(actor: string, detail: Detail, words: StoryWords): string {
  const { what, silence, window, comment, name, ends_at: end } = detail;
  const change: Change = {
    what: silence !== undefined ? 'silence' : window !== undefined ? 'window' : 'setting',
    said: [name, comment].find((text) => typeof text === 'string' && text !== '')?.toString() ?? '',
    did: String(what ?? 'changed'),
    by: actor === '' ? '' : actorText(actor, words.language),
    until: typeof end === 'number' && what !== 'expired' ? instantText(end) : '',
  };
  return words.changed(change);
}

/** A policy kept something from becoming an alert. */
export function dampedText(checkName: string, { reason }: Detail, words: StoryWords): string {
  const why = typeof reason === 'string' ? worded(reason, words.language) : words.aPolicy;
  return words.damped(checkName, why);
}

/** The beginning of a text, marked where it is cut. */
export function cut(text: string, length: number): string {
  return text.length <= length ? text : `${text.slice(0, length).toWellFormed()}...`;
}

function namesIn(detail: Detail, field: string): string[] {
  return listIn(detail, field).map(({ name }) => String(name));
}

function listIn(detail: Detail, field: string): Detail[] {
  const list = detail[field];
  return Array.isArray(list)
    ? list.filter((one): one is Detail => typeof one === 'object' && one !== null)
    : [];
}
