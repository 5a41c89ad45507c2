import type { Alert } from '@vigie/contract';
import type { Look } from '../../components/status.tsx';
import { defineMessages, type Message } from '../../i18n/messages.ts';

/** How grave an alert is, in words. */
export const SEVERITY_WORDS: Record<Alert['severity'], Message> = defineMessages({
  critical: { en: 'critical', fr: 'critique' },
  error: { en: 'error', fr: 'erreur' },
  warning: { en: 'warning', fr: 'avertissement' },
  info: { en: 'info', fr: 'info' },
});

/** How an alert looks: by its gravity while it fires. */
export function lookOf({ state, severity }: Alert): Look {
  if (state === 'resolved') return 'up';
  return severity === 'critical' || severity === 'error'
    ? 'down'
    : severity === 'warning'
      ? 'degraded'
      : 'pending';
}

/** What an alert is about, e.g. the name of its check. */
export function titleOf({ name, labels }: Alert): string {
  const about = labels['check'] ?? labels['instance'] ?? '';
  return about === '' ? name : name === 'CheckDown' ? about : `${name}: ${about}`;
}
