import { alertCheck, besideOutages } from './alert-check.ts';
import { digestCheck } from './digest.ts';
import type { QueuedDelivery } from './load.ts';
import { linksOf, type Message, type MessageAlert, severityOf } from './message.ts';
import { silenceCheck } from './silence-notice.ts';
import { testCheck } from './test-message.ts';

/** What a message needs to know of this server. */
export interface Site {
  /** No trailing slash. */
  baseUrl: string;
  /** The signed link by which whoever gets the message acknowledges the alert. */
  ackLink(alertId: number, channelId: number): string | null;
}

/** The message of a delivery, or why there is nothing to say any more. */
export function composeMessage(delivery: QueuedDelivery, site: Site): Message | { skip: string } {
  if (delivery.kind === 'test') return testMessage(delivery, site, 'down');
  if (delivery.kind === 'notice') return noticeMessage(delivery, site);
  if (delivery.kind === 'digest') return digestMessage(delivery, site);
  const { flip, alert, check } = delivery;
  if (delivery.checkId !== null && check === null) return { skip: 'the check was deleted' };
  if (delivery.flipId !== null && flip === null) return { skip: 'the event was cleared' };
  if (check !== null && flip !== null) {
    const common = { ...flip, check, summary: null, links: linksOf(site.baseUrl, check) };
    return messageOf(delivery, site, common);
  }
  if (alert === null) return { skip: 'the alert was deleted' };
  return messageOf(delivery, site, {
    reason: '',
    at: delivery.kind === 'firing' ? alert.startsAt : delivery.createdAt,
    downSince: alert.startsAt,
    check: check === null ? alertCheck(delivery.projectId, alert) : besideOutages(check, alert),
    summary: summaryOf(alert, delivery.kind === 'resolved'),
    links: { check: `${site.baseUrl}/alerts/${alert.id}`, dashboard: `${site.baseUrl}/` },
  });
}

/** What is wrong in the alert's words; once it is over with why, where it says so: that may be no good news. */
function summaryOf({ annotations, name }: MessageAlert, isOver: boolean): string {
  const summary = annotations['summary'] ?? annotations['description'] ?? name;
  const { resolution = '' } = annotations;
  return isOver && resolution !== '' ? `${resolution} (${summary})` : summary;
}

type What = Pick<Message, 'reason' | 'at' | 'downSince' | 'check' | 'summary'> & {
  links: Pick<Message['links'], 'check' | 'dashboard'>;
};

function messageOf(delivery: QueuedDelivery, site: Site, what: What): Message {
  const { alert } = delivery;
  const isDown = delivery.kind === 'firing';
  const status = isDown ? 'down' : 'up';
  const ack = alert === null || !isDown ? null : site.ackLink(alert.id, delivery.channel?.id ?? 0);
  return {
    key: delivery.key,
    kind: isDown ? 'firing' : 'resolved',
    status,
    reason: what.reason,
    at: what.at,
    downSince: what.downSince,
    check: { ...what.check, status },
    project: delivery.projectName,
    lastPing: delivery.lastPing,
    severity: isDown ? (alert?.severity ?? severityOf(what.check, status)) : 'info',
    alert,
    notice: null,
    digest: null,
    summary: what.summary,
    links: { ...what.links, ack },
  };
}

/** Says that a silence ends soon. */
function noticeMessage(delivery: QueuedDelivery, { baseUrl }: Site): Message | { skip: string } {
  const { silence, alert, createdAt: at } = delivery;
  if (silence === null) return { skip: 'the silence ends at another time now' };
  return {
    key: delivery.key,
    kind: 'notice',
    status: 'up',
    reason: '',
    at,
    downSince: null,
    check: silenceCheck(delivery.projectId, silence, at),
    project: delivery.projectName,
    lastPing: null,
    severity: 'info',
    alert: null,
    notice: { ...silence, hides: alert?.labels['check'] ?? alert?.name ?? '' },
    digest: null,
    summary: null,
    links: { check: `${baseUrl}/silences/${silence.code}`, dashboard: `${baseUrl}/`, ack: null },
  };
}

/** One message in place of many: bad news as long as anything of it fires, unless the channel wants none. */
export function digestMessage(
  delivery: QueuedDelivery,
  { baseUrl }: Site,
  wanted?: 'down' | 'up',
): Message | { skip: string } {
  const { digest, createdAt: at } = delivery;
  if (digest === null) return { skip: 'nothing was gathered' };
  const status = wanted ?? (digest.firing > 0 ? 'down' : 'up');
  return {
    key: delivery.key,
    kind: 'digest',
    status,
    reason: '',
    at,
    downSince: null,
    check: { ...digestCheck(delivery.projectId, delivery.channel?.id ?? 0, digest, at), status },
    project: delivery.projectName,
    lastPing: null,
    severity: status === 'down' ? 'error' : 'info',
    alert: null,
    notice: null,
    digest,
    summary: null,
    links: { check: `${baseUrl}/alerts`, dashboard: `${baseUrl}/`, ack: null },
  };
}

/** A message that proves that a channel works. */
export function testMessage(delivery: QueuedDelivery, { baseUrl }: Site, status: 'down' | 'up'): Message {
  const at = delivery.createdAt;
  const check = { ...testCheck(delivery.projectId, delivery.channel?.id ?? 0, at), status };
  return {
    key: delivery.key,
    kind: 'test',
    status,
    reason: status === 'down' ? 'timeout' : '',
    at,
    downSince: at,
    check,
    project: delivery.projectName,
    lastPing: null,
    severity: severityOf(check, status),
    alert: null,
    notice: null,
    digest: null,
    summary: null,
    links: { check: `${baseUrl}/`, dashboard: `${baseUrl}/`, ack: null },
  };
}
