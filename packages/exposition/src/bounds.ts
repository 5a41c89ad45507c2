import { shortText } from '@vigie/series';
import { readFloat } from './float.ts';
import type { MetricType } from './sink.ts';

/** A bound as a float: `1` and `1.00` are `1.0`. What is no float stays as it is. */
export function boundText(text: string): string {
  const value = readFloat(text);
  if (value === undefined) return text;
  const short = shortText(value);
  return /[.eNI]/.test(short) ? short : `${short}.0`;
}

/**
 * Writes the bounds of buckets and of quantiles as floats, as Prometheus 3 stores them: by the type of their family,
 * so a text without one keeps what it says.
 */
export function normaliseBounds(pairs: string[], types: ReadonlyMap<string, MetricType>): void {
  const name = pairs[1] ?? '';
  const bounded = boundedLabel(name, types);
  if (bounded === undefined) return;
  for (let at = 2; at < pairs.length; at += 2)
    if (pairs[at] === bounded) pairs[at + 1] = boundText(pairs[at + 1] ?? '');
}

function boundedLabel(name: string, types: ReadonlyMap<string, MetricType>): 'le' | 'quantile' | undefined {
  if (types.get(name) === 'summary') return 'quantile';
  if (!name.endsWith('_bucket')) return undefined;
  const type = types.get(name.slice(0, -'_bucket'.length));
  return type === 'histogram' || type === 'gaugehistogram' ? 'le' : undefined;
}
