import type { BulkBody, Service } from '@vigie/contract';

/** A service as it will be once what is shown as done is done; null = it will be gone. */
export function pendingService(service: Service, verbs: readonly BulkBody['action'][]): Service | null {
  let shown: Service | null = service;
  for (const verb of verbs) {
    if (verb === 'remove') shown = null;
    else if (shown === null) return null;
    else if (verb === 'pause') shown = { ...shown, state: 'paused', status: 'paused' };
    else if (verb === 'resume') shown = { ...shown, state: 'unknown', status: 'new', last_run: null };
  }
  return shown;
}
