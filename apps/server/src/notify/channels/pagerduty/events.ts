import { cutText, factsOf } from '../../facts.ts';
import { headlineOf, type Message, nameOf, tagsOf } from '../../message.ts';
import { reasonText } from '../../reason.ts';
import type { Texts } from '../../texts/texts.ts';

/** Characters (developer.pagerduty.com, "PD-CEF", "Send an event"). */
const SUMMARY_LENGTH = 1024;
const DEDUP_LENGTH = 255;
/** PagerDuty names no limit for these; long ones break its pages. */
const NAME_LENGTH = 255;

export interface PagerEvent {
  message: Message;
  texts: Texts;
  /** Epoch ms. */
  now: number;
  siteName: string;
  key: string;
}

/** An event of API v2: a recovery resolves what the outage of the same check triggered. */
export function routedEvent({ message, texts, now, siteName, key }: PagerEvent) {
  const common = { routing_key: key, dedup_key: dedupKey(message) };
  if (message.status === 'up') return { ...common, event_action: 'resolve' };
  const { check } = message;
  const tags = tagsOf(check);
  return {
    ...common,
    event_action: 'trigger',
    client: siteName,
    client_url: message.links.check,
    links: linksOf(message, texts),
    payload: {
      summary: summaryOf(message, texts),
      source: cutText(nameOf(check, texts), NAME_LENGTH),
      severity: message.kind === 'test' ? 'info' : message.severity,
      timestamp: new Date(message.at).toISOString(),
      ...(check.environment === '' ? {} : { group: cutText(check.environment, NAME_LENGTH) }),
      ...(message.project === '' ? {} : { component: cutText(message.project, NAME_LENGTH) }),
      class: 'CheckDown',
      custom_details: { ...detailsOf(message, texts, now), ...(tags.length === 0 ? {} : { tags }) },
    },
  };
}

/** An event of API v1, for service keys, as Healthchecks sends it. */
export function genericEvent({ message, texts, now, siteName, key }: PagerEvent) {
  return {
    service_key: key,
    incident_key: dedupKey(message),
    event_type: message.status === 'up' ? 'resolve' : 'trigger',
    description: summaryOf(message, texts),
    client: siteName,
    client_url: message.links.check,
    details: detailsOf(message, texts, now),
    ...(message.links.ack === null
      ? {}
      : { contexts: [{ type: 'link', href: message.links.ack, text: texts.acknowledge }] }),
  };
}

function linksOf({ links: { check, ack } }: Message, texts: Texts): { href: string; text: string }[] {
  const toCheck = { href: check, text: texts.check };
  return ack === null ? [toCheck] : [{ href: ack, text: texts.acknowledge }, toCheck];
}

/** The check's public key: trigger and resolve of one check belong together, repeated tries too. */
function dedupKey({ check }: Message): string {
  return cutText(check.unique_key, DEDUP_LENGTH);
}

function summaryOf(message: Message, texts: Texts): string {
  const headline = headlineOf(message, texts);
  return cutText(`${headline} ${reasonText(message, texts)}`, SUMMARY_LENGTH);
}

function detailsOf(message: Message, texts: Texts, now: number): Record<string, string> {
  return Object.fromEntries(factsOf(message, texts, now).map(({ label, text }) => [label, text]));
}
