/** Time spans as systemd writes them. */

const DAY = 86_400;
/** Seconds of each unit, by all its names (systemd.time, "Parsing Time Spans"). */
const UNITS: ReadonlyMap<string, number> = new Map(
  (
    [
      [0.000001, 'us µs usec'],
      [0.001, 'ms msec'],
      [1, 's sec second seconds'],
      [60, 'm min minute minutes'],
      [3_600, 'h hr hour hours'],
      [DAY, 'd day days'],
      [7 * DAY, 'w week weeks'],
      [30.44 * DAY, 'M month months'],
      [365.25 * DAY, 'y year years'],
    ] as const
  ).flatMap(([seconds, names]) => names.split(' ').map((name): [string, number] => [name, seconds])),
);

/** Seconds of `1h 30min`, `90`; null for what is no span. */
export function spanSeconds(text: string): number | null {
  const parts = [...text.matchAll(/(\d+(?:\.\d+)?)\s*([A-Za-zµ]*)\s*/g)];
  const whole = parts.map(([part]) => part).join('');
  if (whole === '' || whole !== text.trimStart()) return null;
  const seconds = parts.map(([, count, unit = '']) => Number(count) * (UNITS.get(unit || 's') ?? Number.NaN));
  const sum = seconds.reduce((left, right) => left + right, 0);
  return Number.isNaN(sum) ? null : sum;
}
