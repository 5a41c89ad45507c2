import type { Alert } from '@vigie/contract';

/** Labels that tell the alert of a check from all others. Its others, as the severity, may change while it lasts. */
const OF_A_CHECK: ReadonlySet<string> = new Set(['alertname', 'check', 'check_key']);

/** What matches an alert and no other one. */
export function matchersOfAlert({ labels }: Pick<Alert, 'labels'>): { name: string; value: string }[] {
  const isOfCheck = 'check_key' in labels;
  return Object.entries(labels)
    .filter(([name]) => !isOfCheck || OF_A_CHECK.has(name))
    .map(([name, value]) => ({ name, value }));
}
