import type { Status } from '../checks/model.ts';
import type { StoredService } from './read-services.ts';

/** What a service is now, in one word. */
export type ServiceState = 'healthy' | 'degraded' | 'unhealthy' | 'unknown' | 'paused';

/**
 * Judges by the last run, and by its check: a run that failed and does not count yet is degraded, one that is overdue
 * says nothing any more.
 */
export function serviceState({ state }: StoredService, status: Status): ServiceState {
  if (status === 'paused') return 'paused';
  if (state === null || status === 'new') return 'unknown';
  if (state.reason !== '') return status === 'down' ? 'unhealthy' : 'degraded';
  if (status === 'down') return 'unknown';
  return state.warned.length > 0 ? 'degraded' : 'healthy';
}
