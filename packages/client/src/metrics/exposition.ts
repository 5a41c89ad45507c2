import type { Client } from '../client.ts';
import { defaultClient } from '../default-client.ts';

/**
 * What monitors have counted and measured so far, in Prometheus' text format:
 * `Content-Type: text/plain; version=0.0.4`.
 */
export function exposition(client: Client = defaultClient()): string {
  return client.metrics.exposition();
}
