import { Labels, type Matcher, METRIC_NAME } from '@vigie/series';
import {
  ABSENT,
  emptyRow,
  FLOAT,
  type Row,
  setFloat,
  setHistogram,
  type VectorValue,
} from '../evaluate/columns.ts';
import { ExecutionError } from '../evaluate/execution-error.ts';
import { infoNames } from '../evaluate/info-names.ts';
import { labelsText } from '../evaluate/labels-text.ts';
import type { FunctionCall, FunctionEntry } from './function-entry.ts';

export const INFO: readonly FunctionEntry[] = [
  {
    /** Its second argument is no vector to be evaluated: it says which info series there are, and which of their labels are wanted. */
    name: 'info',
    args: ['vector', 'vector'],
    optional: 1,
    returns: 'vector',
    experimental: true,
    evaluate: joinInfo,
  },
];

/** The labels that a series and its info series have in common. Source: Prometheus' documentation of `info`. */
const IDENTIFYING = ['instance', 'job'];

/** What the second argument asks for. */
interface Wanted {
  isInfoName(name: string): boolean;
  /** The labels that are added; null means all. */
  readonly names: ReadonlySet<string> | null;
  /** Series to which nothing can be added are left out. */
  readonly required: boolean;
}

/** An info series, and when its samples are from by step (seconds). */
interface InfoSeries {
  readonly row: Row;
  readonly times: Float64Array;
  /** What it adds, name and value by turns. */
  readonly data: readonly (readonly [name: string, value: string])[];
}

function joinInfo(call: FunctionCall): VectorValue {
  const wanted = wantedBy(call);
  const infos = infoSeries(call, wanted);
  const rows = call.vector(0).flatMap((row) => {
    if (wanted.isInfoName(row.labels.name)) return [row];
    return enrich(row, infos.get(identityOf(row.labels)) ?? [], wanted);
  });
  return { type: 'vector', rows };
}

function wantedBy(call: FunctionCall): Wanted {
  const selector = call.count > 1 ? call.expression(1) : undefined;
  const matchers: readonly Matcher[] = selector?.kind === 'vectorSelector' ? selector.matchers : [];
  const names = infoNames(matchers);
  const data = matchers.filter(({ name }) => name !== METRIC_NAME);
  return {
    isInfoName: (name) => names.every((matcher) => matcher.matches(name)),
    names: data.length === 0 ? null : new Set(data.map(({ name }) => name)),
    required: data.some((matcher) => !matcher.matches('')),
  };
}

function identityOf(labels: Labels): string {
  return labels.filter((name) => IDENTIFYING.includes(name)).key;
}

/** The info series by what they have in common with others. */
function infoSeries(call: FunctionCall, { names }: Wanted): ReadonlyMap<string, readonly InfoSeries[]> {
  const times = new Map(call.sampleTimes(1).map(({ labels, values }) => [labels.key, values]));
  const found = new Map<string, InfoSeries[]>();
  for (const row of call.vector(1)) {
    const isData = (name: string): boolean =>
      name !== METRIC_NAME && !IDENTIFYING.includes(name) && (names === null || names.has(name));
    const identity = identityOf(row.labels);
    const same = found.get(identity) ?? [];
    if (identity !== '') found.set(identity, same);
    same.push({
      row,
      times: times.get(row.labels.key) ?? new Float64Array(row.kinds.length),
      data: [...row.labels.entries()].filter(([name]) => isData(name)),
    });
  }
  return found;
}

/** A row for each set of labels that a series gets in the course of the steps. */
function enrich(row: Row, infos: readonly InfoSeries[], wanted: Wanted): Row[] {
  const rows = new Map<string, Row>();
  for (let step = 0; step < row.kinds.length; step++) {
    if (row.kinds[step] === ABSENT) continue;
    const added = addedLabels(row.labels, newestAt(infos, step));
    if (added.size === 0 && wanted.required) continue;
    const labels = withLabels(row.labels, added);
    const enriched = rows.get(labels.key) ?? emptyRow(labels, row.dropName, row.kinds.length);
    rows.set(labels.key, enriched);
    copyStep(row, enriched, step);
  }
  return [...rows.values()];
}

/**
 * Of each info metric the series with the newest sample: whatever it took the place of may not be stale yet.
 * @throws {ExecutionError} when two series of one metric are equally new.
 */
function newestAt(infos: readonly InfoSeries[], step: number): Iterable<InfoSeries> {
  const newest = new Map<string, InfoSeries>();
  for (const info of infos) {
    if (info.row.kinds[step] === ABSENT) continue;
    const { name } = info.row.labels;
    const before = newest.get(name);
    const age = before === undefined ? 1 : (info.times[step] ?? 0) - (before.times[step] ?? 0);
    if (before !== undefined && age === 0) throw duplicate(before, info, step);
    if (age > 0) newest.set(name, info);
  }
  return newest.values();
}

function duplicate(before: InfoSeries, info: InfoSeries, step: number): ExecutionError {
  const [existing, other] = [before, info].map(
    ({ row, times }) => `${labelsText(row.labels)} @ ${(times[step] ?? 0) * 1000}`,
  );
  return new ExecutionError(`found duplicate series for info metric: existing ${existing}, new ${other}`);
}

/** @throws {ExecutionError} when two info metrics have different values for a label. */
function addedLabels(labels: Labels, infos: Iterable<InfoSeries>): ReadonlyMap<string, string> {
  const added = new Map<string, string>();
  for (const { data } of infos) {
    for (const [name, value] of data) {
      if ((added.get(name) ?? value) !== value) throw new ExecutionError(`conflicting label: ${name}`);
      if (labels.get(name) === '') added.set(name, value);
    }
  }
  return added;
}

function withLabels(labels: Labels, added: ReadonlyMap<string, string>): Labels {
  return added.size === 0 ? labels : Labels.fromPairs([...labels.pairs, ...[...added].flat()]);
}

function copyStep(from: Row, to: Row, step: number): void {
  const histogram = from.histograms?.[step];
  if (from.kinds[step] === FLOAT) setFloat(to, step, from.values[step] ?? 0);
  else if (histogram !== undefined) setHistogram(to, step, histogram);
}
