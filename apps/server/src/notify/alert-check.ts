import { cutText } from './facts.ts';
import type { MessageAlert, MessageCheck } from './message.ts';
import { testCheck } from './test-message.ts';

/** Characters of labels that stand for a name. */
const LABELS_LENGTH = 100;
/** Characters of a title, of one label among the tags, and of all of them: providers refuse what is too large. */
const TITLE_LENGTH = 200;
const TAG_LENGTH = 200;
const TAGS_LENGTH = 2_000;
/** Characters of what is wrong. */
const DESCRIPTION_LENGTH = 2_000;

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
    tags: tagsFrom(labels),
    description: cutText(
      alert.annotations['summary'] ?? alert.annotations['description'] ?? '',
      DESCRIPTION_LENGTH,
    ),
    environment: labels['environment'] ?? '',
    unique_key: keyOf(alert),
  };
}

/** Labels as tags: long ones are cut, and those that do not fit beside the others are left out. */
function tagsFrom(labels: MessageAlert['labels']): string {
  let tags = '';
  for (const [name, value] of Object.entries(labels)) {
    const tag = cutText(`${name}=${value}`, TAG_LENGTH).replace(/\s+/g, '_');
    if (name === 'alertname' || tags.length + 1 + tag.length > TAGS_LENGTH) continue;
    tags += tags === '' ? tag : ` ${tag}`;
  }
  return tags;
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

/** `DiskFull (h1:9100)`: the alert's name, and what it is about where a usual label says so; 200 characters at most. */
export function alertTitle({ name, labels }: Pick<MessageAlert, 'name' | 'labels'>): string {
  const about = labels['check'] ?? labels['instance'] ?? labels['service'] ?? labels['job'];
  if (name !== '') return cutText(about === undefined ? name : `${name} (${about})`, TITLE_LENGTH);
  const pairs = Object.entries(labels).map(([label, value]) => `${label}=${value}`);
  return cutText(about ?? cutText(pairs.join(' '), LABELS_LENGTH), TITLE_LENGTH);
}

function slugOf(name: string): string {
  return name
    .toLowerCase()
    .replace(/[^a-z0-9_-]+/g, '-')
    .replace(/^-+|-+$/g, '');
}
