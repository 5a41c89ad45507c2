import type { Alert } from '@vigie/contract';
import type { Grouping } from './search.ts';

export interface AlertGroup {
  /** What its alerts have in common; empty for what has none of it. */
  key: string;
  alerts: Alert[];
}

const RANK: Readonly<Record<Alert['severity'], number>> = { critical: 0, error: 1, warning: 2, info: 3 };

/** What an alert is put together by. */
function keyOf(alert: Alert, grouping: Grouping): string {
  switch (grouping) {
    case 'severity':
      return alert.severity;
    case 'name':
      return alert.name;
    case 'environment':
      return alert.environment;
    case 'check':
      return alert.labels['check'] ?? '';
    case 'none':
      return '';
  }
}

/** Puts alerts together: the gravest group first, and in each the gravest alert, then the newest. */
export function groupAlerts(alerts: readonly Alert[], grouping: Grouping): AlertGroup[] {
  const groups = [...Map.groupBy(alerts, (alert) => keyOf(alert, grouping))].map(([key, own]) => ({
    key,
    alerts: own.sort(byGravity),
  }));
  return groups.sort((one, other) => byGravity(one.alerts[0], other.alerts[0]));
}

function byGravity(one: Alert | undefined, other: Alert | undefined): number {
  if (one === undefined || other === undefined) return 0;
  const firing = Number(other.state === 'firing') - Number(one.state === 'firing');
  return firing || RANK[one.severity] - RANK[other.severity] || other.starts_at.localeCompare(one.starts_at);
}

/** Labels that the row says otherwise already. */
const SAID: ReadonlySet<string> = new Set([
  'alertname',
  'check',
  'check_key',
  'slug',
  'severity',
  'environment',
  'project',
  'tags',
  'tier',
  'drill',
]);

/** The labels that tell an alert from others of its name, but those that its title says. */
export function tellingLabels({ labels }: Pick<Alert, 'labels'>, title: string): [string, string][] {
  return Object.entries(labels).filter(
    ([name, value]) => !SAID.has(name) && value !== '' && !title.endsWith(`: ${value}`),
  );
}
