import { shortText } from '@vigie/series';
import type { MetricType } from './sink.ts';

/** One line of a family. */
export interface WrittenSample {
  /** What follows the family's name: `_sum`, `_bucket`, or nothing. */
  readonly suffix: string;
  /** Name, value, name, value, ...; written in this order. */
  readonly labels: readonly string[];
  readonly value: number;
}

export interface WrittenFamily {
  readonly name: string;
  readonly type: MetricType;
  /** Null = it has none. */
  readonly help: string | null;
  readonly samples: Iterable<WrittenSample>;
}

/** The types that the text format has; others it can only call untyped. */
const TYPE_NAMES: Partial<Record<MetricType, string>> = {
  counter: 'counter',
  gauge: 'gauge',
  histogram: 'histogram',
  summary: 'summary',
};

/**
 * A family in Prometheus' text format (0.0.4), without timestamps. Values are in Go's shortest form, as its own
 * libraries write them.
 */
export function writeFamily({ name, type, help, samples }: WrittenFamily): string {
  const head = help === null ? '' : `# HELP ${name} ${escapeHelp(help)}\n`;
  const lines = [`${head}# TYPE ${name} ${TYPE_NAMES[type] ?? 'untyped'}\n`];
  for (const { suffix, labels, value } of samples)
    lines.push(`${name}${suffix}${labelText(labels)} ${shortText(value)}\n`);
  return lines.join('');
}

function labelText(labels: readonly string[]): string {
  const parts: string[] = [];
  for (let at = 0; at < labels.length; at += 2)
    parts.push(`${labels[at]}="${escapeValue(labels[at + 1] ?? '')}"`);
  return parts.length === 0 ? '' : `{${parts.join(',')}}`;
}

function escapeHelp(text: string): string {
  return text.replaceAll('\\', '\\\\').replaceAll('\n', '\\n');
}

function escapeValue(text: string): string {
  return escapeHelp(text).replaceAll('"', '\\"');
}
