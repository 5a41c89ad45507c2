import type { QueuedDelivery } from './load.ts';
import { linksOf, type Message, severityOf } from './message.ts';
import { testCheck } from './test-message.ts';

/** The message of a delivery, or why there is nothing to say any more. */
export function composeMessage(delivery: QueuedDelivery, baseUrl: string): Message | { skip: string } {
  if (delivery.kind === 'test') return testMessage(delivery, baseUrl, 'down');
  const { flip, check } = delivery;
  if (check === null) return { skip: 'the check was deleted' };
  if (flip === null) return { skip: 'the event was cleared' };
  return {
    key: delivery.key,
    kind: 'flip',
    status: flip.status,
    reason: flip.reason,
    at: flip.at,
    downSince: flip.downSince,
    check: { ...check, status: flip.status },
    project: delivery.projectName,
    lastPing: delivery.lastPing,
    severity: severityOf(check, flip.status),
    links: linksOf(baseUrl, check),
  };
}

/** A message that proves that a channel works. */
export function testMessage(delivery: QueuedDelivery, baseUrl: string, status: 'down' | 'up'): Message {
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
    links: { check: `${baseUrl}/`, dashboard: `${baseUrl}/` },
  };
}
