import type { MessageAlert, MessageCheck } from './message.ts';
import { testCheck } from './test-message.ts';

/**
 * An alert that is no check's, dressed as one, so that every channel can tell of it: named after what it is
 * about, its labels as tags. It is in no table.
 */
export function alertCheck(projectId: number, alert: MessageAlert): MessageCheck {
  const { labels } = alert;
  return {
    ...testCheck(projectId, 0, alert.startsAt),
    name: nameOf(alert),
    slug: slugOf(alert.name),
    tags: Object.entries(labels)
      .filter(([name]) => name !== 'alertname')
      .map(([name, value]) => `${name}=${value.replace(/\s+/g, '_')}`)
      .join(' '),
    environment: labels['environment'] ?? '',
    unique_key: `vigie-alert-${alert.id}`,
  };
}

/** `DiskFull (h1:9100)`: the alert's name, and what it is about where a usual label says so. */
function nameOf({ name, labels }: MessageAlert): string {
  const about = labels['instance'] ?? labels['service'] ?? labels['job'];
  return about === undefined ? name : `${name} (${about})`;
}

function slugOf(name: string): string {
  return name
    .toLowerCase()
    .replace(/[^a-z0-9_-]+/g, '-')
    .replace(/^-+|-+$/g, '');
}
