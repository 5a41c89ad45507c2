/** A threshold while it is written: numbers and labels as text. Pure. */
import type { Threshold } from '@vigie/contract';

export interface ThresholdDraft {
  metric: string;
  /** `name=value`, with commas between them. */
  labels: string;
  op: Threshold['op'];
  warning: string;
  critical: string;
  /** Runs in a row. */
  for: string;
}

export const OPERATORS: readonly Threshold['op'][] = ['>', '>=', '<', '<=', '==', '!='];

export const NEW_THRESHOLD: ThresholdDraft = {
  metric: '',
  labels: '',
  op: '>',
  warning: '',
  critical: '',
  for: '1',
};

export function thresholdDraft(threshold: Threshold): ThresholdDraft {
  const { metric, labels = {}, op, warning, critical } = threshold;
  return {
    metric,
    labels: Object.entries(labels)
      .map(([name, value]) => `${name}=${value}`)
      .join(', '),
    op,
    warning: warning === undefined ? '' : String(warning),
    critical: critical === undefined ? '' : String(critical),
    for: String(threshold.for ?? 1),
  };
}

/** What the API is told; what is no number is left to it to refuse. */
export function thresholdOf(draft: ThresholdDraft): Threshold {
  const labels = labelsOf(draft.labels);
  return {
    metric: draft.metric.trim(),
    ...(Object.keys(labels).length === 0 ? {} : { labels }),
    op: draft.op,
    ...numberOf('warning', draft.warning),
    ...numberOf('critical', draft.critical),
    ...numberOf('for', draft.for),
  };
}

function numberOf<K extends string>(name: K, text: string): Partial<Record<K, number>> {
  return text.trim() === '' ? {} : ({ [name]: Number(text) } as Record<K, number>);
}

function labelsOf(text: string): Record<string, string> {
  const pairs = text
    .split(',')
    .map((pair) => pair.trim())
    .filter((pair) => pair !== '');
  return Object.fromEntries(
    pairs.map((pair) => {
      const equals = pair.indexOf('=');
      return equals < 0 ? [pair, ''] : [pair.slice(0, equals).trim(), pair.slice(equals + 1).trim()];
    }),
  );
}
