import type { Client } from '../client.ts';
import { defaultClient } from '../default-client.ts';
import { boundedTenant } from './requests.ts';

/** Counts an error of the application's own, by its kind: `countError('payment_declined', { tenant })`. */
export function countError(kind: string, about: { tenant?: string; client?: Client } = {}): void {
  const client = about.client ?? defaultClient();
  const labels = { kind, tenant: boundedTenant(client, about.tenant ?? '') };
  client.metrics.add('app_errors_total', 'Errors of the application, by kind.', labels);
}
