import type { Site } from './compose.ts';
import type { QueuedDelivery } from './load.ts';
import type { Message } from './message.ts';
import { testCheck } from './test-message.ts';

/**
 * The least there is to say of a delivery whose own message cannot be made: what it is about, its status, since
 * when, and why there is no more. Of what the rows hold it takes the names alone.
 */
export function plainMessage(delivery: QueuedDelivery, { baseUrl }: Site, reason: string): Message {
  const { check, alert, digest, flip, kind, createdAt } = delivery;
  const isDown = kind === 'firing' || kind === 'test' || (digest?.firing ?? 0) > 0;
  const status = isDown ? 'down' : 'up';
  const at = flip?.at ?? createdAt;
  const nobody = testCheck(delivery.projectId, 0, at);
  const named = { name: alert?.name ?? kind, unique_key: `vigie-alert-${alert?.id ?? delivery.id}` };
  const { name, unique_key, code } = check ?? { ...named, code: nobody.code };
  return {
    key: delivery.key,
    kind: isDown ? 'firing' : 'resolved',
    status,
    reason: '',
    at,
    downSince: flip?.downSince ?? null,
    check: { ...nobody, name, unique_key, code, status },
    project: delivery.projectName,
    lastPing: null,
    severity: isDown ? 'error' : 'info',
    alert: null,
    notice: null,
    digest: null,
    summary: `the usual text could not be made: ${reason}`,
    links: { check: `${baseUrl}/`, dashboard: `${baseUrl}/`, ack: null },
  };
}
