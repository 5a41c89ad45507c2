/** Consecutive numbers, written as one when there are enough of them. */
export interface Run {
  readonly from: number;
  readonly to: number;
}

/** From this many consecutive values on, "1 to 3" reads better than "1, 2 and 3". */
const RUN_LENGTH = 3;
/** From this many values on, "0, 7, 14, …, 56" reads better than the whole list. */
const ELLIPSIS_LENGTH = 6;

/** `a, b and c`, with the word given for "and". */
export function listing(items: readonly string[], and: string): string {
  if (items.length < 2) return items.join('');
  return `${items.slice(0, -1).join(', ')} ${and} ${items.at(-1)}`;
}

/** Splits sorted numbers into runs; those too short to be worth it are split up into single values. */
export function runsOf(values: readonly number[]): readonly Run[] {
  const runs: Run[] = [];
  for (const { from, to } of consecutiveRuns(values)) {
    if (to - from + 1 >= RUN_LENGTH) runs.push({ from, to });
    else for (let value = from; value <= to; value += 1) runs.push({ from: value, to: value });
  }
  return runs;
}

/** Splits sorted numbers wherever one is missing. */
export function consecutiveRuns(values: readonly number[]): readonly Run[] {
  const runs: { from: number; to: number }[] = [];
  for (const value of values) {
    const run = runs.at(-1);
    if (run && value === run.to + 1) run.to = value;
    else runs.push({ from: value, to: value });
  }
  return runs;
}

/** The single run of at least three that all the values form, or null. */
export function singleRun(values: readonly number[]): Run | null {
  const runs = runsOf(values);
  return runs.length === 1 && values.length >= RUN_LENGTH ? runs[0]! : null;
}

/** The distance between neighbours when it is the same for all of two or more sorted values, else null. */
export function stepOf(values: readonly number[]): number | null {
  if (values.length < 2) return null;
  const step = values[1]! - values[0]!;
  return values.every((value, index) => value === values[0]! + index * step) ? step : null;
}

/** Numbers in words: runs as `from to to`, long progressions with an ellipsis. */
export function numberList(values: readonly number[], and: string, to: string): string {
  const step = stepOf(values);
  if (step !== null && step > 1 && values.length >= ELLIPSIS_LENGTH) {
    return `${values.slice(0, 3).join(', ')}, …, ${values.at(-1)}`;
  }
  const runs = runsOf(values).map((run) =>
    run.from === run.to ? `${run.from}` : `${run.from} ${to} ${run.to}`,
  );
  return listing(runs, and);
}
