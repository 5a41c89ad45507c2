import { floatText } from '@vigie/series';
import { ABSENT, type Row } from '../columns.ts';
import { ExecutionError } from '../execution-error.ts';
import type { Group } from '../grouping.ts';
import type { AggregationInput, Aggregator } from './aggregator.ts';
import { shareOf } from './label-hash.ts';
import { counts } from './parameter.ts';

/** `limitk`: the first elements of each group, whatever kind they are. */
export const limitCount: Aggregator = (input) => {
  const limits = counts(input);
  return input.groups.flatMap((group) => firstOf(group, limits));
};

function firstOf({ rows }: Group, limits: Float64Array): Row[] {
  const taken = new Float64Array(limits.length);
  const results: Row[] = [];
  for (const row of rows) {
    const kinds = row.kinds.map((kind, step) => {
      const already = taken[step] ?? 0;
      if (kind === ABSENT || already >= (limits[step] ?? 0)) return ABSENT;
      taken[step] = already + 1;
      return kind;
    });
    if (kinds.some((kind) => kind !== ABSENT)) results.push({ ...row, kinds });
  }
  return results;
}

/** `limit_ratio`: a share of all elements that their labels alone decide; a negative ratio means all others. */
export const limitRatio: Aggregator = (input) => {
  const ratios = input.numbers().map((ratio) => capped(ratio, input));
  const results: Row[] = [];
  for (const row of input.rows) {
    const share = shareOf(row.labels);
    const kinds = row.kinds.map((kind, step) => (isTaken(share, ratios[step] ?? 0) ? kind : ABSENT));
    if (kinds.some((kind) => kind !== ABSENT)) results.push({ ...row, kinds });
  }
  return results;
};

function capped(ratio: number, { node, context }: AggregationInput): number {
  if (Number.isNaN(ratio)) throw new ExecutionError('Ratio value is NaN');
  if (Math.abs(ratio) <= 1) return ratio;
  const cap = Math.sign(ratio);
  const range = 'ratio value should be between -1 and 1';
  const { span } = node.parameter ?? node;
  context.warn(`${range}, got ${floatText(ratio)}, capping to ${cap}`, span);
  return cap;
}

function isTaken(share: number, ratio: number): boolean {
  return ratio >= 0 ? share < ratio : share >= 1 + ratio;
}
