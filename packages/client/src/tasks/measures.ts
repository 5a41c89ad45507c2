/** What a run measured: series by their names. */
import type { Client } from '../client.ts';
import { isMetricName } from '../metrics/registry.ts';

export type Measures = Readonly<Record<string, number>>;

/** Series of one run. */
const LIMIT = 100;

/** The measures that can be series; the others are told in the log. */
export function usable(measures: Measures, client: Pick<Client, 'warn'>): [string, number][] {
  const entries = Object.entries(measures);
  if (entries.length > LIMIT) client.warn(`a run measures ${entries.length} series: ${LIMIT} are kept`);
  return entries.slice(0, LIMIT).filter(([name, value]) => {
    const fits = isMetricName(name) && typeof value === 'number' && Number.isFinite(value);
    if (!fits) client.warn(`${JSON.stringify(name)} = ${value} is no series`);
    return fits;
  });
}

/** Lines `name value`, as they travel in the body of a ping. */
export function measureLines(measures: readonly [string, number][]): string {
  return measures.map(([name, value]) => `${name} ${value}`).join('\n');
}
