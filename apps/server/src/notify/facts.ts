import {
  type Digest,
  downtimeOf,
  type Message,
  nameOf,
  type SilenceNotice,
  tagsOf,
  wordsOf,
} from './message.ts';
import { reasonText } from './reason.ts';
import { durationText, instantText, type Texts } from './texts/texts.ts';

/** One line of a message: what it is, and how much. */
export interface Fact {
  label: string;
  text: string;
}

/** What there is to know about a flip, in the order of importance; what is empty is left out. */
export function factsOf(message: Message, texts: Texts, now: number): Fact[] {
  if (message.notice !== null) return noticeFacts(message.notice, message.project, texts);
  if (message.digest !== null) return digestFacts(message.digest, message.project, texts);
  const { check } = message;
  const downtime = downtimeOf(message, now);
  const { label } = texts;
  const facts: Fact[] = [
    { label: label.service, text: nameOf(check, texts) },
    { label: label.status, text: wordsOf(message, texts).status[message.status] },
    { label: label.reason, text: reasonText(message, texts) },
    // What is no flip of a check does not tell of pings.
    { label: label.lastPing, text: message.summary === null ? lastPingText(message, texts) : '' },
    { label: label.environment, text: check.environment },
    { label: label.tags, text: tagsOf(check).join(' ') },
    { label: label.project, text: message.project },
    { label: label.since, text: message.downSince === null ? '' : instantText(message.downSince) },
    { label: label.duration, text: downtime === null ? '' : durationText(texts, downtime) },
  ];
  return facts.filter(({ text }) => text !== '');
}

function digestFacts({ messages, firing, resolved, alerts }: Digest, project: string, texts: Texts): Fact[] {
  const { label, digest } = texts;
  const lines = alerts.map(
    (alert) => `${instantText(alert.startsAt)} ${alert.title}: ${alert.firing ? digest.fires : digest.over}`,
  );
  return [
    { label: digest.messages, text: String(messages) },
    { label: digest.firing, text: String(firing) },
    { label: digest.resolved, text: String(resolved) },
    { label: digest.names(alerts.length, firing + resolved), text: lines.join('\n') },
    { label: label.project, text: project },
  ].filter(({ text }) => text !== '');
}

function noticeFacts(notice: SilenceNotice, project: string, texts: Texts): Fact[] {
  const { label, silence } = texts;
  const facts: Fact[] = [
    { label: silence.label, text: notice.comment },
    { label: silence.author, text: notice.author },
    { label: silence.ends, text: instantText(notice.endsAt) },
    { label: silence.hides, text: notice.hides },
    { label: label.project, text: project },
  ];
  return facts.filter(({ text }) => text !== '');
}

function lastPingText({ lastPing }: Message, texts: Texts): string {
  if (lastPing === null) return texts.never;
  const kind = texts.pingKind[lastPing.kind] ?? lastPing.kind;
  const exit = lastPing.exitstatus ? `, ${texts.exitStatus(lastPing.exitstatus)}` : '';
  return `${instantText(lastPing.created_at)} (${kind}${exit})`;
}

const decoder = new TextDecoder();

/**
 * A body as text fit for people: UTF-8 with replacements, without the control characters that mail and chat
 * servers refuse; line ends and tabs stay.
 */
export function bodyText(body: Uint8Array | null): string {
  if (body === null) return '';
  return decoder
    .decode(body)
    .replace(/\r\n?/g, '\n')
    .replace(/(?![\n\t])\p{Cc}/gu, '');
}

/** The first `limit` characters, whole code points. */
export function cutText(text: string, limit: number): string {
  if (text.length <= limit) return text;
  const end = limit - (isHighSurrogate(text, limit - 1) ? 1 : 0);
  return text.slice(0, end);
}

/** The last `limit` characters, whole code points. */
export function tailText(text: string, limit: number): string {
  if (text.length <= limit) return text;
  const start = text.length - limit;
  return text.slice(isHighSurrogate(text, start - 1) ? start + 1 : start);
}

function isHighSurrogate(text: string, index: number): boolean {
  const unit = text.charCodeAt(index);
  return unit >= 0xd800 && unit <= 0xdbff;
}
