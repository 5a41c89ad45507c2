import { z } from 'zod';
import { ProbeFailure } from '../../failure.ts';
import { defineProbe, type Sibling } from '../../kind.ts';

/** Services that are named in a sentence. */
const MOST_NAMED = 5;

/**
 * All services of the project in one: healthy when every one is, degraded while more than half are, else critical,
 * which is a failure. What has not run yet is not counted.
 */
export const comprehensive = defineProbe({
  kind: 'comprehensive',
  title: 'All services',
  interval: 600,
  timeout: 10,
  settings: z.strictObject({}),
  thresholds: [{ metric: 'services_unhealthy', op: '>', warning: 0 }],
  instance: () => 'project',
  async probe(_, run) {
    const counted = (await run.phase('read', () => run.siblings())).filter(({ isWell }) => isWell !== null);
    const unwell = counted.filter(({ isWell }) => isWell === false);
    const healthy = counted.length - unwell.length;
    run.measure('services_total', counted.length);
    run.measure('services_healthy', healthy);
    run.measure('services_unhealthy', unwell.length);
    const overall = overallStatus(healthy, counted.length);
    run.detail('overall_status', overall);
    run.detail('healthy_services', healthy);
    run.detail('total_services', counted.length);
    run.detail('errors', unwell.map(said));
    if (overall !== 'critical') return;
    const named = unwell.slice(0, MOST_NAMED).map(said).join('; ');
    throw new ProbeFailure('unhealthy', `${healthy} of ${counted.length} services are healthy: ${named}`);
  },
});

function said({ name, message }: Sibling): string {
  return `${name}: ${message}`;
}

/** As the monitoring API sums up. */
export function overallStatus(healthy: number, total: number): 'healthy' | 'degraded' | 'critical' {
  if (healthy === total) return 'healthy';
  return healthy > total / 2 ? 'degraded' : 'critical';
}
