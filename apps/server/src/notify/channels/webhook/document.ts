/** What `$JSON` holds: what the message is about, whole. */
import type { SendPorts } from '../../channel.ts';
import type { Digest, Message, MessageAlert, SilenceNotice } from '../../message.ts';

/**
 * The check as API v3 shows it; where the message is about no check, the alert, the silence that ends soon, or what
 * was gathered. Times are RFC 3339.
 */
export async function documentOf(message: Message, ports: SendPorts): Promise<unknown> {
  const { notice, digest, alert, check } = message;
  if (notice !== null) return noticeDocument(message, notice);
  if (digest !== null) return digestDocument(digest);
  // A check that is in no table has no id: it is an alert dressed as one.
  if (alert !== null && check.id === 0) return alertDocument(message, alert);
  return ports.checkJson(check);
}

function alertDocument(message: Message, alert: MessageAlert): Record<string, unknown> {
  const { id, name, labels, annotations, startsAt, drill } = alert;
  const isOver = message.status === 'up';
  return {
    id: String(id),
    name,
    state: isOver ? 'resolved' : 'firing',
    environment: labels['environment'] ?? '',
    labels,
    annotations,
    starts_at: instant(startsAt),
    resolved_at: isOver ? instant(message.at) : null,
    drill,
    project: message.project,
    url: message.links.check,
  };
}

function noticeDocument(message: Message, { code, comment, author, endsAt, hides }: SilenceNotice) {
  const url = message.links.check;
  return { silence: code, comment, author, ends_at: instant(endsAt), hides, project: message.project, url };
}

function digestDocument({ messages, firing, resolved, alerts }: Digest): Record<string, unknown> {
  return {
    messages,
    firing,
    resolved,
    alerts: alerts.map(({ title, firing: fires, startsAt }) => {
      return { title, state: fires ? 'firing' : 'resolved', starts_at: instant(startsAt) };
    }),
  };
}

function instant(at: number): string {
  return new Date(at).toISOString();
}
