import { factsOf } from '../../facts.ts';
import { drillMark, headlineOf, type Message, nameOf, wordsOf } from '../../message.ts';
import { bodyTitle } from '../../reason.ts';
import { instantText, type Texts } from '../../texts/texts.ts';

/** What both forms of a mail show. */
export interface ShownMail {
  message: Message;
  texts: Texts;
  /** Epoch ms. */
  now: number;
  siteName: string;
  /** The end of the last ping's body; empty = none. */
  body: string;
}

/** `[CRITICAL] name - DOWN` */
export function subjectOf(message: Message, texts: Texts): string {
  if (message.notice !== null) return `[${texts.severity.info}] ${headlineOf(message, texts)}`;
  const severity = texts.severity[message.kind === 'test' ? 'test' : message.severity];
  if (message.digest !== null) return `[${severity}] ${headlineOf(message, texts)}`;
  const name = nameOf(message.check, texts).replace(/\s+/g, ' ');
  return `${drillMark(message, texts)}[${severity}] ${name} - ${wordsOf(message, texts).status[message.status]}`;
}

export function textMail({ message, texts, now, siteName, body }: ShownMail): string {
  const parts: string[] = [];
  if (message.kind === 'test') parts.push(texts.testNote(siteName, instantText(message.at)));
  parts.push(
    factsOf(message, texts, now)
      .map(({ label, text }) => `${label}: ${text}`)
      .join('\n'),
  );
  const steps = actionsOf(message, texts);
  if (steps.length > 0) {
    parts.push([texts.actions.title, ...steps.map((step, i) => `${i + 1}. ${step}`)].join('\n'));
  }
  if (body !== '') parts.push(`${bodyTitle(message, texts)}\n${body}`);
  parts.push(
    linksIn(message, texts)
      .map(({ label, url }) => `${label}: ${url}`)
      .join('\n'),
  );
  parts.push(`-- \n${texts.footer(siteName)}`);
  return `${parts.join('\n\n')}\n`;
}

/** Where the mail leads; to acknowledge comes first where there is something to acknowledge. */
export function linksIn({ links, notice, digest }: Message, texts: Texts): { label: string; url: string }[] {
  const leadsTo = notice !== null ? texts.silence.label : digest !== null ? texts.digest.link : texts.check;
  return [
    ...(links.ack === null ? [] : [{ label: texts.acknowledge, url: links.ack }]),
    { label: leadsTo, url: links.check },
    { label: texts.dashboard, url: links.dashboard },
  ];
}

/** What to do about an outage; nothing about a recovery, a drill or a digest. */
export function actionsOf(message: Message, texts: Texts): string[] {
  if (message.status === 'up' || message.alert?.drill === true || message.digest !== null) return [];
  return texts.actions.steps(serviceOf(message));
}

/** A name fit to be pasted into a shell: the slug, or what of the name a slug may hold. */
function serviceOf({ check }: Message): string {
  const name = check.name
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[^a-z0-9_-]+/g, '-')
    .replace(/^-+|-+$/g, '');
  return check.slug || name || 'SERVICE';
}
