/** Counters, gauges and histograms of one process, and their text for Prometheus. */

export type Labels = Readonly<Record<string, string>>;
export type MetricType = 'counter' | 'gauge' | 'histogram';

interface Family {
  type: MetricType;
  help: string;
  /** By their labels as they are written. */
  series: Map<string, Series>;
}

interface Series {
  /** Counters and gauges: the value. Histograms: the sum. */
  value: number;
  /** Histograms: observations up to each bound, and all of them last. */
  counts: number[];
}

/** Seconds; around the two seconds above which an API is slow. */
const BOUNDS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2, 5, 10, 30] as const;
/** Series that are kept; what is beyond is counted only. */
const LIMIT = 10_000;
const NAME = /^[a-zA-Z_:][a-zA-Z0-9_:]*$/;

/** Whether a series may be called so. */
export function isMetricName(name: string): boolean {
  return NAME.test(name);
}

export class Registry {
  readonly #families = new Map<string, Family>();
  #size = 0;
  #dropped = 0;

  /** Counts up. */
  add(name: string, help: string, labels: Labels = {}, by = 1): void {
    const series = this.#series(name, 'counter', help, labels);
    if (series !== null) series.value += by;
  }

  /** Sets what can go up and down. */
  set(name: string, help: string, labels: Labels, value: number): void {
    const series = this.#series(name, 'gauge', help, labels);
    if (series !== null) series.value = value;
  }

  /** Counts a duration in seconds. */
  observe(name: string, help: string, labels: Labels, value: number): void {
    const series = this.#series(name, 'histogram', help, labels);
    if (series === null) return;
    series.value += value;
    const bound = BOUNDS.findIndex((most) => value <= most);
    const place = bound === -1 ? BOUNDS.length : bound;
    series.counts[place] = (series.counts[place] ?? 0) + 1;
  }

  /** All of it in Prometheus' text format 0.0.4: `text/plain; version=0.0.4`. */
  exposition(): string {
    const lines = [...this.#families].flatMap(([name, family]) => [
      `# HELP ${name} ${family.help.replace(/\\/g, '\\\\').replace(/\n/g, '\\n')}`,
      `# TYPE ${name} ${family.type}`,
      ...[...family.series].flatMap(([labels, series]) => samples(name, family.type, labels, series)),
    ]);
    if (this.#dropped > 0) {
      lines.push(
        '# HELP vigie_client_dropped_samples_total What found no room among the series.',
        '# TYPE vigie_client_dropped_samples_total counter',
        `vigie_client_dropped_samples_total ${this.#dropped}`,
      );
    }
    return lines.map((line) => `${line}\n`).join('');
  }

  /** null = there is no room for one more, or the name is another kind of metric already. */
  #series(name: string, type: MetricType, help: string, labels: Labels): Series | null {
    const family = this.#families.get(name) ?? { type, help, series: new Map<string, Series>() };
    const key = Object.entries(labels)
      .map(([label, value]) => `${label}="${escaped(value)}"`)
      .join(',');
    const known = family.series.get(key);
    if (family.type === type && known !== undefined) return known;
    if (family.type !== type || !NAME.test(name) || this.#size >= LIMIT) {
      this.#dropped += 1;
      return null;
    }
    const series: Series = { value: 0, counts: type === 'histogram' ? Array(BOUNDS.length + 1).fill(0) : [] };
    family.series.set(key, series);
    this.#families.set(name, family);
    this.#size += 1;
    return series;
  }
}

function escaped(value: string): string {
  return value.replace(/\\/g, '\\\\').replace(/"/g, '\\"').replace(/\n/g, '\\n');
}

function samples(name: string, type: MetricType, labels: string, { value, counts }: Series): string[] {
  const sample = (suffix: string, text: string, of: number): string =>
    `${name}${suffix}${text === '' ? '' : `{${text}}`} ${of}`;
  if (type !== 'histogram') return [sample('', labels, value)];
  let total = 0;
  const buckets = counts.map((count, i) => {
    total += count;
    const bound = `le="${BOUNDS[i] ?? '+Inf'}"`;
    return sample('_bucket', labels === '' ? bound : `${labels},${bound}`, total);
  });
  return [...buckets, sample('_sum', labels, value), sample('_count', labels, total)];
}
