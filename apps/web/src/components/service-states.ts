import type { ServiceState } from '@vigie/contract';

/** The states of a service, what hurts first. */
export const SERVICE_STATE_NAMES: readonly ServiceState[] = [
  'unhealthy',
  'degraded',
  'unknown',
  'healthy',
  'paused',
];
