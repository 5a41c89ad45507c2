import './status.css';
import type { ServiceState } from '@vigie/contract';
import { useT } from '../i18n/language.tsx';
import { defineMessages, type Message } from '../i18n/messages.ts';
import { type Look, StateShape } from './status.tsx';

/** How each state of a service looks. */
export const SERVICE_LOOKS: Record<ServiceState, Look> = {
  unhealthy: 'down',
  degraded: 'degraded',
  unknown: 'pending',
  healthy: 'up',
  paused: 'paused',
};

export const SERVICE_WORDS: Record<ServiceState, Message> = defineMessages({
  unhealthy: { en: 'unhealthy', fr: 'défaillant' },
  degraded: { en: 'degraded', fr: 'dégradé' },
  unknown: { en: 'unknown', fr: 'inconnu' },
  healthy: { en: 'healthy', fr: 'sain' },
  paused: { en: 'paused', fr: 'en pause' },
});

/** The same words beside a number of services. */
export const SERVICE_COUNT_WORDS: Record<ServiceState, Message> = defineMessages({
  unhealthy: { en: 'unhealthy', fr: '{count, plural, one {défaillant} other {défaillants}}' },
  degraded: { en: 'degraded', fr: '{count, plural, one {dégradé} other {dégradés}}' },
  unknown: { en: 'unknown', fr: '{count, plural, one {inconnu} other {inconnus}}' },
  healthy: { en: 'healthy', fr: '{count, plural, one {sain} other {sains}}' },
  paused: { en: 'paused', fr: 'en pause' },
});

/** A service's state: shape and word. */
export function ServiceMark({ state }: { state: ServiceState }) {
  const t = useT();
  return (
    <span className={`status-mark status-${SERVICE_LOOKS[state]}`}>
      <StateShape look={SERVICE_LOOKS[state]} />
      <span>{t(SERVICE_WORDS[state])}</span>
    </span>
  );
}
