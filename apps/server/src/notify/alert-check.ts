import { cutText } from './facts.ts';
import type { MessageAlert, MessageCheck } from './message.ts';
import { testCheck } from './test-message.ts';

/** Characters of labels that stand for a name. */
const TITLE_LENGTH = 100;

/**
 * An alert that is no check's, dressed as one, so that every channel can tell of it: named after what it is
 * about, its labels as tags. It is in no table.
 */
export function alertCheck(projectId: number, alert: MessageAlert): MessageCheck {
  const { labels } = alert;
  return {
    ...testCheck(projectId, 0, alert.startsAt),
    name: alertTitle(alert),
    slug: slugOf(alert.name),
    tags: Object.entries(labels)
      .filter(([name]) => name !== 'alertname')
      .map(([name, value]) => `${name}=${value.replace(/\s+/g, '_')}`)
      .join(' '),
    environment: labels['environment'] ?? '',
    unique_key: keyOf(alert),
  };
}

/**
 * What a message about a check calls it when it tells of something else than an outage, such as a run that takes too
 * long. It has a key of its own: its end must not end the outage of the check at the receiver.
 */
export function besideOutages(check: MessageCheck, alert: MessageAlert): MessageCheck {
  if (alert.name === 'CheckDown') return check;
  return { ...check, name: alertTitle(alert), unique_key: keyOf(alert) };
}

function keyOf({ id }: MessageAlert): string {
  return `vigie-alert-${id}`;
}

/** `DiskFull (h1:9100)`: the alert's name, and what it is about where a usual label says so. */
export function alertTitle({ name, labels }: Pick<MessageAlert, 'name' | 'labels'>): string {
  const about = labels['check'] ?? labels['instance'] ?? labels['service'] ?? labels['job'];
  if (name !== '') return about === undefined ? name : `${name} (${about})`;
  const pairs = Object.entries(labels).map(([label, value]) => `${label}=${value}`);
  return about ?? cutText(pairs.join(' '), TITLE_LENGTH);
}

function slugOf(name: string): string {
  return name
    .toLowerCase()
    .replace(/[^a-z0-9_-]+/g, '-')
    .replace(/^-+|-+$/g, '');
}
