import { floatText } from '@vigie/series';
import {
  labelsText,
  type Outcome,
  type OutcomeSeries,
  type Point,
} from '../../../packages/promql/src/testing/outcome.ts';
import type { Answer } from './answer.ts';

/** How far two floats may be from each other, as a part of the greater. */
const TOLERANCE = 1e-9;

/** What is not the same in two answers. */
export interface Difference {
  readonly kind: 'error' | 'message' | 'type' | 'series' | 'times' | 'order' | 'value';
  readonly text: string;
  /** Of floats: the two that are farthest apart, and how far that is. */
  readonly theirs: number;
  readonly ours: number;
  readonly distance: number;
}

/**
 * Compares what two engines say.
 * @param ordered whether the order of an instant vector's elements says something.
 * @returns null when they say the same.
 */
export function differenceOf(theirs: Answer, ours: Answer, ordered: boolean): Difference | null {
  if (theirs.error !== null && ours.error !== null) {
    if (theirs.error.type !== ours.error.type) return difference('error', 'another class of error');
    return gist(theirs.error.message) === gist(ours.error.message)
      ? null
      : difference('message', 'other words');
  }
  if (theirs.error !== null) return difference('error', 'only they refuse');
  if (ours.error !== null) return difference('error', 'only we refuse');
  return outcomes(theirs.outcome, ours.outcome, ordered);
}

function difference(kind: Difference['kind'], text: string, theirs = 0, ours = 0): Difference {
  const distance = Math.abs(theirs - ours);
  return { kind, text, theirs, ours, distance: Number.isNaN(distance) ? Infinity : distance };
}

/**
 * A message without what the two write in their own ways: which of several series it names, and the place in the
 * text, since what 2.x calls otherwise is not as long.
 */
function gist(message: string): string {
  return message
    .replace(/^invalid parameter "query": /, '')
    .replace(/^(\d+:\d+: )?parse error: /, '')
    .replace(/\{.*\}/s, '{}')
    .replace(/\[.*\]/s, '[]')
    .replace(/`.*`/s, '``')
    .replaceAll('holt_winters', 'double_exponential_smoothing');
}

function outcomes(theirs: Outcome, ours: Outcome, ordered: boolean): Difference | null {
  if (theirs.type === 'string' || ours.type === 'string' || theirs.type !== ours.type)
    return theirs.type === ours.type && 'value' in theirs && 'value' in ours && theirs.value === ours.value
      ? null
      : difference('type', `${theirs.type} and ${ours.type}`);
  if (theirs.type === 'scalar') return ours.type === 'scalar' ? floats(theirs.value, ours.value, '') : null;
  if (ours.type === 'scalar') return null;
  return (
    sameSeries(theirs.series, ours.series) ??
    (ordered && theirs.type === 'vector' ? sameOrder(theirs.series, ours.series) : null)
  );
}

function sameSeries(theirs: readonly OutcomeSeries[], ours: readonly OutcomeSeries[]): Difference | null {
  const byKey = new Map(ours.map((each) => [each.labels.key, each]));
  const missing = theirs.find(({ labels }) => !byKey.has(labels.key));
  if (missing !== undefined) return difference('series', `only they have ${labelsText(missing.labels)}`);
  if (byKey.size !== theirs.length || byKey.size !== ours.length)
    return difference('series', `they have ${theirs.length} series, we ${ours.length}`);
  let greatest: Difference | null = null;
  for (const { labels, points } of theirs) {
    const found = samePoints(points, byKey.get(labels.key)?.points ?? [], labelsText(labels));
    if (found !== null && found.kind !== 'value') return found;
    if (found !== null && (greatest?.distance ?? -1) < found.distance) greatest = found;
  }
  return greatest;
}

function samePoints(theirs: readonly Point[], ours: readonly Point[], of: string): Difference | null {
  const only = theirs.find(({ time }, at) => ours[at]?.time !== time) ?? ours[theirs.length];
  if (only !== undefined) return difference('times', `${of} at ${only.time}`);
  let greatest: Difference | null = null;
  for (const [at, { time, value }] of theirs.entries()) {
    const found = floats(value, ours[at]?.value ?? Number.NaN, `${of} at ${time}: `);
    if (found !== null && (greatest?.distance ?? -1) < found.distance) greatest = found;
  }
  return greatest;
}

function floats(theirs: number, ours: number, where: string): Difference | null {
  if (theirs === ours || (Number.isNaN(theirs) && Number.isNaN(ours))) return null;
  const found = difference('value', `${where}${floatText(theirs)} and ${floatText(ours)}`, theirs, ours);
  const permitted = TOLERANCE * Math.max(Math.abs(theirs), Math.abs(ours));
  return found.distance <= permitted && found.distance !== Infinity ? null : found;
}

/** Elements of equal values may stand in any order. */
function sameOrder(theirs: readonly OutcomeSeries[], ours: readonly OutcomeSeries[]): Difference | null {
  for (const [at, { points }] of theirs.entries()) {
    const found = floats(points[0]?.value ?? 0, ours[at]?.points[0]?.value ?? 0, `at place ${at}: `);
    if (found !== null) return difference('order', found.text);
  }
  return null;
}
