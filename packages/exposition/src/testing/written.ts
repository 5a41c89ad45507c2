import type { WriteSink } from '../write-sink.ts';

/** What a write request says, a line each. */
export function written(read: (bytes: Uint8Array, sink: WriteSink) => void, bytes: Uint8Array): string[] {
  const lines: string[] = [];
  read(bytes, {
    series: (labels) => lines.push(`series ${labels.read().join(' ')}`),
    sample: (timestamp, value, stale, start) =>
      lines.push(`sample ${timestamp} ${stale ? 'stale' : value}${start === 0 ? '' : ` since ${start}`}`),
    histogram: (timestamp, histogram, stale) =>
      lines.push(`histogram ${timestamp} ${stale ? 'stale' : JSON.stringify(histogram)}`),
    exemplar: ({ labels, value, timestamp }) =>
      lines.push(`exemplar ${labels.join(' ')} ${value} ${timestamp}`),
    metadata: (...what) => lines.push(`metadata ${what.join(' ')}`),
  });
  return lines;
}
