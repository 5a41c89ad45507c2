/** Lengths of time that are offered by a slider: each about half as long again as the one before. Seconds. */
export const NICE_DURATIONS: readonly number[] = [
  5, 10, 15, 20, 30, 45, 60, 90, 120, 180, 300, 600, 900, 1_200, 1_800, 2_700, 3_600, 5_400, 7_200, 10_800,
  14_400, 21_600, 28_800, 43_200, 64_800, 86_400, 129_600, 172_800, 259_200, 432_000, 604_800, 1_209_600,
  1_814_400, 2_592_000, 5_184_000, 7_776_000, 15_552_000, 31_536_000,
];

/** Units in which a length is written. */
export const UNITS = { second: 1, minute: 60, hour: 3_600, day: 86_400 } as const;

export type Unit = keyof typeof UNITS;

/** The largest unit that measures a length without rest. */
export function unitOf(seconds: number): Unit {
  if (seconds > 0 && seconds % UNITS.day === 0) return 'day';
  if (seconds > 0 && seconds % UNITS.hour === 0) return 'hour';
  return seconds > 0 && seconds % UNITS.minute === 0 ? 'minute' : 'second';
}

/** The place on the slider that is nearest to a length, in proportion. */
export function nearestStep(seconds: number): number {
  const away = (length: number): number => Math.abs(Math.log(Math.max(seconds, 1) / length));
  let best = 0;
  for (const [index, length] of NICE_DURATIONS.entries()) {
    if (away(length) < away(NICE_DURATIONS[best] ?? length)) best = index;
  }
  return best;
}
