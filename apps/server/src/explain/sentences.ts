/** The account of alerts in plain sentences. Pure: each takes what the ledgers hold and says it. */
import { actorText } from '../accounts/actor-text.ts';
import { instantText } from '../notify/texts/texts.ts';

/** What of an alert its sentences name. */
export interface StoryAlert {
  id: number;
  name: string;
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
export function alertTitle({ name, labels }: Pick<StoryAlert, 'name' | 'labels'>): string {
  const called = name || 'An unnamed alert';
  if (labels['check_key'] !== undefined) return `${called} of ${labels['check'] ?? 'a check'}`;
  const subject = ['check', ...SUBJECTS].find((label) => labels[label] !== undefined);
  const others = Object.entries(labels)
    .filter(([label]) => label !== subject && !COMMON.has(label))
    .map(([label, value]) => `${label}=${JSON.stringify(value)}`)
    .join(', ');
  const about = subject === undefined ? '' : ` of ${labels[subject]}`;
  return `${called}${about}${others === '' ? '' : ` (${cut(others, LABELS_LENGTH)})`}`;
}

/** What wants a word about what is wrong, in the alert's own words. */
export function reasonOf({ annotations }: StoryAlert): string {
  return annotations['summary'] ?? annotations['description'] ?? '';
}

/** What the ledger says of an event; written by several versions, so that nothing in it is certain. */
export type Detail = Readonly<Record<string, unknown>>;

interface Hold {
  by: string;
  text: string;
  until: number;
}

/** `Nobody is told yet: held back by the silence "deploy", until 2026-07-15 12:00:00 UTC at least.` */
export function heldText(detail: Detail): string {
  const holds = listIn(detail, 'held').map((one): Hold => {
    const { by, text, until } = one;
    return { by: String(by), text: String(text ?? ''), until: Number(until) };
  });
  // When a dependency is up again nobody knows: its `until` is only when it is looked at next.
  const until = Math.max(...holds.filter(({ by }) => by !== 'dependency').map((hold) => hold.until));
  const when = Number.isFinite(until) ? `, until ${instantText(until)} at least` : '';
  return `Nobody is told yet: held back by ${joined(holds.map(holdText)) || 'something'}${when}.`;
}

function holdText({ by, text }: Hold): string {
  if (by === 'silence') return text === '' ? 'a silence' : `the silence "${text}"`;
  if (by === 'maintenance') return text === '' ? 'a maintenance window' : `the maintenance window "${text}"`;
  if (by === 'dependency') return `${text}, on which it depends and which is down or late`;
  return by === 'flapping' ? `its flapping (${text})` : by;
}

const WAYS: Record<string, string> = {
  direct: "the check's own channels",
  default: "the project's channels",
  both: "the check's and the project's channels",
  chosen: 'the channels chosen for it',
  'as firing': 'whoever was told that it fires',
  fallback: "the project's channels that it had not gone to",
};

/** Ways that follow from what became of messages. */
const AFTERWARDS: ReadonlySet<string> = new Set(['fallback', 'declined']);

/** Who was told, by which way; or why nobody was. `what`: the message, or the resolution. */
export function routedText(detail: Detail, what = 'The message'): string {
  const names = namesIn(detail, 'channels');
  const off = namesIn(detail, 'disabled');
  const left = off.length === 0 ? '' : ` Switched off: ${joined(off)}.`;
  const way = String(detail['way'] ?? '');
  if (names.length === 0)
    return `Nobody ${AFTERWARDS.has(way) ? 'was' : 'is'} told: ${nobodyReason(way, off)}.${left}`;
  const before = AFTERWARDS.has(way) ? 'It reached nobody so far. ' : '';
  return `${before}${what} goes to ${joined(names)}: ${WAYS[way] ?? way}.${left}`;
}

function nobodyReason(way: string, off: readonly string[]): string {
  if (way === 'chosen') return 'none of the channels chosen for it works';
  if (way === 'declined') return 'its channels want no such messages';
  if (way === 'fallback') return 'no message arrived, and there is no other channel to try';
  if (way === 'as firing') return 'no channel that was told that it fires is left';
  if (way === 'none') return 'it has no channel of its own that works, and the project tells of nothing else';
  return off.length === 0 ? 'there is no channel for it' : 'no channel for it works';
}

/** `Resolved. Nobody is told: nobody had been told.` */
export function resolvedText(detail: Detail): string {
  const { untold } = detail;
  const over = detail['answered'] === false ? 'The drill is over and was not answered.' : 'Resolved.';
  if (typeof untold === 'string') return `${over} Nobody is told: ${untold}.`;
  return `${over} ${routedText(detail, 'The resolution')}`;
}

export function acknowledgedText(actor: string, detail: Detail): string {
  const { comment } = detail;
  const said = typeof comment === 'string' && comment !== '' ? `: "${comment}"` : '';
  return `Acknowledged by ${actorText(actor)}${said}.`;
}

export function unacknowledgedText(actor: string): string {
  return `The acknowledgement was taken back by ${actorText(actor)}.`;
}

export function incidentText({ what, title }: Detail): string {
  if (what === 'resolved') return `The incident "${title}" is over with it.`;
  return what === 'joined' ? `It joined the incident "${title}".` : `It opened the incident "${title}".`;
}

/** Something about the project's rules of telling: a silence, a window. */
export function changedText(actor: string, detail: Detail): string {
  const { what, silence, window, comment, name, ends_at: end } = detail;
  const said = [name, comment].find((text) => typeof text === 'string' && text !== '');
  const noun = silence !== undefined ? 'silence' : window !== undefined ? 'maintenance window' : 'setting';
  const subject = said === undefined ? `A ${noun}` : `The ${noun} "${String(said)}"`;
  const did = what === 'ends soon' ? 'ends soon' : `was ${String(what ?? 'changed')}`;
  const by = actor === '' ? '' : ` by ${actorText(actor)}`;
  const until = typeof end === 'number' && what !== 'expired' ? `, until ${instantText(end)}` : '';
  return `${subject} ${did}${by}${until}.`;
}

/** A policy kept something from becoming an alert. */
export function dampedText(checkName: string, { reason }: Detail): string {
  return `No alert for ${checkName}: ${String(reason ?? 'a policy of it')}.`;
}

/** One message to one channel, as far as it got. */
export interface StoryDelivery {
  kind: string;
  state: string;
  channelName: string | null;
  attempts: number;
  /** The provider's answer, or what went wrong. */
  answer: string;
  /** The digest that it is part of, in place of being sent by itself; null = it is not. */
  digest: { state: string; finishedAt: number | null; answer: string } | null;
}

/** One try to send it. */
export interface StoryTry {
  n: number;
  outcome: string;
  answer: string;
}

/** What became of one try. */
export function tryText(delivery: StoryDelivery, { n, outcome, answer }: StoryTry): string {
  const said = answer === '' ? '' : `: ${oneLine(answer)}`;
  const message = messageName(delivery);
  if (outcome === 'sent') return `${message} was sent${n > 1 ? ` at try ${n}` : ''}${said}.`;
  if (outcome === 'retry') return `Try ${n} of ${lower(message)} failed and is repeated${said}.`;
  if (outcome === 'failed') return `${message} failed for good at try ${n}${said}.`;
  if (outcome === 'skipped') return `${message} was not sent${said}.`;
  return `Try ${n} of ${lower(message)} came too late to count${said}.`;
}

/** A delivery that was not tried. */
export function untriedText(delivery: StoryDelivery): string {
  const { state, answer } = delivery;
  const said = answer === '' ? '' : `: ${oneLine(answer)}`;
  if (state === 'queued') return `${messageName(delivery)} waits to be sent.`;
  if (state === 'gathered')
    return `${messageName(delivery)} waits for a digest: the budget of the hour is used up.`;
  return `${messageName(delivery)} was not sent${said}.`;
}

/** What became of the digest that a message is part of; null while it waits. */
export function digestText(delivery: StoryDelivery): string | null {
  const { digest, channelName } = delivery;
  if (digest === null || digest.state === 'queued') return null;
  const said = digest.answer === '' ? '' : `: ${oneLine(digest.answer)}`;
  const became =
    digest.state === 'sent' ? 'was sent' : digest.state === 'failed' ? 'failed for good' : 'was not sent';
  return `The digest to ${channelName ?? 'a deleted channel'} that tells of it ${became}${said}.`;
}

/** `Ops mail: sent`, `Ops mail: failed after 3 tries: HTTP 500`. */
export function deliveryVerdict(delivery: StoryDelivery & { finishedAt: number | null }): string {
  const { state, channelName, attempts, answer, finishedAt } = delivery;
  const name = channelName ?? 'a deleted channel';
  const said = answer === '' ? '' : `: ${oneLine(answer)}`;
  if (state === 'sent') return `${name}: sent${finishedAt === null ? '' : ` at ${instantText(finishedAt)}`}`;
  if (state === 'queued') {
    return attempts === 0 ? `${name}: waits to be sent` : `${name}: is tried again${said}`;
  }
  if (state === 'failed')
    return `${name}: failed after ${attempts} ${attempts === 1 ? 'try' : 'tries'}${said}`;
  if (state === 'gathered') return `${name}: in a digest, ${digestVerdict(delivery)}`;
  return `${name}: not sent${said}`;
}

function digestVerdict({ digest }: StoryDelivery): string {
  if (digest === null || digest.state === 'queued') return 'which waits for the end of the hour';
  if (digest.state !== 'sent') return `which was not sent: ${oneLine(digest.answer)}`;
  return `sent${digest.finishedAt === null ? '' : ` at ${instantText(digest.finishedAt)}`}`;
}

function messageName({ kind, channelName }: StoryDelivery): string {
  const noun = kind === 'resolved' ? 'resolution' : kind === 'firing' ? 'message' : kind;
  return `The ${noun} to ${channelName ?? 'a deleted channel'}`;
}

function lower(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1);
}

/** Characters of a provider's answer in a sentence; the ledger of deliveries has the rest. */
const ANSWER_LENGTH = 200;

/** Without line ends and the dot that the sentence has itself. */
function oneLine(text: string): string {
  return cut(text.trim().replace(/\s+/g, ' ').replace(/\.$/, ''), ANSWER_LENGTH);
}

function cut(text: string, length: number): string {
  return text.length <= length ? text : `${text.slice(0, length).toWellFormed()}...`;
}

function joined(parts: readonly string[]): string {
  if (parts.length < 2) return parts.join('');
  return `${parts.slice(0, -1).join(', ')} and ${parts.at(-1)}`;
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
